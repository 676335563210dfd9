package org.yuanliu.industry;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.yuanliu.industry.ChainFacts.DocumentRef;

/** What a timeline finds by halving and adds up bit by bit, beside looking at every event. */
class TimelineTest {
  private static final Instant START = Instant.parse("2026-11-01T00:00:00Z");
  private static final String SAID = "safety_interval";
  private static final CheckRule RULE = new CheckRule.Upstream(Set.of("in"));
  private static final Set<String> IN = Set.of("in");
  private static final Set<String> BOTH = Set.of("in", "out");

  /** An event counts one if it came in, and does not have to do with others. */
  private static final Function<EventFact, Optional<BigDecimal>> AMOUNT =
      event ->
          event.link().id().equals("in")
              ? Optional.of(new BigDecimal(event.ref().length() + "." + event.ref().charAt(1)))
              : Optional.empty();

  @RepeatedTest(50)
  void findsWhatLookingAtAllWouldFind(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    Timeline timeline = new Timeline();
    List<EventFact> events = new ArrayList<>();
    List<EventFact> ofLinks = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      if (!events.isEmpty() && random.nextInt(8) == 0) {
        timeline.forgetFirst();
        EventFact first = events.stream().min(EventFact.BY_TIME).orElseThrow();
        events.remove(first);
        ofLinks.remove(first);
      } else {
        // Few moments, so that many are at the same one.
        EventFact event =
            event("e" + i, List.of("in", "out", "other").get(random.nextInt(3)), random);
        boolean counts = random.nextInt(5) > 0;
        timeline.add(event, counts);
        events.add(event);
        if (counts) {
          ofLinks.add(event);
        }
      }
      EventFact asked =
          events.isEmpty() || random.nextBoolean()
              ? event("a" + i, "in", random)
              : events.get(random.nextInt(events.size()));
      isSame(timeline, events, ofLinks, asked);
    }
  }

  private static void isSame(
      Timeline timeline, List<EventFact> events, List<EventFact> ofLinks, EventFact asked) {
    assertThat(timeline.size()).isEqualTo(events.size());
    assertThat(timeline.events(Set.of())).isEqualTo(sorted(events));
    for (Set<String> links : List.of(IN, BOTH)) {
      List<EventFact> own = sorted(ofLinks).stream().filter(one -> one.isOf(links)).toList();
      assertThat(timeline.events(links)).isEqualTo(own);
      assertThat(timeline.has(links)).isEqualTo(!own.isEmpty());
      List<EventFact> before =
          own.stream().filter(one -> EventFact.BY_TIME.compare(one, asked) < 0).toList();
      List<EventFact> after =
          own.stream().filter(one -> EventFact.BY_TIME.compare(one, asked) > 0).toList();
      assertThat(timeline.lastBefore(links, asked))
          .isEqualTo(before.isEmpty() ? Optional.empty() : Optional.of(before.getLast()));
      assertThat(sorted(timeline.after(links, asked))).isEqualTo(after);
      assertThat(timeline.hasAfter(links, asked)).isEqualTo(!after.isEmpty());
    }
    assertThat(timeline.said(SAID, asked))
        .isEqualTo(
            sorted(events).stream()
                .filter(one -> !one.ref().equals(asked.ref()))
                .filter(one -> !one.eventTime().isAfter(asked.eventTime()))
                .filter(one -> one.value(SAID).isPresent())
                .reduce((earlier, later) -> later)
                .flatMap(one -> one.value(SAID)));
    List<EventFact> with = new ArrayList<>(ofLinks);
    with.removeIf(one -> one.ref().equals(asked.ref()));
    with.add(asked);
    Tally tally = timeline.tally(RULE, "", AMOUNT);
    assertThat(tally.total(asked)).isEqualByComparingTo(sum(with));
    assertThat(tally.upTo(asked))
        .isEqualByComparingTo(
            sum(with.stream().filter(one -> EventFact.BY_TIME.compare(one, asked) <= 0).toList()));
    assertThat(tally.last(asked).map(EventFact::ref))
        .isEqualTo(
            sorted(with).stream()
                .filter(one -> AMOUNT.apply(one).isPresent())
                .reduce((earlier, later) -> later)
                .map(EventFact::ref));
  }

  private static List<EventFact> sorted(List<EventFact> events) {
    return events.stream().sorted(EventFact.BY_TIME).toList();
  }

  private static BigDecimal sum(List<EventFact> events) {
    return events.stream()
        .map(AMOUNT)
        .flatMap(Optional::stream)
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private static EventFact event(String ref, String link, Random random) {
    return new EventFact(
        ref,
        link(link),
        null,
        START.plus(Duration.ofHours(random.nextInt(12))),
        START,
        null,
        null,
        null,
        null,
        null,
        List.of(),
        List.<DocumentRef>of(),
        random.nextBoolean() ? Map.of(SAID, (long) random.nextInt(9)) : Map.of());
  }

  private static Link link(String id) {
    return new Link(
        id,
        new Localized(id, id),
        LinkStage.TRADE,
        new Presence.Optional(),
        List.of(new Criterion(Set.of("urn:step"), Set.of(), Set.of(), Set.of())),
        List.of(),
        Duration.ZERO,
        Set.of(),
        Set.of(),
        List.of(),
        Map.of(),
        List.of(),
        null,
        null);
  }
}
