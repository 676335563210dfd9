package org.yuanliu.platform.portal;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.yuanliu.industry.Finding;
import org.yuanliu.industry.FindingCode;
import org.yuanliu.industry.Level;
import org.yuanliu.industry.Severity;
import org.yuanliu.platform.journal.Standing;
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
    String qrUrl,
    String root) {

  record FindingView(String code, String tone, String text) {}

  record TagView(String tone, String text) {}

  record StopView(
      String step,
      String when,
      String datetime,
      String party,
      @Nullable String place,
      List<String> papers,
      List<TagView> tags,
      String css) {}

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

  /** Hex digits of a root shown in groups, for reading aloud. */
  private static final int GROUP = 8;

  static PageView of(TracePage page, String qrUrl, Words words) {
    Level level = page.verdict().level();
    String name = page.product() == null ? words.of("trace.unnamed") : words.of(page.product());
    String key = "verdict." + level.name().toLowerCase(Locale.ROOT);
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
    for (Finding finding : page.verdict().findings()) {
      if (finding.code().equals(FindingCode.LINK_PRESENT.id())) {
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
        page.stops().stream().map(stop -> stop(stop, words)).toList(),
        page.drawing().stations().stream().map(station -> station(station, words)).toList(),
        page.downstream().stream().map(words::of).toList(),
        words.of(
            "trace.downstream.text",
            page.downstream().size(),
            String.join(
                words.english() ? ", " : "、", page.downstream().stream().map(words::of).toList())),
        qrUrl,
        hex(page.head().root()));
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

  private static StopView stop(Stop stop, Words words) {
    List<TagView> tags = new ArrayList<>();
    for (Stop.TestLine test : stop.tests()) {
      Boolean passed = test.passed();
      String key = passed == null ? "undecided" : passed ? "passed" : "failed";
      String tone = passed == null ? "doubt" : passed ? "held" : "problem";
      tags.add(new TagView(tone, words.of("trace.test." + key, test.item())));
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
        stop.papers().stream().map(paper -> paper(paper, words)).toList(),
        tags,
        (stop.certainty() == Certainty.POSSIBLE ? "possible" : "") + (stop.bad() ? " bad" : ""));
  }

  private static String paper(Stop.Paper paper, Words words) {
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

  private static StationView station(FlowDrawing.Station station, Words words) {
    String name = words.of(station.name());
    if (station.more() > 0) {
      name = name + (words.english() ? " " : "") + words.of("trace.more", station.more() + 1);
    }
    int width = name.chars().anyMatch(c -> c >= 0x2E80) ? LINE_ZH : LINE_EN;
    List<LineView> lines = new ArrayList<>();
    for (int line = 0; line < LINES && line * width < name.length(); line++) {
      int end = Math.min(name.length(), (line + 1) * width);
      boolean cut = line == LINES - 1 && end < name.length();
      String text =
          cut ? name.substring(line * width, end - 1) + "…" : name.substring(line * width, end);
      lines.add(new LineView(station.y() + FIRST_LINE + line * LINE_HEIGHT, text));
    }
    String kind = station.unknown() ? "unknown" : station.here() ? "here" : "";
    return new StationView(name, station.x(), station.y(), kind, lines);
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
