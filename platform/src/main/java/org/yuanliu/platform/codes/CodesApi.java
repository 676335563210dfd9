package org.yuanliu.platform.codes;

import static java.util.Objects.requireNonNull;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.yuanliu.codes.Code;
import org.yuanliu.codes.CodeRange.Drawn;
import org.yuanliu.codes.CodeReader;
import org.yuanliu.codes.Issuable;
import org.yuanliu.codes.Level;
import org.yuanliu.codes.Reading;
import org.yuanliu.codes.Scheme;
import org.yuanliu.platform.access.Caller;
import org.yuanliu.platform.access.Permission;
import org.yuanliu.platform.access.Viewer;
import org.yuanliu.platform.codes.CodeAnswers.DrawnAnswer;
import org.yuanliu.platform.codes.CodeAnswers.DrawnCode;
import org.yuanliu.platform.codes.CodeAnswers.ExemptionAnswer;
import org.yuanliu.platform.codes.CodeAnswers.ExemptionPage;
import org.yuanliu.platform.codes.CodeAnswers.RangeAnswer;
import org.yuanliu.platform.codes.CodeAnswers.RangePage;
import org.yuanliu.platform.codes.CodeAnswers.Resolved;
import org.yuanliu.platform.codes.CodeAnswers.SchemeAnswer;
import org.yuanliu.platform.codes.CodeAnswers.UsePage;
import org.yuanliu.platform.codes.CodeStore.ExemptionRow;
import org.yuanliu.platform.codes.CodeStore.RangeRow;

/** What a text may be; exemptions; ranges of numbers and codes from them. */
@Tag(name = "codes", description = "编码 · Codes")
@RestController
@RequestMapping("/api/v1/codes")
class CodesApi {
  private static final int MAX_PAGE = 500;

  /** Reasons are sentences. */
  private static final int MAX_REASON = 500;

  /** A random UUID has 36; a sender's own number with a prefix fits too. */
  private static final int MAX_KEY = 100;

  private static final Pattern KEY = Pattern.compile("[!-~]{1," + MAX_KEY + "}");

  /** A place in a journal; the digits fit an int and a long. */
  private static final Pattern ENTRY = Pattern.compile("([0-9]{1,9})-([0-9]{1,18})");

  private static final String RANGES = "/api/v1/codes/ranges/";
  private static final String EXEMPTIONS = "/api/v1/codes/exemptions/";

  private final CodeReader reader;
  private final CodeOffice office;
  private final CodeStore store;
  private final ExemptionUses uses;
  private final CodesSettings settings;

  CodesApi(
      CodeReader reader,
      CodeOffice office,
      CodeStore store,
      ExemptionUses uses,
      CodesSettings settings) {
    this.reader = requireNonNull(reader, "reader is null");
    this.office = requireNonNull(office, "office is null");
    this.store = requireNonNull(store, "store is null");
    this.uses = requireNonNull(uses, "uses is null");
    this.settings = requireNonNull(settings, "settings is null");
  }

  @GetMapping("/schemes")
  @Operation(summary = "编码体系 · Every scheme that is known here")
  List<SchemeAnswer> schemes(Caller caller) {
    caller.require(Permission.QUERY);
    return Arrays.stream(Scheme.values()).map(SchemeAnswer::of).toList();
  }

  /** The text is not repeated in the answer: it may be a person's number. */
  @GetMapping("/resolve")
  @Operation(summary = "识别编码 · What a typed or scanned text may be")
  Resolved resolve(Caller caller, @RequestParam String text) {
    caller.require(Permission.QUERY);
    return Resolved.of(reader.resolve(text), settings.prefixes());
  }

  record Scanned(String text) {}

  /** The same with the text in the body, where no address and no log keeps it. */
  @PostMapping("/resolve")
  Resolved resolve(Caller caller, @RequestBody Scanned scanned) {
    return resolve(caller, scanned.text() == null ? "" : scanned.text());
  }

  /**
   * @param scheme id of the scheme
   * @param value the code, without separators
   * @param from today where it is left out
   * @param to first day on which it holds no longer, or null
   */
  record NewExemption(
      String scheme,
      String value,
      String reason,
      @Nullable LocalDate from,
      @Nullable LocalDate to) {}

