package org.yuanliu.platform.opendata;

import static java.util.Objects.requireNonNull;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.yuanliu.industry.Localized;
import org.yuanliu.platform.problem.ProblemException;
import org.yuanliu.platform.problem.StandardProblems;

/** Open data, for programs. Nobody signs in. */
@RestController
@RequestMapping("/api/v1/open-data")
@SecurityRequirements
@Tag(name = "Open data", description = "开放数据 · Figures for everybody, in versions")
class OpenDataApi {
  /** Periods on a page: a year of days. */
  static final int MAX_PERIODS = 366;

  /** Versions of one period: one a correction, within {@link OpenData#CORRECTED_DAYS}. */
  private static final int MAX_VERSIONS = 1_000;

  /** Stands for the newest version in addresses. */
  static final String LATEST = "latest";

  /** A version never changes. */
  private static final Duration FOR_EVER = Duration.ofDays(365);

  private final DataSets sets;
  private final ReleaseStore store;
  private final OpenDataSettings settings;
  private final Downloads downloads;

  OpenDataApi(DataSets sets, ReleaseStore store, OpenDataSettings settings, Downloads downloads) {
    this.sets = requireNonNull(sets, "sets is null");
    this.store = requireNonNull(store, "store is null");
    this.settings = requireNonNull(settings, "settings is null");
    this.downloads = requireNonNull(downloads, "downloads is null");
  }

  /**
   * What is published here.
   *
   * @param minSubjects subjects in each figure, at least
   */
  record Published(
      boolean publishes, String publisher, String licence, int minSubjects, List<SetOf> sets) {}

  /**
   * A set.
   *
   * @param rhythm day, month, quarter or year
   */
  record SetOf(
      String set,
      Localized industry,
      Localized title,
      Localized unit,
      String rhythm,
      List<Column> columns) {
    static SetOf of(DataSet set) {
      return new SetOf(
          set.id(),
          set.industryNames(),
          set.names(),
          set.unit(),
          set.rhythm().name().toLowerCase(java.util.Locale.ROOT),
          COLUMNS);
    }
  }

  /** A field of a figure. */
  record Column(String name, String type, Localized meaning) {}

  /** The members of {@link Release.Cell}. */
  private static final List<Column> COLUMNS =
      List.of(
          new Column(
              "category",
              "string",
              new Localized("产品或检测类别编号，没有则为空", "id of a product or kind of test; may be empty")),
          new Column(
              "division",
              "string",
              new Localized(
                  "行政区划代码前0、2、4、6位（全国、省、市、县）；000000为不明",
                  "first 0, 2, 4 or 6 digits of the division code: nation, province, city, county;"
                      + " 000000 if unknown")),
          new Column("value", "number", new Localized("数值；不公布的为空", "the figure; null if withheld")),
          new Column(
              "subjects",
              "integer",
              new Localized("计入的主体数", "subjects in the figure; null if withheld")),
          new Column(
              "withheld",
              "boolean",
              new Localized(
                  "为保护单个主体而不公布", "not told, so that nothing can be learnt about one subject")));

  /** A period's newest version, or one of its versions. */
  record VersionOf(
      String period,
      int version,
      Instant published,
      String url,
      ReleaseStore.FileOf json,
      ReleaseStore.FileOf csv) {
    static VersionOf of(ReleaseStore.Named named) {
      return new VersionOf(
          named.period(),
          named.version(),
          named.published(),
          address(named.set(), named.period(), Integer.toString(named.version())),
          named.json(),
          named.csv());
    }
  }

  /**
   * A set with its periods.
   *
   * @param next what to give as {@code before} for earlier ones; null if there are none
   */
  record Periods(SetOf set, List<VersionOf> periods, @Nullable String next) {}

  record Versions(SetOf set, List<VersionOf> versions) {}

  static String address(String set, String period, String version) {
    return "/api/v1/open-data/" + set + "/" + period + "/" + version + "/";
  }

