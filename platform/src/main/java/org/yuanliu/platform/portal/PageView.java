package org.yuanliu.platform.portal;

import static java.util.Collections.disjoint;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.yuanliu.industry.Finding;
import org.yuanliu.industry.FindingCode;
import org.yuanliu.industry.Level;
import org.yuanliu.industry.Link;
import org.yuanliu.industry.Severity;
import org.yuanliu.platform.journal.Standing;
import org.yuanliu.platform.page.PageWords;
import org.yuanliu.platform.trace.Certainty;

/** A trace page in one language: strings only, ready for the template. */
record PageView(
    String level,
    String tone,
    String sentence,
    String why,
    String scheme,
    @Nullable String product,
    String asOf,
    List<FindingView> concerns,
    List<FindingView> held,
    List<StopView> stops,
    List<StationView> stations,
    List<String> downstream,
    String downstreamText,
    boolean placesWithheld,
    String qrUrl,
    String root,
    String positions) {

  record FindingView(String code, String tone, String text) {}

  record TagView(String tone, String text) {}

  record StopView(
      String step,
      String when,
      String datetime,
      String party,
      @Nullable String place,
      @Nullable PapersView papers,
      List<TagView> tags,
      String css) {

    /** Where a record is missing: a break in the line, with what is said of it. */
    static StopView gap(String step, String text) {
      return new StopView(step, "", "", text, null, null, List.of(), "gap");
    }
  }

  /**
   * Documents of a stop, told in a line that opens.
   *
   * @param open shown at once, because something is wrong with one of them
   */
  record PapersView(String summary, boolean open, List<PaperView> list) {}

  record PaperView(String tone, String text) {}

  /**
   * @param kind how it is drawn: here, unknown or neither
   */
  record StationView(String name, int x, int y, String kind, List<LineView> lines) {}

  record LineView(int y, String text) {}

  /**
   * Letters of a station's name on one line of the drawing; more go to a second line, then end in
   * ….
   */
  private static final int LINE_ZH = 8;

  private static final int LINE_EN = 16;
  private static final int FIRST_LINE = 25;
  private static final int LINE_HEIGHT = 16;
  private static final int LINES = 2;

  /** From here on letters are as wide as high: the first of the CJK radicals. */
  private static final int FIRST_CJK = 0x2E80;

  /** Hex digits of a root shown in groups, for reading aloud. */
  private static final int GROUP = 8;

  static PageView of(TracePage page, String qrUrl, PageWords words) {
    Level level = page.verdict().level();
    String name = page.product() == null ? words.of("trace.unnamed") : words.of(page.product());
    String key =
        "verdict." + (isOnlyPending(page) ? "pending" : level.name().toLowerCase(Locale.ROOT));
    List<FindingView> concerns = new ArrayList<>();
    List<FindingView> held = new ArrayList<>();
    // Ten links that are there are one line; those that are not are told one by one.
    long links =
        page.verdict().findings().stream()
            .filter(finding -> finding.code().equals(FindingCode.LINK_PRESENT.id()))
            .count();
    if (links > 0) {
      held.add(
          new FindingView(FindingCode.LINK_PRESENT.id(), "held", words.of("held.links", links)));
    }
    // So are links that are only possible: the line says which.
    List<Finding> possible = withCode(page, FindingCode.ONLY_POSSIBLE);
    if (possible.size() > 1) {
      concerns.add(
          new FindingView(
              FindingCode.ONLY_POSSIBLE.id(),
              tone(FindingCode.ONLY_POSSIBLE.severity()),
              onlyPossible(page, possible, words)));
    }
    for (Finding finding : page.verdict().findings()) {
      if (finding.code().equals(FindingCode.LINK_PRESENT.id())
          || (possible.size() > 1 && possible.contains(finding))) {
        continue;
      }
      FindingView view =
          new FindingView(finding.code(), tone(finding.severity()), words.of(finding.message()));
      (finding.severity() == Severity.HELD ? held : concerns).add(view);
    }
    return new PageView(
        level.name().toLowerCase(Locale.ROOT),
        switch (level) {
          case COMPLETE -> "held";
          case INCOMPLETE -> "doubt";
          case PROBLEM -> "problem";
          case UNKNOWN -> "unknown";
        },
        words.of(key + ".sentence", name),
        words.of(key + ".why"),
        words.of(page.scheme()),
        page.product() == null ? null : words.of(page.product()),
        words.moment(page.asOf()),
        concerns,
        held,
        stops(page, words),
        page.drawing().stations().stream().map(station -> station(station, words)).toList(),
        page.downstream().stream().map(words::of).toList(),
        words.of(
            "trace.downstream.text",
            page.downstream().size(),
            String.join(
                words.english() ? ", " : "、", page.downstream().stream().map(words::of).toList())),
        page.placesWithheld(),
        qrUrl,
        hex(page.head().root()),
        positions(page.stops()));
  }

  /** Whether nothing is missing but that the checks have not come to the newest records. */
  private static boolean isOnlyPending(TracePage page) {
    return page.verdict().level() == Level.INCOMPLETE
        && page.verdict().findings().stream()
            .filter(finding -> finding.severity() == Severity.DOUBT)
            .allMatch(finding -> finding.code().equals(FindingCode.CHECKS_PENDING.id()));
  }

  /**
   * The places in the log of one record of each stop, for the browser to check; apart by spaces.
   */
  private static String positions(List<Stop> stops) {
    return stops.stream()
        .flatMap(stop -> stop.refs().stream().limit(1))
        .map(ref -> ref.substring(ref.indexOf('-') + 1))
        .distinct()
        .collect(Collectors.joining(" "));
  }

  private static List<Finding> withCode(TracePage page, FindingCode code) {
    return page.verdict().findings().stream()
        .filter(finding -> finding.code().equals(code.id()))
        .toList();
  }

  /** Names the steps behind the findings, where the line shows them. */
  private static String onlyPossible(TracePage page, List<Finding> findings, PageWords words) {
    Set<String> steps = new LinkedHashSet<>();
    for (Stop stop : page.stops()) {
      if (findings.stream().anyMatch(finding -> !disjoint(finding.refs(), stop.refs()))) {
        steps.add(words.of("trace.quoted", words.of(stop.step())));
      }
    }
    return steps.isEmpty()
        ? words.of("trace.onlyPossible", findings.size())
        : words.of("trace.onlyPossible.steps", String.join(words.english() ? ", " : "", steps));
  }

  /** The stops, and each link that nobody recorded as a break where the product's chain has it. */
  private static List<StopView> stops(TracePage page, PageWords words) {
    List<String> chain = page.links().stream().map(link -> link.names().zh()).toList();
    Map<Integer, List<StopView>> gaps = new TreeMap<>();
    for (Finding finding : withCode(page, FindingCode.UNKNOWN_UPSTREAM)) {
      gaps.computeIfAbsent(0, at -> new ArrayList<>())
          .add(StopView.gap(words.of("trace.gap.source"), words.of(finding.message())));
    }
    for (Finding finding : withCode(page, FindingCode.MISSING_LINK)) {
      missing(finding, page.links())
          .ifPresent(
              link ->
                  gaps.computeIfAbsent(before(page.stops(), chain, link), at -> new ArrayList<>())
                      .add(StopView.gap(words.of("trace.gap"), words.of(finding.message()))));
    }
    List<StopView> views = new ArrayList<>();
    for (int i = 0; i <= page.stops().size(); i++) {
      views.addAll(gaps.getOrDefault(i, List.of()));
      if (i < page.stops().size()) {
        views.add(stop(page.stops().get(i), words));
      }
    }
    return views;
  }

  /** Which link the finding misses. */
  private static Optional<Integer> missing(Finding finding, List<Link> chain) {
    for (int link = 0; link < chain.size(); link++) {
      if (chain.get(link).id().equals(finding.link())) {
        return Optional.of(link);
      }
    }
    return Optional.empty();
  }

  /** The first stop of a later link; the end where there is none. */
  private static int before(List<Stop> stops, List<String> chain, int link) {
    for (int i = 0; i < stops.size(); i++) {
      if (chain.indexOf(stops.get(i).step().zh()) > link) {
        return i;
      }
    }
    return stops.size();
  }

  private static String tone(Severity severity) {
    return switch (severity) {
      case HELD -> "held";
      case INFO -> "info";
      case DOUBT -> "doubt";
      case UNKNOWN -> "unknown";
      case PROBLEM -> "problem";
    };
  }

  private static StopView stop(Stop stop, PageWords words) {
    List<TagView> tags = new ArrayList<>();
    for (Stop.TestLine test : stop.tests()) {
      Boolean passed = test.passed();
      String key = passed == null ? "undecided" : passed ? "passed" : "failed";
      String tone = passed == null ? "doubt" : passed ? "held" : "problem";
      tags.add(new TagView(tone, words.of("trace.test." + key, words.of(test.item()))));
    }
    if (stop.certainty() == Certainty.POSSIBLE) {
      tags.add(new TagView("doubt", words.of("certainty.POSSIBLE")));
    }
    for (var flag : stop.flags()) {
      switch (flag) {
        case CLOCKS_DISAGREE, IMPLIED_UNPACKING ->
            tags.add(new TagView("doubt", words.of("flag." + flag)));
        case LATE -> tags.add(new TagView("info", words.of("flag." + flag)));
        case CONFIRMED -> {
          // Said by the standing below.
        }
      }
    }
    Standing standing =
        stop.flags().contains(org.yuanliu.platform.trace.Trace.Flag.CONFIRMED)
                && stop.standing() == Standing.DECLARED
            ? Standing.COUNTERPARTY
            : stop.standing();
    tags.add(new TagView("info", words.of("standing." + standing)));
    if (stop.events() > 1) {
      tags.add(new TagView("info", words.of("trace.events", stop.events())));
    }
    return new StopView(
        words.of(stop.step()),
        words.span(stop.from(), stop.to()),
        stop.from().toString(),
        words.of(stop.party()),
        stop.place() == null ? null : words.of(stop.place()),
        papers(stop.papers(), words),
        tags,
        (stop.certainty() == Certainty.POSSIBLE ? "possible" : "") + (stop.bad() ? " bad" : ""));
  }

  private static @Nullable PapersView papers(List<Stop.Paper> papers, PageWords words) {
    if (papers.isEmpty()) {
      return null;
    }
    boolean expired = papers.stream().anyMatch(paper -> paper.state() == Stop.Paper.State.EXPIRED);
    boolean unchecked =
        papers.stream().anyMatch(paper -> paper.state() == Stop.Paper.State.UNREGISTERED);
    String state = expired ? "expired" : unchecked ? "unregistered" : "valid";
    return new PapersView(
        words.of("trace.papers." + state, papers.size()),
        expired || unchecked,
        papers.stream()
            .map(
                paper ->
                    new PaperView(
                        switch (paper.state()) {
                          case VALID -> "info";
                          case EXPIRED -> "problem";
                          case UNREGISTERED -> "doubt";
                        },
                        paper(paper, words)))
            .toList());
  }

  private static String paper(Stop.Paper paper, PageWords words) {
    StringBuilder text =
        new StringBuilder(words.of(paper.type())).append(' ').append(paper.number());
    if (paper.validTo() != null) {
      text.append(words.english() ? ", " : "，")
          .append(words.of("trace.paper.validTo", words.day(LocalDate.parse(paper.validTo()))));
    }
    switch (paper.state()) {
      case VALID -> {}
      case EXPIRED ->
          text.append(words.english() ? " " : "").append(words.of("trace.paper.expired"));
      case UNREGISTERED ->
          text.append(words.english() ? " " : "").append(words.of("trace.paper.unregistered"));
    }
    return text.toString();
  }

  private static StationView station(FlowDrawing.Station station, PageWords words) {
    String name = words.of(station.name());
    if (station.more() > 0) {
      name = name + (words.english() ? " " : "") + words.of("trace.more", station.more() + 1);
    }
    boolean wide = name.chars().anyMatch(c -> c >= FIRST_CJK);
    List<LineView> lines = new ArrayList<>();
    for (String text : wide ? wrapped(name, LINE_ZH) : wrapped(name, LINE_EN)) {
      lines.add(new LineView(station.y() + FIRST_LINE + lines.size() * LINE_HEIGHT, text));
    }
    String kind = station.unknown() ? "unknown" : station.here() ? "here" : "";
    return new StationView(name, station.x(), station.y(), kind, lines);
  }

  /**
   * At most {@link #LINES} lines, broken at a space where there is one; what is left out ends in ….
   */
  static List<String> wrapped(String name, int width) {
    List<String> lines = new ArrayList<>();
    String rest = name;
    while (rest.length() > width && lines.size() < LINES - 1) {
      int space = rest.lastIndexOf(' ', width);
      int end = space > 0 ? space : width;
      lines.add(rest.substring(0, end));
      rest = rest.substring(end).strip();
    }
    lines.add(rest.length() > width ? rest.substring(0, width - 1).strip() + "…" : rest);
    return lines;
  }

  private static String hex(byte[] root) {
    String hex = java.util.HexFormat.of().formatHex(root);
    StringBuilder grouped = new StringBuilder();
    for (int i = 0; i < hex.length(); i += GROUP) {
      grouped.append(i == 0 ? "" : " ").append(hex, i, Math.min(hex.length(), i + GROUP));
    }
    return grouped.toString();
  }
}
