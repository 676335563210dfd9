package org.yuanliu.industry;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.yuanliu.epcis.UnitRole;
import org.yuanliu.industry.ChainFacts.DocumentRef;

/** Facts kept in lists: the whole of what {@link CheckFacts} asks for, for tests. */
final class MemoryFacts implements CheckFacts {
  static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

  final List<EventFact> events = new ArrayList<>();
  final List<PaperFact> papers = new ArrayList<>();
  Instant now = Instant.EPOCH;

  @Override
  public Instant now() {
    return now;
  }

  @Override
  public ZoneId zone() {
    return SHANGHAI;
  }

  @Override
  public Timeline timeline(List<String> key, String value) {
    return Timeline.of(
        events.stream().filter(event -> CheckKeyValues.has(key, event, value)).toList());
  }

  @Override
  public Timeline citing(DocumentRef document) {
    return Timeline.of(
        events.stream().filter(event -> event.documents().contains(document)).toList());
  }

  @Override
  public List<EventFact> upstream(String unit) {
    Set<EventFact> found = new LinkedHashSet<>();
    Set<String> seen = new HashSet<>(Set.of(unit));
    Deque<String> open = new ArrayDeque<>(seen);
    while (!open.isEmpty()) {
      String next = open.remove();
      for (EventFact event : events) {
        boolean makes =
            event.units().stream()
                .anyMatch(u -> u.role() == UnitRole.OUTPUT && u.unit().equals(next));
        boolean names = event.units().stream().anyMatch(u -> u.unit().equals(next));
        if (names) {
          found.add(event);
        }
        if (makes) {
          event.units().stream()
              .filter(u -> u.role() == UnitRole.INPUT && seen.add(u.unit()))
              .forEach(u -> open.add(u.unit()));
        }
      }
    }
    return List.copyOf(found);
  }

  @Override
  public List<EventFact> downstream(String unit) {
    Set<EventFact> found = new LinkedHashSet<>();
    Set<String> seen = new HashSet<>(Set.of(unit));
    Deque<String> open = new ArrayDeque<>(seen);
    while (!open.isEmpty()) {
      String next = open.remove();
      for (EventFact event : events) {
        boolean uses =
            event.units().stream()
                .anyMatch(u -> u.role() == UnitRole.INPUT && u.unit().equals(next));
        if (!next.equals(unit) && event.units().stream().anyMatch(u -> u.unit().equals(next))) {
          found.add(event);
        }
        if (uses) {
          found.add(event);
          event.units().stream()
              .filter(u -> u.role() == UnitRole.OUTPUT && seen.add(u.unit()))
              .forEach(u -> open.add(u.unit()));
        }
      }
    }
    return List.copyOf(found);
  }

  @Override
  public Optional<PaperFact> paper(DocumentRef document) {
    return papers.stream().filter(paper -> paper.ref().equals(document)).findFirst();
  }

  @Override
  public List<PaperFact> papersOf(String subject, String type) {
    return papers.stream()
        .filter(paper -> subject.equals(paper.subject()) && paper.ref().type().equals(type))
        .toList();
  }
}
