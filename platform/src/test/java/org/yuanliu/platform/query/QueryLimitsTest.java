package org.yuanliu.platform.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.yuanliu.platform.capture.TestEvents.document;
import static org.yuanliu.platform.capture.TestEvents.event;
import static org.yuanliu.platform.capture.TestEvents.id;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.PlatformTransactionManager;
import org.yuanliu.codes.UnitKey;
import org.yuanliu.platform.access.Disclosure;
import org.yuanliu.platform.access.Viewer;
import org.yuanliu.platform.capture.CaptureServer;
import org.yuanliu.platform.journal.EntrySearch;
import org.yuanliu.platform.journal.Journal;
import org.yuanliu.platform.problem.ProblemException;
import org.yuanliu.platform.trace.UnitNaming;

/** What a query may cost: at each limit, and past it. */
class QueryLimitsTest extends CaptureServer {
  private static final int EVENTS = 40;

  @Autowired PlatformTransactionManager transactions;
  @Autowired Journal log;
  @Autowired EntrySearch entries;
  @Autowired Disclosure disclosure;
  @Autowired UnitNaming units;
  @Autowired MasterData masterData;
  @Autowired QueryReader reader;

  private final String party = someParty();
  private final Viewer viewer = new Viewer.Enterprise(party, Set.of(UnitKey.of(party).value()));

  private EventSearch search(int decode, int sort) {
    return search(decode, sort, 100_000);
  }

  private EventSearch search(int decode, int sort, int scan) {
    QuerySettings settings = new QuerySettings(5, 8, 16, scan, decode, sort, 10, null);
    return new EventSearch(
        jdbc, transactions, log, entries, disclosure, units, masterData, settings);
  }

  private void events() {
    String[] events =
        IntStream.range(0, EVENTS)
            .mapToObj(
                i ->
                    event(
                        id(),
                        "2026-01-01T08:%02d:00Z".formatted(i),
                        "urn:x:1",
                        ", \"ex:n\": " + (EVENTS - i)))
            .toArray(String[]::new);
    capture(key(party), document(events));
  }

  private EventSearch.Ask ask(Map<String, String> parameters, int wanted) {
    EventQuery query = reader.ofQueryString(parameters, "ex=https://example.com/ns/");
    return new EventSearch.Ask(query, viewer, 0, log.head().size(), null, wanted, Long.MAX_VALUE);
  }

  @Test
  void lookingAtEventsHasALimit() {
    events();
    EventSearch.Ask none = ask(Map.of("EQ_ex:n", "77"), 5);
    assertThat(search(2 * EVENTS, 5).find(none).entries()).isEmpty();
    assertThatThrownBy(() -> search(10, 5).find(none))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> {
              assertThat(e.problem().status()).isEqualTo(413);
              assertThat(e.problem().code()).isEqualTo("epcisException:QueryTooComplexException");
            });
    // What was found by then is a page, and tells where to go on.
    EventSearch.Found some = search(10, 5).find(ask(Map.of("GT_ex:n", "30"), 30));
    assertThat(some.entries()).isNotEmpty().hasSizeLessThanOrEqualTo(10);
    assertThat(some.more()).isTrue();
    assertThatThrownBy(() -> search(10, 5).count(ask(Map.of("GT_ex:n", "0"), 100)))
        .isInstanceOf(ProblemException.class);
    // Conditions that the index decides need no event.
    assertThat(search(10, 5).count(ask(Map.of("EQ_bizStep", "shipping"), 100))).isEqualTo(EVENTS);
  }

  /** Two values that never meet, in many slices: the search pauses and says how far it came. */
  @Test
  void lookingAtSlicesHasALimit() {
    long first = log.head().size();
    for (int document = 0; document < 6; document++) {
      String[] events =
          IntStream.range(0, EVENTS)
              .mapToObj(
                  i ->
                      event(id(), ", \"disposition\": \"active\"")
                          .replace("shipping", i % 2 == 0 ? "shipping" : "storing")
                          .replace("active", i % 2 == 0 ? "active" : "in_transit"))
              .toArray(String[]::new);
      capture(key(party), document(events));
    }
    String last = id();
    capture(key(party), document(event(last, ", \"disposition\": \"in_transit\"")));
    for (String order : new String[] {"eventTime", "recordTime"}) {
      EventSearch.Ask ask =
          ask(
              Map.of(
                  "EQ_bizStep", "shipping",
                  "EQ_disposition", "in_transit",
                  "LT_eventTime", "2026-06-01T00:00:00Z",
                  "orderBy", order,
                  "orderDirection", "ASC"),
              5);
      assertThat(search(100, 5).find(ask).entries()).hasSize(1);
      assertThatThrownBy(() -> search(100, 5, 60).find(ask))
          .isInstanceOfSatisfying(
              ProblemException.class, e -> assertThat(e.problem().status()).isEqualTo(413));
    }
    // Who follows the journal goes on where the search paused, and misses nothing.
    EventQuery query =
        reader.ofQueryString(
            Map.of("EQ_bizStep", "shipping", "EQ_disposition", "in_transit"), null);
    List<String> found = new ArrayList<>();
    int batches = 0;
    long from = first;
    while (from < log.head().size()) {
      EventQueries.Batch batch =
          search(100, 5, 60)
              .inOrderOfRecord(query, viewer, from, log.head().size(), 5, Long.MAX_VALUE);
      assertThat(batch.next()).isGreaterThan(from);
      batch.entries().forEach(entry -> found.add(entry.draft().id()));
      from = batch.next();
      batches++;
    }
    assertThat(found).containsExactly(last);
    assertThat(batches).isGreaterThan(1);
  }

  @Test
  void sortingByAFieldHasALimit() {
    events();
    Map<String, String> byField =
        Map.of("EQ_bizStep", "shipping", "orderBy", "ex:n", "orderDirection", "ASC");
    EventSearch.Ask ask = ask(byField, 5);
    FieldName field = FieldName.of("https://example.com/ns/n", QueryReader.prefixes(null));
    assertThat(search(100, EVENTS).sorted(ask, field, false))
        .hasSize(EVENTS)
        .isSortedAccordingTo(
            java.util.Comparator.comparing(
                entry -> entry.draft().hot().eventTime(), java.util.Comparator.reverseOrder()));
    assertThatThrownBy(() -> search(100, EVENTS - 1).sorted(ask, field, false))
        .isInstanceOf(ProblemException.class);
  }

  @Test
  void valuesAndParametersHaveALimit() {
    String many =
        String.join(
            "|", IntStream.range(0, QueryReader.MAX_VALUES).mapToObj(i -> "urn:x:" + i).toList());
    assertThat(reader.ofQueryString(Map.of("MATCH_epc", many), null).criteria()).hasSize(1);
    assertThatThrownBy(() -> reader.ofQueryString(Map.of("MATCH_epc", many + "|urn:x:x"), null))
        .isInstanceOf(ProblemException.class);
    Map<String, String> parameters = new java.util.HashMap<>();
    for (int i = 0; i < QueryReader.MAX_PARAMETERS; i++) {
      parameters.put("EXISTS_ex:f" + i, "true");
    }
    assertThat(reader.ofQueryString(parameters, null).criteria())
        .hasSize(QueryReader.MAX_PARAMETERS);
    parameters.put("EXISTS_ex:more", "true");
    assertThatThrownBy(() -> reader.ofQueryString(parameters, null))
        .isInstanceOf(ProblemException.class);
  }
}
