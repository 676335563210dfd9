package org.yuanliu.platform.portal;

import static java.util.Objects.requireNonNull;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.view.RedirectView;
import org.springframework.web.util.UriUtils;
import org.yuanliu.codes.Code;
import org.yuanliu.codes.CodeReader;
import org.yuanliu.codes.Reading;
import org.yuanliu.codes.Refusal;
import org.yuanliu.platform.ServerSettings;
import org.yuanliu.platform.access.Decision;
import org.yuanliu.platform.access.RateLimiter;
import org.yuanliu.platform.page.PageFrame;
import org.yuanliu.platform.page.PageWords;
import org.yuanliu.platform.qr.QrImages;
import org.yuanliu.platform.retention.RemovedRecords;

/**
 * The public page: {@code /t/{code}} and the GS1 Digital Link paths, rendered by the server, whole
 * without a script. Pages are never cached by others: a recall must show at once.
 */
@Controller
class PortalApi {
  /** Longer texts are no code in any form; what the form on the page lets through. */
  private static final int MAX_ASKED = 400;

  private static final int MAX_CHOICES = 6;
  private static final String DIGITAL_LINK_HOST = "https://id.gs1.org";

  private final ChainPages pages;
  private final CodeReader reader;
  private final RateLimiter limiter;
  private final PageFrame frame;
  private final PortalSettings settings;
  private final ServerSettings server;
  private final QrImages qr;
  private final RemovedRecords removed;

  PortalApi(
      ChainPages pages,
      CodeReader reader,
      RateLimiter limiter,
      PageFrame frame,
      PortalSettings settings,
      ServerSettings server,
      QrImages qr,
      RemovedRecords removed) {
    this.pages = requireNonNull(pages, "pages is null");
    this.reader = requireNonNull(reader, "reader is null");
    this.limiter = requireNonNull(limiter, "limiter is null");
    this.frame = requireNonNull(frame, "frame is null");
    this.settings = requireNonNull(settings, "settings is null");
    this.server = requireNonNull(server, "server is null");
    this.qr = requireNonNull(qr, "qr is null");
    this.removed = requireNonNull(removed, "removed is null");
  }

  @GetMapping(path = "/", produces = MediaType.TEXT_HTML_VALUE)
  ModelAndView home(HttpServletRequest request, HttpServletResponse response) {
    PageWords words = frame.words(request);
    return view("portal/home", words.of("brand"), words, request, response);
  }

  /**
   * The form's target: leads to the code's own address, which can be kept and shared. What is no
   * code, or several, is answered here: such a text may hold characters that no path takes.
   */
  @GetMapping(path = "/t", produces = MediaType.TEXT_HTML_VALUE)
  ModelAndView ask(
      @RequestParam(defaultValue = "") String code,
      HttpServletRequest request,
      HttpServletResponse response) {
    String text = code.strip();
    String language = "en".equals(request.getParameter("lang")) ? "?lang=en" : "";
    if (text.isEmpty()) {
      return seeOther("/" + language);
    }
    if (text.length() <= MAX_ASKED && reader.read(text) instanceof Reading.Found found) {
      return seeOther(path(found.code()) + language);
    }
    return answer(text, request, response);
  }

  private static ModelAndView seeOther(String path) {
    RedirectView view = new RedirectView(path);
    view.setStatusCode(HttpStatus.SEE_OTHER);
    return new ModelAndView(view);
  }

  /** A code's own address: the Digital Link's path for GS1 keys, else the digits. */
  private static String path(Code code) {
    String canonical = code.canonical();
    return canonical.startsWith(DIGITAL_LINK_HOST)
        ? canonical.substring(DIGITAL_LINK_HOST.length())
        : "/t/" + UriUtils.encodePathSegment(code.plain(), StandardCharsets.UTF_8);
  }

  /** The same, where the digits alone could be another code. */
  private static String certainPath(Code code) {
    String canonical = code.canonical();
    return canonical.startsWith(DIGITAL_LINK_HOST)
        ? path(code)
        : "/t/" + UriUtils.encodePathSegment(canonical, StandardCharsets.UTF_8);
  }

  /** As printed where that reads back to this code alone, else its URI. */
  private String certainText(Code code) {
    return reader.read(code.plain()) instanceof Reading.Found ? code.plain() : code.canonical();
  }

  @GetMapping(path = "/t/{*code}", produces = MediaType.TEXT_HTML_VALUE)
  ModelAndView trace(
      @PathVariable String code, HttpServletRequest request, HttpServletResponse response) {
    return answer(code.startsWith("/") ? code.substring(1) : code, request, response);
  }

