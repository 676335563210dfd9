package org.yuanliu.platform.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.yuanliu.platform.access.CurrentCallers;
import org.yuanliu.platform.access.Viewer;
import org.yuanliu.platform.capture.CaptureServer;
import org.yuanliu.platform.capture.TestEvents;
import org.yuanliu.platform.journal.Entry;
import org.yuanliu.platform.journal.Journal;
import tools.jackson.databind.JsonNode;

/** The index grows while it is searched: no event stands twice in an answer, in any order. */
class GrowingSlicesTest extends CaptureServer {
  private static final int DOCUMENTS = 60;
  private static final int EVENTS = 10;

  /** The newest first, so that a page begins where the index grows. */
  private static final List<String> PAGES =
      List.of(
          "/epcis/events?EQ_bizStep=shipping&orderBy=recordTime&orderDirection=DESC",
          "/epcis/events?EQ_bizStep=shipping&orderBy=eventTime&orderDirection=DESC");

  @Autowired EventQueries queries;
  @Autowired CurrentCallers callers;
  @Autowired Journal log;

  @Test
  void noEventStandsTwiceInAnAnswerThatIsMadeWhileEventsCome() throws Exception {
    String party = someParty();
    String key = key(party);
    UUID account =
        jdbc.sql("select id from account where party = :party")
            .param("party", party)
            .query(UUID.class)
            .single();
    Viewer viewer = callers.of(account).orElseThrow().viewer();
    EventQuery query = queries.read(JSON.readTree("{\"EQ_bizStep\": [\"shipping\"]}"));
    int answers = 0;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> sender = threads.submit(() -> send(key));
      boolean all = false;
      while (!all) {
        all = sender.isDone(); // then once more, when all is there
        long size = log.head().size();
        List<Long> positions =
            queries.next(query, viewer, 0, size, 10_000, Integer.MAX_VALUE).entries().stream()
                .map(Entry::ref)
                .map(ref -> ref.position())
                .toList();
        assertThat(positions).isSorted().doesNotHaveDuplicates();
        for (String path : PAGES) {
          List<String> ids = ids(get(path, key));
          assertThat(new HashSet<>(ids)).as(path).hasSameSizeAs(ids);
        }
        answers++;
        if (all) {
          assertThat(positions).hasSize(DOCUMENTS * EVENTS);
        }
      }
      sender.get();
    }
    assertThat(answers).isGreaterThan(10);
  }

  private void send(String key) {
    for (int i = 0; i < DOCUMENTS; i++) {
      String[] events = new String[EVENTS];
      for (int j = 0; j < EVENTS; j++) {
        String time = "2026-01-31T08:%02d:%02dZ".formatted(i, j);
        events[j] =
            TestEvents.event(TestEvents.id(), time, "urn:epc:id:sgtin:0614141.107346.2017", "");
      }
      capture(key, TestEvents.document(events));
    }
  }

  private static List<String> ids(HttpResponse<String> page) {
    assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
    List<String> ids = new ArrayList<>();
    for (JsonNode event : json(page).at("/epcisBody/queryResults/resultsBody/eventList")) {
      ids.add(event.get("eventID").stringValue());
    }
    return ids;
  }
}
