package org.yuanliu.platform.standards;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Map;
import java.util.regex.Pattern;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.servlet.ModelAndView;
import org.yuanliu.industry.Link;
import org.yuanliu.industry.LinkStandard;
import org.yuanliu.industry.Pack;
import org.yuanliu.industry.PackSchema;
import org.yuanliu.industry.Product;
import org.yuanliu.platform.ServerSettings;
import org.yuanliu.platform.packs.Packs;
import org.yuanliu.platform.page.PageFrame;
import org.yuanliu.platform.page.PageWords;
import org.yuanliu.platform.problem.ProblemException;
import org.yuanliu.platform.problem.StandardProblems;

/** {@code /standards}: what each link of each product asks for, as it is enforced today. */
@Controller
class StandardsApi {
  private static final MediaType XLSX =
      MediaType.valueOf("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");

  /** What some file system takes in no name. */
  private static final Pattern NO_FILE_NAME = Pattern.compile("[\\\\/:*?\"<>|]");

  private static final MediaType SCHEMA = MediaType.valueOf("application/schema+json");

  private final Packs packs;
  private final PageFrame frame;
  private final ServerSettings server;
  private final Clock clock;

  StandardsApi(Packs packs, PageFrame frame, ServerSettings server, Clock clock) {
    this.packs = requireNonNull(packs, "packs is null");
    this.frame = requireNonNull(frame, "frame is null");
    this.server = requireNonNull(server, "server is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /** A link of a product as it stands today. */
  private record Place(Pack pack, Product product, Link link) {}

  @GetMapping(path = "/standards", produces = MediaType.TEXT_HTML_VALUE)
  ModelAndView index(HttpServletRequest request, HttpServletResponse response) {
    PageWords words = frame.words(request);
    return frame
        .page("standards/index", words.of("standards.title"), words, request, response)
        .addObject("packs", packs.current().inForce(today()));
  }

  @GetMapping(path = "/standards/{industry}", produces = MediaType.TEXT_HTML_VALUE)
  ModelAndView industry(
      @PathVariable String industry, HttpServletRequest request, HttpServletResponse response) {
    Pack pack = pack(industry);
    PageWords words = frame.words(request);
    return frame
        .page("standards/industry", words.of(pack.names()), words, request, response)
        .addObject("pack", pack)
        .addObject(
            "checks", StandardView.checks(pack, pack.checks().values(), true, words.english()))
        .addObject(
            "versions",
            packs.current().all().stream().filter(p -> p.id().equals(pack.id())).toList());
  }

  @GetMapping(path = "/standards/{industry}/{product}/{link}", produces = MediaType.TEXT_HTML_VALUE)
  ModelAndView link(
      @PathVariable String industry,
      @PathVariable String product,
      @PathVariable String link,
      HttpServletRequest request,
      HttpServletResponse response) {
    Place place = place(industry, product, link);
    PageWords words = frame.words(request);
    String title = words.of(place.link().names()) + " · " + words.of(place.product().names());
    return frame
        .page("standards/link", title, words, request, response)
        .addObject("pack", place.pack())
        .addObject("product", place.product())
        .addObject("link", place.link())
        .addObject(
            "view", StandardView.of(place.pack(), place.product(), place.link(), words.english()))
        .addObject("base", "/standards/" + industry + "/" + product + "/" + link);
  }

  @GetMapping("/standards/pack.schema.json")
  ResponseEntity<Map<String, Object>> packSchema() {
    return ResponseEntity.ok().contentType(SCHEMA).body(PackSchema.json());
  }

  @GetMapping("/standards/{industry}/{product}/{link}/record.schema.json")
  ResponseEntity<Map<String, Object>> recordSchema(
      @PathVariable String industry, @PathVariable String product, @PathVariable String link) {
    Place place = place(industry, product, link);
    return ResponseEntity.ok()
        .contentType(SCHEMA)
        .body(LinkStandard.recordSchema(place.pack(), place.product(), place.link()));
  }

  @GetMapping("/standards/{industry}/{product}/{link}/profile.json")
  ResponseEntity<Map<String, Object>> profile(
      @PathVariable String industry, @PathVariable String product, @PathVariable String link) {
    Place place = place(industry, product, link);
    return ResponseEntity.ok()
        .contentType(MediaType.APPLICATION_JSON)
        .body(LinkStandard.profile(place.pack(), place.product(), place.link()));
  }

  @GetMapping("/standards/{industry}/{product}/{link}/template.xlsx")
  ResponseEntity<byte[]> template(
      @PathVariable String industry,
      @PathVariable String product,
      @PathVariable String link,
      HttpServletRequest request) {
    Place place = place(industry, product, link);
    PageWords words = frame.words(request);
    String name = words.of(place.product().names()) + "-" + words.of(place.link().names());
    return ResponseEntity.ok()
        .contentType(XLSX)
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            ContentDisposition.attachment()
                .filename(NO_FILE_NAME.matcher(name).replaceAll("-") + ".xlsx", UTF_8)
                .build()
                .toString())
        .body(XlsxTemplate.of(place.pack(), place.link()));
  }

  private LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), server.zone());
  }

  private Pack pack(String industry) {
    return packs
        .current()
        .inForce(industry, today())
        .orElseThrow(() -> new ProblemException(StandardProblems.NOT_FOUND));
  }

  private Place place(String industry, String productId, String linkId) {
    Pack pack = pack(industry);
    for (Product product : pack.products()) {
      if (product.id().equals(productId) && product.link(linkId).isPresent()) {
        return new Place(pack, product, product.link(linkId).get());
      }
    }
    throw new ProblemException(StandardProblems.NOT_FOUND);
  }
}