  /** GS1 Digital Link: the path is the code. */
  @GetMapping(
      path = {
        "/01/{*rest}",
        "/00/{*rest}",
        "/414/{*rest}",
        "/417/{*rest}",
        "/253/{*rest}",
        "/8003/{*rest}",
        "/8004/{*rest}",
        "/8006/{*rest}",
        "/8010/{*rest}"
      },
      produces = MediaType.TEXT_HTML_VALUE)
  ModelAndView digitalLink(HttpServletRequest request, HttpServletResponse response) {
    return answer(DIGITAL_LINK_HOST + request.getRequestURI(), request, response);
  }

  private ModelAndView answer(
      String asked, HttpServletRequest request, HttpServletResponse response) {
    PageWords words = frame.words(request);
    if (asked.length() > MAX_ASKED) {
      return unreadable(asked.substring(0, MAX_ASKED), List.of(), words, request, response);
    }
    return switch (reader.read(asked)) {
      case Reading.Found(Code code) -> found(code, words, request, response);
      case Reading.Ambiguous(List<Code> codes) -> choose(codes, asked, words, request, response);
      case Reading.Unreadable(var refusals) -> {
        // A person's number is not written into a page, nor into its way to the other language.
        boolean personal =
            refusals.stream().anyMatch(refusal -> refusal.reason() == Refusal.Reason.PERSONAL);
        List<String> reasons =
            refusals.stream()
                .map(refusal -> words.english() ? refusal.en() : refusal.zh())
                .distinct()
                .toList();
        ModelAndView page = unreadable(personal ? "" : asked, reasons, words, request, response);
        yield personal
            ? page.addObject("otherLanguageUrl", words.english() ? "/?lang=zh" : "/?lang=en")
            : page;
      }
    };
  }

  private ModelAndView found(
      Code code, PageWords words, HttpServletRequest request, HttpServletResponse response) {
    Optional<TracePage> page = pages.page(code);
    Decision decision =
        limiter.publicLookup(request.getRemoteAddr(), code.canonical(), page.isPresent());
    if (decision instanceof Decision.Refused refused) {
      return slow(refused.retryAfterS(), words, request, response);
    }
    Optional<RemovedRecords.Removed> gone = removed.of(code.canonical());
    if (page.isEmpty() && gone.isPresent()) {
      response.setStatus(HttpStatus.GONE.value());
      return view("portal/unknown", words.of("removed.title"), words, request, response)
          .addObject("headline", words.of("removed.headline"))
          .addObject("explanation", removed(gone.get(), words))
          .addObject("lastVerdict", lastVerdict(gone.get().verdict(), words))
          .addObject("asked", code.grouped())
          .addObject("removed", true)
          .addObject("reasons", List.of());
    }
    if (page.isEmpty()) {
      response.setStatus(HttpStatus.NOT_FOUND.value());
      return unknown(
          "unknown.headline",
          "unknown.explanation",
          code.grouped(),
          List.of(),
          words,
          request,
          response);
    }
    String qrUrl =
        "/q/" + UriUtils.encodePathSegment(certainText(code), StandardCharsets.UTF_8) + ".svg";
    PageView shown = PageView.of(page.get(), qrUrl, words);
    String name = shown.product() == null ? words.of("trace.unnamed") : shown.product();
    return view("portal/trace", words.of("trace.title", name), words, request, response)
        .addObject("page", page.get())
        .addObject("removed", gone.map(one -> removed(one, words)).orElse(null))
        .addObject("view", shown);
  }

  private String removed(RemovedRecords.Removed gone, PageWords words) {
    return words.of(
        "removed.explanation",
        words.day(LocalDate.ofInstant(gone.before(), server.zone())),
        gone.retentionClass(),
        gone.rule());
  }

  private @Nullable String lastVerdict(RemovedRecords.@Nullable LastSaid said, PageWords words) {
    return said == null
        ? null
        : words.of(
            "removed.verdict." + said.level().name().toLowerCase(Locale.ROOT),
            words.day(LocalDate.ofInstant(said.at(), server.zone())));
  }