  @GetMapping
  @Operation(summary = "有哪些数据集 · Which sets there are")
  ResponseEntity<Published> list(HttpServletRequest request) {
    downloads.take(request);
    return changing(
        new Published(
            settings.publish(),
            settings.publisher(),
            settings.licence(),
            settings.minSubjects(),
            sets.all().stream().map(SetOf::of).toList()));
  }

  @GetMapping("/{industry}/{set}")
  @Operation(summary = "数据集的各期 · A set's periods, the latest first")
  ResponseEntity<Periods> periods(
      @PathVariable String industry,
      @PathVariable("set") String name,
      @RequestParam(defaultValue = "") String before,
      @RequestParam(defaultValue = "100") int limit,
      HttpServletRequest request) {
    downloads.take(request);
    DataSet set = found(industry, name);
    if (limit < 1 || limit > MAX_PERIODS) {
      throw new ProblemException(
          StandardProblems.invalid(
              "/limit",
              "limit-out-of-range",
              "limit 应在 1 到 %d 之间。".formatted(MAX_PERIODS),
              "limit is between 1 and %d.".formatted(MAX_PERIODS)));
    }
    List<VersionOf> periods =
        store.newest(set.id(), before, limit).stream().map(VersionOf::of).toList();
    return changing(
        new Periods(
            SetOf.of(set), periods, periods.size() < limit ? null : periods.getLast().period()));
  }

  @GetMapping("/{industry}/{set}/{period}")
  @Operation(summary = "一期的各版 · The versions of a period, the newest first")
  ResponseEntity<Versions> versions(
      @PathVariable String industry,
      @PathVariable("set") String name,
      @PathVariable String period,
      HttpServletRequest request) {
    downloads.take(request);
    DataSet set = found(industry, name);
    List<VersionOf> versions =
        store.versions(set.id(), period, MAX_VERSIONS).stream().map(VersionOf::of).toList();
    if (versions.isEmpty()) {
      throw absent();
    }
    return changing(new Versions(SetOf.of(set), versions));
  }

  @GetMapping("/{industry}/{set}/{period}/{version}/{file}")
  @Operation(
      summary = "下载 · Download",
      description =
          "data.json, data.csv (UTF-8 with a byte order mark) or data.xlsx; latest stands for the"
              + " newest version. 版本写 latest 即最新一版；带版本号的地址内容永不改变。")
  ResponseEntity<byte[]> file(
      @PathVariable String industry,
      @PathVariable("set") String name,
      @PathVariable String period,
      @PathVariable String version,
      @PathVariable String file,
      HttpServletRequest request) {
    downloads.take(request);
    DataSet set = found(industry, name);
    ReleaseFiles.Kind kind =
        Arrays.stream(ReleaseFiles.Kind.values())
            .filter(one -> one.file().equals(file))
            .findFirst()
            .orElseThrow(OpenDataApi::absent);
    boolean latest = version.equals(LATEST);
    String body =
        store
            .body(set.id(), period, latest ? null : number(version))
            .orElseThrow(OpenDataApi::absent);
    String tag = ReleaseFiles.checksum(ReleaseFiles.of(ReleaseFiles.Kind.JSON, body));
    return ResponseEntity.ok()
        .eTag("\"" + tag + "-" + kind.name().toLowerCase(java.util.Locale.ROOT) + "\"")
        .cacheControl(
            latest
                ? CacheControl.noCache().cachePublic()
                : CacheControl.maxAge(FOR_EVER).cachePublic().immutable())
        .contentType(MediaType.parseMediaType(kind.mediaType()))
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            "attachment; filename=\"" + industry + "-" + name + "-" + period + "-" + file + "\"")
        .body(ReleaseFiles.of(kind, body));
  }

  private DataSet found(String industry, String name) {
    return sets.find(industry, name).orElseThrow(OpenDataApi::absent);
  }

  private static int number(String version) {
    try {
      int number = Integer.parseInt(version);
      if (number > 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      // No version either.
    }
    throw absent();
  }

  private static <T> ResponseEntity<T> changing(T body) {
    return ResponseEntity.ok().cacheControl(CacheControl.noCache().cachePublic()).body(body);
  }

  static ProblemException absent() {
    return new ProblemException(StandardProblems.NOT_FOUND, Map.of());
  }
}
