package org.yuanliu.platform.demo;

import static java.util.Objects.requireNonNull;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What happened in one cycle, by stage and reporter; what lies after now is dropped. */
final class Diary {
  /** Some 60 kB: one request holds a market's few minutes. */
  static final int EVENTS_PER_DOCUMENT = 100;

  private final LocalDateTime now;
  private final Map<Stage, Map<Actor, List<Noted>>> events = new EnumMap<>(Stage.class);
  private final List<Paper> papers = new ArrayList<>();
  private final List<Late> late;

  /**
   * @param late where late reports are put, across all cycles
   */
  Diary(LocalDateTime now, List<Late> late) {
    this.now = requireNonNull(now, "now is null");
    this.late = requireNonNull(late, "late is null");
  }

  /** Whether it has happened yet. */
  boolean isOver(LocalDateTime at) {
    return at.isBefore(now);
  }

  /** When it really happened decides whether it has happened yet, whatever the clock there said. */
  void note(Stage stage, Actor reporter, LocalDateTime at, EventJson event) {
    if (!at.isBefore(now)) {
      return;
    }
    events
        .computeIfAbsent(stage, ignored -> new LinkedHashMap<>())
        .computeIfAbsent(reporter, ignored -> new ArrayList<>())
        .add(new Noted(at, event.bytes()));
  }

  /** To be reported after everything else. */
  void noteLate(Actor reporter, LocalDateTime at, EventJson event) {
    if (at.isBefore(now)) {
      late.add(new Late(reporter, event.bytes()));
    }
  }

  Paper file(Paper paper) {
    if (paper.issuedAt().isBefore(now)) {
      papers.add(paper);
    }
    return paper;
  }

  /** The cycle's waves, numbered on from a number. */
  List<DemoWave> waves(int firstNumber) {
    List<DemoWave> waves = new ArrayList<>();
    if (events.isEmpty()) {
      return waves;
    }
    for (Map.Entry<Stage, Map<Actor, List<Noted>>> stage : events.entrySet()) {
      List<DemoDocument> documents = new ArrayList<>();
      stage.getValue().forEach((reporter, noted) -> documents.addAll(documents(reporter, noted)));
      waves.add(
          new DemoWave(
              firstNumber + waves.size(),
              stage.getKey().awaited(),
              waves.isEmpty() ? papers : List.of(),
              documents));
    }
    return waves;
  }

  private static List<DemoDocument> documents(Actor reporter, List<Noted> noted) {
    List<Noted> sorted = noted.stream().sorted(Comparator.comparing(Noted::at)).toList();
    List<DemoDocument> documents = new ArrayList<>();
    for (int from = 0; from < sorted.size(); from += EVENTS_PER_DOCUMENT) {
      List<Noted> part = sorted.subList(from, Math.min(sorted.size(), from + EVENTS_PER_DOCUMENT));
      documents.add(
          new DemoDocument(
              reporter.id(),
              EventJson.time(part.getLast().at()),
              part.stream().map(Noted::event).toList()));
    }
    return documents;
  }

  private record Noted(LocalDateTime at, byte[] event) {}

  record Late(Actor reporter, byte[] event) {}
}