  private ModelAndView choose(
      List<Code> codes,
      String asked,
      PageWords words,
      HttpServletRequest request,
      HttpServletResponse response) {
    // Those that there is a record of; where just one is known, that is what was meant.
    List<Code> known = codes.stream().filter(code -> pages.page(code).isPresent()).toList();
    Decision decision = limiter.publicLookup(request.getRemoteAddr(), asked, !known.isEmpty());
    if (decision instanceof Decision.Refused refused) {
      return slow(refused.retryAfterS(), words, request, response);
    }
    if (known.isEmpty()) {
      response.setStatus(HttpStatus.NOT_FOUND.value());
      return unknown(
          "unknown.headline", "unknown.explanation", asked, List.of(), words, request, response);
    }
    if (known.size() == 1) {
      return found(known.getFirst(), words, request, response);
    }
    List<Choice> choices =
        known.stream()
            .limit(MAX_CHOICES)
            .map(
                code ->
                    new Choice(
                        words.english() ? code.scheme().enName() : code.scheme().zhName(),
                        code.grouped(),
                        certainPath(code) + (words.english() ? "?lang=en" : "")))
            .toList();
    String title = words.of("choices.title") + " · " + words.of("brand");
    return view("portal/choices", title, words, request, response).addObject("choices", choices);
  }

  /** One of the codes that a text may be. */
  record Choice(String scheme, String text, String url) {}

  private ModelAndView unreadable(
      String asked,
      List<String> reasons,
      PageWords words,
      HttpServletRequest request,
      HttpServletResponse response) {
    response.setStatus(HttpStatus.NOT_FOUND.value());
    return unknown(
        "unknown.unreadable",
        "unknown.unreadable.explanation",
        asked,
        reasons,
        words,
        request,
        response);
  }

  private ModelAndView slow(
      long retryAfterS, PageWords words, HttpServletRequest request, HttpServletResponse response) {
    response.setStatus(HttpStatus.TOO_MANY_REQUESTS.value());
    response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(retryAfterS));
    return view("portal/unknown", words.of("unknown.slow.headline"), words, request, response)
        .addObject("headline", words.of("unknown.slow.headline"))
        .addObject("explanation", words.of("unknown.slow.explanation", retryAfterS))
        .addObject("asked", "")
        .addObject("reasons", List.of());
  }

  private ModelAndView unknown(
      String headline,
      String explanation,
      String asked,
      List<String> reasons,
      PageWords words,
      HttpServletRequest request,
      HttpServletResponse response) {
    return view("portal/unknown", words.of("unknown.title"), words, request, response)
        .addObject("headline", words.of(headline))
        .addObject("explanation", words.of(explanation))
        .addObject("asked", asked)
        .addObject("reasons", reasons);
  }

  private ModelAndView view(
      String template,
      String title,
      PageWords words,
      HttpServletRequest request,
      HttpServletResponse response) {
    response.setHeader(HttpHeaders.CACHE_CONTROL, CacheControl.noStore().getHeaderValue());
    return frame.page(template, title, words, request, response).addObject("consumer", true);
  }

  /** The code's QR image; it leads to the code's page. */
  @GetMapping("/q/{file}")
  ResponseEntity<byte[]> qr(@PathVariable String file, HttpServletRequest request) {
    int dot = file.lastIndexOf('.');
    String extension = dot < 0 ? "" : file.substring(dot + 1);
    @Nullable Code code =
        dot > 0
                && file.length() <= MAX_ASKED
                && reader.read(file.substring(0, dot)) instanceof Reading.Found found
            ? found.code()
            : null;
    if (code == null || !(extension.equals("png") || extension.equals("svg"))) {
      return ResponseEntity.notFound().build();
    }
    String target = base(request) + path(code);
    boolean png = extension.equals("png");
    return ResponseEntity.ok()
        .contentType(png ? MediaType.IMAGE_PNG : MediaType.valueOf("image/svg+xml"))
        .cacheControl(kept())
        .body(png ? qr.png(target) : qr.svg(target));
  }

  /**
   * Where no address is set it leads to the host that was asked for: a cache for everybody would
   * hand one visitor's host to all others.
   */
  private CacheControl kept() {
    CacheControl kept = CacheControl.maxAge(QrImages.KEPT);
    return hasBase() ? kept.cachePublic() : kept.cachePrivate();
  }

  private boolean hasBase() {
    return settings.baseUrl() != null && !settings.baseUrl().isBlank();
  }

  private String base(HttpServletRequest request) {
    String base = settings.baseUrl();
    if (base != null && !base.isBlank()) {
      return base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
    }
    String url = request.getRequestURL().toString();
    return url.substring(0, url.length() - request.getRequestURI().length());
  }
}
