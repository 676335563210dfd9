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
import org.springframework.context.MessageSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.support.RequestContextUtils;
import org.yuanliu.industry.Localized;
import org.yuanliu.platform.ServerSettings;

/** {@code /open-data}: the sets for people to read, each with its newest table. */
@Controller
class OpenDataPages {
  /** Periods that a page offers. */
  private static final int PERIODS = 31;

  private static final BigDecimal BAR = BigDecimal.valueOf(100);

  private final DataSets sets;
  private final ReleaseStore store;
  private final OpenDataSettings settings;
  private final Downloads downloads;
  private final ServerSettings server;
  private final MessageSource messages;

  OpenDataPages(
      DataSets sets,
      ReleaseStore store,
      OpenDataSettings settings,
      Downloads downloads,
      ServerSettings server,
      MessageSource messages) {
    this.sets = requireNonNull(sets, "sets is null");
    this.store = requireNonNull(store, "store is null");
    this.settings = requireNonNull(settings, "settings is null");
    this.downloads = requireNonNull(downloads, "downloads is null");
    this.server = requireNonNull(server, "server is null");
    this.messages = requireNonNull(messages, "messages is null");
  }

  /** An industry's sets. */
  record Industry(String name, List<Line> sets) {}

  /**
   * @param newest the latest period; null where nothing is published yet
   */
  record Line(String name, String url, String rhythm, @Nullable String newest) {}

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
    boolean english = english(request);
    Map<String, List<Line>> lines = new LinkedHashMap<>();
    for (DataSet set : sets.all()) {
      Optional<ReleaseStore.Named> newest = store.newest(set.id(), "", 1).stream().findFirst();
      lines
          .computeIfAbsent(text(set.industryNames(), english), key -> new ArrayList<>())
          .add(
              new Line(
                  text(set.names(), english),
                  "/open-data/" + set.id(),
                  message("opendata.rhythm." + set.rhythm(), request),
                  newest.map(ReleaseStore.Named::period).orElse(null)));
    }
    return view("opendata/index", message("opendata.title", request), request, response)
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
    boolean english = english(request);
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
    return view("opendata/set", text(set.names(), english), request, response)
        .addObject("industry", text(set.industryNames(), english))
        .addObject("unit", text(set.unit(), english))
        .addObject("release", release.orElse(null))
        .addObject(
            "published",
            release
                .map(one -> LocalDate.ofInstant(one.published(), server.zone()).toString())
                .orElse(""))
        .addObject("minSubjects", settings.minSubjects())
        .addObject("periods", periods.stream().map(ReleaseStore.Named::period).toList())
        .addObject("shown", shown)
        .addObject("self", "/open-data/" + set.id())
        .addObject("files", OpenDataApi.address(set.id(), shown, OpenDataApi.LATEST))
        .addObject("groups", release.map(one -> groups(one, english)).orElse(List.of()));
  }

  private static List<Group> groups(Release release, boolean english) {
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
                  names == null ? category : text(names, english),
                  cells.stream().map(cell -> row(cell, whole, english)).toList()));
        });
    return groups;
  }

  private static Row row(Release.Cell cell, BigDecimal most, boolean english) {
    NumberFormat numbers = NumberFormat.getNumberInstance(Locale.ROOT);
    BigDecimal value = cell.value();
    String name = english && cell.division().isEmpty() ? "Nationwide" : cell.divisionName();
    return new Row(
        name,
        cell.division().length() / 2,
        value == null ? null : numbers.format(value),
        cell.subjects() == null ? null : numbers.format(cell.subjects()),
        value == null
            ? null
            : value.multiply(BAR).divide(most, 1, RoundingMode.HALF_EVEN).toPlainString());
  }

  private static String text(Localized text, boolean english) {
    return english ? text.en() : text.zh();
  }

  private static boolean english(HttpServletRequest request) {
    return Locale.ENGLISH.equals(RequestContextUtils.getLocale(request));
  }

  private String message(String key, HttpServletRequest request) {
    return messages.getMessage(key, null, RequestContextUtils.getLocale(request));
  }

  private static ModelAndView view(
      String template, String title, HttpServletRequest request, HttpServletResponse response) {
    boolean english = english(request);
    response.setHeader(HttpHeaders.CONTENT_LANGUAGE, english ? "en" : "zh-CN");
    response.setHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT_LANGUAGE);
    return new ModelAndView(template)
        .addObject("title", title)
        .addObject("english", english)
        .addObject("ask", english ? "?lang=en" : "")
        .addObject(
            "otherLanguageUrl", request.getRequestURI() + (english ? "?lang=zh" : "?lang=en"));
  }
}
