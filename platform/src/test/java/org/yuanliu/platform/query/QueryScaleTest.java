package org.yuanliu.platform.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.yuanliu.codes.UnitKey;
import org.yuanliu.platform.access.Viewer;
import org.yuanliu.platform.capture.CaptureServer;

/**
 * The index alone over a million rows: what the first page costs for frequent and rare values, both
 * ways, and for values that came only long ago. Events are not read.
 */
@Tag("long")
class QueryScaleTest extends CaptureServer {
  private static final int ROWS = Integer.getInteger("yuanliu.scale.rows", 1_000_000);
  private static final int FIRST = 10_000_000;
  private static final String STEP = "https://ref.gs1.org/cbv/BizStep-";
  private static final int ROUNDS = 60;

  @Autowired EventSearch search;
  @Autowired QueryReader reader;

  @Test
  void theFirstPageOfAMillion() {
    String rareParty = someParty();
    jdbc.sql(
            """
            insert into query_event (journal, position, event_time, kind, biz_step, disposition,
              read_point, biz_location, reporter, principal, named, division, industry)
            select 1, %d + n, timestamptz '2026-01-01' + n * interval '1 second', 6,
              case when n %% 100000 = 7 then %d when n < %d then %d when n %% 3 = 0 then %d else %d end,
              hashint8(n %% 5), hashint8(n %% 1000), hashint8(n %% 20000),
              md5((n %% 5000)::text)::uuid, md5((n %% 5000)::text)::uuid, '{}', '610102', 'meat'
            from generate_series(0, %d) n\
            """
                .formatted(
                    FIRST,
                    Terms.value(STEP + "picking"),
                    ROWS / 5,
                    Terms.value(STEP + "loading"),
                    Terms.value(STEP + "shipping"),
                    Terms.value(STEP + "storing"),
                    ROWS - 1))
        .update();
    jdbc.sql(
            """
            insert into query_term (term, event_time, position, journal)
            select %d, timestamptz '2026-01-01' + n * interval '1 second', %d + n, 1
            from generate_series(0, %d, 50000) n\
            """
                .formatted(
                    Terms.of(Terms.Kind.PARTY, UnitKey.of(rareParty).value()), FIRST, ROWS - 1))
        .update();
    jdbc.sql("analyze query_event").update();
    Viewer operator = new Viewer.Operator(rareParty);
    Viewer firm = new Viewer.Enterprise(rareParty, Set.of(UnitKey.of(rareParty).value()));
    Map<String, Long> p99 = new LinkedHashMap<>();
    for (String order :
        List.of("eventTime ASC", "eventTime DESC", "recordTime ASC", "recordTime DESC")) {
      for (String step : List.of("storing", "picking", "storing|picking")) {
        p99.put(step + " " + order, measure(operator, order, Map.of("EQ_bizStep", step)));
      }
      p99.put("all " + order, measure(operator, order, Map.of()));
      p99.put("firm " + order, measure(firm, order, Map.of()));
      p99.put("firm storing " + order, measure(firm, order, Map.of("EQ_bizStep", "storing")));
      p99.put(
          "storing, one kind " + order,
          measure(operator, order, Map.of("EQ_bizStep", "storing", "EQ_action", "OBSERVE")));
    }
    p99.put("long ago DESC", measure(operator, "eventTime DESC", Map.of("EQ_bizStep", "loading")));
    p99.forEach(
        (name, micros) -> System.out.println("p99 " + name + ": " + micros / 1_000.0 + " ms"));
    assertThat(p99.values()).allSatisfy(micros -> assertThat(micros).isLessThan(2_000_000));
  }

  private long measure(Viewer viewer, String order, Map<String, String> parameters) {
    Map<String, String> all = new LinkedHashMap<>(parameters);
    all.put("orderBy", order.substring(0, order.indexOf(' ')));
    all.put("orderDirection", order.substring(order.indexOf(' ') + 1));
    EventQuery query = reader.ofQueryString(all, null);
    EventSearch.Ask ask =
        new EventSearch.Ask(query, viewer, FIRST, FIRST + ROWS, null, 30, Long.MAX_VALUE);
    long[] micros = new long[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
      long start = System.nanoTime();
      search.count(ask);
      micros[i] = (System.nanoTime() - start) / 1_000;
    }
    Arrays.sort(micros);
    System.out.println(order + " " + parameters + " p50 " + micros[ROUNDS / 2] + " us");
    return micros[ROUNDS - 2];
  }
}