  @PostMapping("/exemptions")
  @Operation(summary = "校验豁免 · Let one code through that fails its check though really issued")
  ResponseEntity<ExemptionAnswer> grant(Caller caller, @RequestBody NewExemption given) {
    CodeOffice.requireOperator(caller);
    Scheme scheme = Scheme.ofId(required("/scheme", given.scheme()));
    if (scheme == null || !scheme.isExemptible()) {
      throw CodeProblems.invalid(
          "/scheme",
          "scheme-not-exemptible",
          "没有这种编码，或其校验不能豁免。",
          "There is no such scheme, or nothing of it can be exempted.");
    }
    ExemptionRow row =
        office.grant(
            caller,
            scheme,
            required("/value", given.value()),
            required("/reason", given.reason()),
            given.from(),
            given.to());
    return ResponseEntity.status(HttpStatus.CREATED)
        .header(HttpHeaders.LOCATION, EXEMPTIONS + row.id())
        .body(ExemptionAnswer.of(row));
  }

  @GetMapping("/exemptions")
  @Operation(summary = "豁免清单 · Exemptions, past ones included")
  ExemptionPage exemptions(
      Caller caller,
      @RequestParam(required = false) @Nullable UUID after,
      @RequestParam(defaultValue = "100") @Min(1) @Max(MAX_PAGE) int limit) {
    requireOffice(caller);
    List<ExemptionRow> rows = store.exemptions(after, limit);
    return new ExemptionPage(
        rows.stream().map(ExemptionAnswer::of).toList(),
        rows.size() == limit ? rows.getLast().id() : null);
  }

  @GetMapping("/exemptions/{id}")
  ExemptionAnswer exemption(Caller caller, @PathVariable UUID id) {
    requireOffice(caller);
    return ExemptionAnswer.of(store.exemption(id).orElseThrow(CodeProblems::absent));
  }

  @GetMapping("/exemptions/{id}/uses")
  @Operation(summary = "依豁免收下的事件 · Entries of events that name the code")
  UsePage uses(
      Caller caller,
      @PathVariable UUID id,
      @RequestParam(defaultValue = "") String after,
      @RequestParam(defaultValue = "100") @Min(1) @Max(MAX_PAGE) int limit) {
    requireOffice(caller);
    if (store.exemption(id).isEmpty()) {
      throw CodeProblems.absent();
    }
    Matcher place = ENTRY.matcher(after.isEmpty() ? "0-0" : after);
    if (!place.matches()) {
      throw CodeProblems.invalid(
          "/after", "value-wrong", "请用上一页给出的值。", "It is a value that the page before gave.");
    }
    List<String> entries =
        uses
            .seen(
                caller.viewer(),
                id,
                new CodeStore.UseRow(
                    Integer.parseInt(place.group(1)), Long.parseLong(place.group(2))),
                limit)
            .stream()
            .map(use -> use.journal() + "-" + use.position())
            .toList();
    return new UsePage(entries, entries.size() == limit ? entries.getLast() : null);
  }

