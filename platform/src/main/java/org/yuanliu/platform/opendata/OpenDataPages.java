package org.yuanliu.platform.opendata;

import static java.util.Objects.requireNonNull;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.NumberFormat;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.yuanliu.codes.Divisions;
import org.yuanliu.industry.Localized;
import org.yuanliu.platform.ServerSettings;
import org.yuanliu.platform.page.PageFrame;
import org.yuanliu.platform.page.PageWords;

/** {@code /open-data}: the sets for people to read, each with its newest table. */
@Controller
class OpenDataPages {
  /** Periods that a page offers. */
  private static final int PERIODS = 31;

  /** Of a whole division code; a release has the leading ones. */
  private static final int DIVISION_DIGITS = 6;

  private static final BigDecimal BAR = BigDecimal.valueOf(100);

  private final DataSets sets;
  private final ReleaseStore store;
  private final OpenDataSettings settings;
  private final Downloads downloads;
  private final ServerSettings server;
  private final Divisions divisions;
  private final PageFrame frame;

  OpenDataPages(
      DataSets sets,
      ReleaseStore store,
      OpenDataSettings settings,
      Downloads downloads,
      ServerSettings server,
      Divisions divisions,
      PageFrame frame) {
    this.sets = requireNonNull(sets, "sets is null");
    this.store = requireNonNull(store, "store is null");
    this.settings = requireNonNull(settings, "settings is null");
    this.downloads = requireNonNull(downloads, "downloads is null");
    this.server = requireNonNull(server, "server is null");
    this.divisions = requireNonNull(divisions, "divisions is null");
    this.frame = requireNonNull(frame, "frame is null");
  }

  /** An industry's sets. */
  record Industry(String name, List<Line> sets) {}

  /**
   * @param newest the latest period; null where nothing is published yet
   */
  record Line(String name, String url, String rhythm, @Nullable String newest) {}

  /**
   * A period that a page offers.
   *
   * @param id as addresses have it
   * @param name as people write it
   */
  record Period(String id, String name) {}

  /** A category's figures. */
  record Group(String name, List<Row> rows) {}

  /**
   * A figure.
   *
   * @param level 0 for the nation to 3 for a county
   * @param value null where it is withheld
   * @param bar of a hundred, the part of the largest; null where it is withheld
   */
  record Row(
      String name,
      int level,
      @Nullable String value,
      @Nullable String subjects,
      @Nullable String bar) {}

  @GetMapping(path = "/open-data", produces = MediaType.TEXT_HTML_VALUE)
  ModelAndView index(HttpServletRequest request, HttpServletResponse response) {
    downloads.take(request);
    PageWords words = frame.words(request);
    Map<String, List<Line>> lines = new LinkedHashMap<>();
    for (DataSet set : sets.all()) {
      Optional<ReleaseStore.Named> newest = store.newest(set.id(), "", 1).stream().findFirst();
      lines
          .computeIfAbsent(words.of(set.industryNames()), key -> new ArrayList<>())
          .add(
              new Line(
                  words.of(set.names()),
                  "/open-data/" + set.id(),
                  words.of("opendata.rhythm." + set.rhythm()),
                  newest.map(one -> set.rhythm().words(one.period(), words)).orElse(null)));
    }
    return frame
        .page("opendata/index", words.of("opendata.title"), words, request, response)
        .addObject("publishes", settings.publish())
        .addObject("minSubjects", settings.minSubjects())
        .addObject("licence", settings.licence())
        .addObject(
            "industries",
            lines.entrySet().stream()
                .map(entry -> new Industry(entry.getKey(), entry.getValue()))
                .toList());
  }

  @GetMapping(path = "/open-data/{industry}/{set}", produces = MediaType.TEXT_HTML_VALUE)
  ModelAndView set(
      @PathVariable String industry,
      @PathVariable("set") String name,
      @RequestParam(defaultValue = "") String period,
      HttpServletRequest request,
      HttpServletResponse response) {
    downloads.take(request);
    PageWords words = frame.words(request);
    DataSet set = sets.find(industry, name).orElseThrow(OpenDataApi::absent);
    List<ReleaseStore.Named> periods = store.newest(set.id(), "", PERIODS);
    String shown = period.isEmpty() && !periods.isEmpty() ? periods.getFirst().period() : period;
    Optional<Release> release =
        shown.isEmpty()
            ? Optional.empty()
            : Optional.of(
                store
                    .body(set.id(), shown, null)
                    .map(Release::read)
                    .orElseThrow(OpenDataApi::absent));
    return frame
        .page("opendata/set", words.of(set.names()), words, request, response)
        .addObject("industry", words.of(set.industryNames()))
        .addObject("unit", words.of(set.unit()))
        .addObject("release", release.orElse(null))
        .addObject(
            "published",
            release
                .map(one -> words.day(LocalDate.ofInstant(one.published(), server.zone())))
                .orElse(""))
        .addObject("minSubjects", settings.minSubjects())
        .addObject(
            "periods",
            periods.stream()
                .map(one -> new Period(one.period(), set.rhythm().words(one.period(), words)))
                .toList())
        .addObject("shown", new Period(shown, set.rhythm().words(shown, words)))
        .addObject("self", "/open-data/" + set.id())
        .addObject("files", OpenDataApi.address(set.id(), shown, OpenDataApi.LATEST))
        .addObject("groups", release.map(one -> groups(one, words)).orElse(List.of()));
  }

  private List<Group> groups(Release release, PageWords words) {
    Divisions.Snapshot places =
        divisions.asOf(LocalDate.ofInstant(release.published(), server.zone()));
    Map<String, List<Release.Cell>> byCategory = new LinkedHashMap<>();
    release
        .cells()
        .forEach(
            cell ->
                byCategory.computeIfAbsent(cell.category(), key -> new ArrayList<>()).add(cell));
    List<Group> groups = new ArrayList<>();
    byCategory.forEach(
        (category, cells) -> {
          Localized names = cells.getFirst().categoryNames();
          BigDecimal most = BigDecimal.ONE;
          for (Release.Cell cell : cells) {
            BigDecimal value = cell.value();
            most = value == null ? most : value.max(most);
          }
          BigDecimal whole = most;
          groups.add(
              new Group(
                  names == null ? category : words.of(names),
                  cells.stream().map(cell -> row(cell, whole, places, words)).toList()));
        });
    return groups;
  }

  /** A division has no English name in a release: it is looked up. */
  private static String name(Release.Cell cell, Divisions.Snapshot places, PageWords words) {
    if (!words.english()) {
      return cell.divisionName();
    }
    if (cell.division().isEmpty()) {
      return words.of("opendata.nationwide");
    }
    String code = cell.division() + "0".repeat(DIVISION_DIGITS - cell.division().length());
    return places.find(code).map(words::of).orElse(cell.divisionName());
  }

  private static Row row(
      Release.Cell cell, BigDecimal most, Divisions.Snapshot places, PageWords words) {
    NumberFormat numbers = NumberFormat.getNumberInstance(Locale.ROOT);
    BigDecimal value = cell.value();
    return new Row(
        name(cell, places, words),
        cell.division().length() / 2,
        value == null ? null : numbers.format(value),
        cell.subjects() == null ? null : numbers.format(cell.subjects()),
        value == null
            ? null
            : value.multiply(BAR).divide(most, 1, RoundingMode.HALF_EVEN).toPlainString());
  }
}