  @DeleteMapping("/exemptions/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(summary = "终止豁免 · End an exemption; it stays on record")
  void end(
      Caller caller, @PathVariable UUID id, @RequestParam(defaultValue = "ended") String reason) {
    office.end(caller, id, required("/reason", reason));
  }

  /**
   * @param scheme id of the scheme
   * @param stem what stands before the serial numbers
   * @param first 1 where it is left out
   * @param last the highest of the stem where it is left out
   * @param party who may draw besides the operator; any written form
   */
  record NewRange(
      String scheme,
      String stem,
      @Nullable Long first,
      @Nullable Long last,
      @Nullable String party) {}

  @PostMapping("/ranges")
  @Operation(summary = "登记号段 · Register a range of numbers")
  ResponseEntity<RangeAnswer> register(Caller caller, @RequestBody NewRange given) {
    CodeOffice.requireOperator(caller);
    Scheme scheme = Scheme.ofId(required("/scheme", given.scheme()));
    Issuable issuable = scheme == null ? null : Issuable.of(scheme);
    if (issuable == null) {
      throw CodeProblems.invalid(
          "/scheme",
          "scheme-not-issued",
          "没有这种编码，或不由本平台编制。",
          "There is no such scheme, or this platform does not give out its codes.");
    }
    RangeRow row =
        office.register(
            caller,
            issuable,
            required("/stem", given.stem()),
            given.first(),
            given.last(),
            given.party() == null ? null : party(given.party()));
    return ResponseEntity.status(HttpStatus.CREATED)
        .header(HttpHeaders.LOCATION, RANGES + row.id())
        .body(RangeAnswer.of(row));
  }

  @GetMapping("/ranges")
  @Operation(summary = "号段 · Ranges one may see, with what is left of them")
  RangePage ranges(
      Caller caller,
      @RequestParam(required = false) @Nullable UUID after,
      @RequestParam(defaultValue = "100") @Min(1) @Max(MAX_PAGE) int limit) {
    caller.require(Permission.QUERY);
    List<RangeRow> rows = office.ranges(caller, after, limit);
    return new RangePage(
        rows.stream().map(RangeAnswer::of).toList(),
        rows.size() == limit ? rows.getLast().id() : null);
  }

  @GetMapping("/ranges/{id}")
  RangeAnswer range(Caller caller, @PathVariable UUID id) {
    caller.require(Permission.QUERY);
    return RangeAnswer.of(office.visible(caller, id));
  }

  record Drawing(int count) {}

  /** What was answered is used up, whether or not the answer arrived: with a key, ask again. */
  @PostMapping("/ranges/{id}/draw")
  @Operation(
      summary = "领取编码 · Draw codes; each is given out once",
      description =
          "With an Idempotency-Key of one's own, the same request again gets the same codes; with"
              + " another count it is answered 409. 带幂等键时，重发得到同样的编码；数量不同则答 409。")
  DrawnAnswer draw(
      Caller caller,
      @PathVariable UUID id,
      @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
      @RequestBody Drawing drawing) {
    caller.require(Permission.CAPTURE);
    if (key != null && !KEY.matcher(key).matches()) {
      throw CodeProblems.invalid(
          "",
          "idempotency-key-wrong",
          "幂等键应为1至%d个可见的ASCII字符。".formatted(MAX_KEY),
          "An idempotency key has from 1 to %d visible ASCII characters.".formatted(MAX_KEY));
    }
    if (drawing.count() < 1 || drawing.count() > settings.maxDrawn()) {
      throw CodeProblems.invalid(
          "/count",
          "count-out-of-range",
          "一次可领取1至%d个。".formatted(settings.maxDrawn()),
          "From 1 to %d can be drawn at once.".formatted(settings.maxDrawn()));
    }
    String party = office.visible(caller, id).party();
    Drawn drawn = office.draw(caller, id, drawing.count(), key);
    return new DrawnAnswer(
        drawn.codes().stream().map(code -> new DrawnCode(code.canonical(), code.plain())).toList(),
        RangeAnswer.of(id, drawn.rest(), party));
  }

  /** Canonical URI of a party, in any written form; what else the text could be does not count. */
  private String party(String text) {
    List<Code> codes =
        switch (reader.read(text)) {
          case Reading.Found(Code code) -> List.of(code);
          case Reading.Ambiguous(List<Code> several) -> several;
          case Reading.Unreadable unreadable ->
              throw CodeProblems.invalid("/party", unreadable.refusals().getFirst());
        };
    List<Code> parties =
        codes.stream()
            .filter(code -> code.level() == Level.PARTY || code.scheme() == Scheme.NODE)
            .toList();
    if (parties.size() != 1) {
      throw CodeProblems.invalid(
          "/party",
          "code-of-another-kind",
          "该编码不是主体编码，或有多种解读；请写成完整的URI。",
          "The code names no party, or can be read in several ways; write it as a URI.");
    }
    return parties.getFirst().canonical();
  }

  private static void requireOffice(Caller caller) {
    caller.require(Permission.QUERY);
    switch (caller.viewer()) {
      case Viewer.Operator operator -> {}
      case Viewer.Regulator regulator -> {}
      case Viewer.Enterprise enterprise -> throw CodeProblems.forbidden();
      case Viewer.Consumer consumer -> throw CodeProblems.forbidden();
      case Viewer.PublicPage page -> throw CodeProblems.forbidden();
    }
  }

  private static String required(String pointer, @Nullable String text) {
    if (text == null || text.isBlank()) {
      throw CodeProblems.invalid(pointer, "value-missing", "此处必须填写。", "A value is needed here.");
    }
    if (text.length() > MAX_REASON) {
      throw CodeProblems.invalid(
          pointer,
          "text-too-long",
          "内容超过%d字。".formatted(MAX_REASON),
          "The text is longer than %d characters.".formatted(MAX_REASON));
    }
    return text.strip();
  }
}
