package org.yuanliu.platform.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.yuanliu.platform.trace.Told.made;
import static org.yuanliu.platform.trace.Told.observe;
import static org.yuanliu.platform.trace.Told.transform;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Answers that were cut: pages joined are the whole. Rows are linear in the document. */
final class PagingTest {
  private static final String A = "urn:party:a";

  private static Bench bench;

  @BeforeAll
  static void open() {
    bench = new Bench();
  }

  @AfterAll
  static void close() {
    bench.close();
  }

  @BeforeEach
  void clear() {
    bench.clear();
  }

  @Test
  void rowsAreLinearInTheEventAndItsTraceIsCutAndGoesOn() {
    int many = 10_000;
    String[] inputs =
        IntStream.range(0, many).mapToObj(i -> "urn:item:in" + i).toArray(String[]::new);
    String[] outputs =
        IntStream.range(0, many).mapToObj(i -> "urn:item:out" + i).toArray(String[]::new);
    bench.store(transform("big", A, 1).in(inputs).out(outputs));
    JdbcClient jdbc = JdbcClient.create(bench.dataSource());
    assertThat(jdbc.sql("select count(*) from unit_event").query(Long.class).single())
        .isEqualTo(2 * many);
    assertThat(jdbc.sql("select count(*) from trace_event").query(Long.class).single())
        .isEqualTo(1);
    assertThat(jdbc.sql("select count(*) from trace_document").query(Long.class).single()).isZero();
    List<Trace> pages = pages("urn:item:out7", Direction.BACKWARD, TraceLimits.DEFAULT);
    assertThat(pages).hasSizeGreaterThan(1);
    assertThat(pages.getFirst().truncated()).isTrue();
    assertThat(pages.getFirst().flows().size() + pages.getFirst().units().size())
        .isLessThanOrEqualTo(Page.STEPS_PER_EVENT * TraceLimits.DEFAULT.events());
    assertThat(pages.getLast().truncated()).isFalse();
    Set<String> sources = new LinkedHashSet<>();
    pages.forEach(page -> page.flows().forEach(flow -> sources.add(flow.from())));
    assertThat(sources).hasSize(many);
    Set<String> units = new LinkedHashSet<>();
    pages.forEach(page -> units.addAll(Bench.units(page)));
    assertThat(units).hasSize(many + 1);
  }

  @Test
  void pagesJoinedAreTheWhole() {
    for (long seed = 1; seed <= 40; seed++) {
      bench.clear();
      RandomHistory history = new RandomHistory(seed);
      bench.store(history.events);
      history.same.values().forEach(codes -> bench.same(codes.toArray(String[]::new)));
      for (String unit : List.of("urn:lot:0", "urn:item:1")) {
        for (Direction direction : Direction.values()) {
          Trace whole = bench.trace(direction, unit);
          List<Trace> pages = pages(unit, direction, new TraceLimits(32, 1, 3_000));
          assertThat(joined(pages, Trace::events)).isEqualTo(whole.events());
          assertThat(joined(pages, Trace::flows)).isEqualTo(whole.flows());
          assertThat(joined(pages, Trace::units)).isEqualTo(whole.units());
          assertThat(whole.truncated()).isFalse();
          pages.forEach(page -> assertThat(page.events()).hasSizeLessThanOrEqualTo(1));
        }
      }
    }
  }

  @Test
  void whatLiesDeeperComesOnTheNextPage() {
    Told[] chain =
        IntStream.range(0, 6)
            .mapToObj(i -> transform("t" + i, A, i).in("urn:lot:" + i).out("urn:lot:" + (i + 1)))
            .toArray(Told[]::new);
    bench.store(chain);
    TraceLimits shallow = new TraceLimits(2, 1_000, 3_000);
    List<Trace> pages = pages("urn:lot:6", Direction.BACKWARD, shallow);
    assertThat(pages).hasSize(3);
    assertThat(Bench.units(pages.get(0))).containsExactly("urn:lot:4", "urn:lot:5", "urn:lot:6");
    assertThat(pages.get(0).truncated()).isTrue();
    assertThat(joined(pages, Trace::flows)).hasSize(6);
    assertThat(new LinkedHashSet<>(joined(pages, Trace::units)))
        .isEqualTo(new LinkedHashSet<>(bench.backward("urn:lot:6").units()));
    assertThat(pages("urn:lot:6", Direction.BACKWARD, new TraceLimits(6, 1_000, 3_000))).hasSize(1);
    assertThat(pages("urn:lot:6", Direction.BACKWARD, new TraceLimits(0, 1_000, 3_000)).getFirst())
        .satisfies(page -> assertThat(Bench.units(page)).containsExactly("urn:lot:6"));
  }

  @Test
  void aLoopEnds() {
    bench.store(
        transform("there", A, 1).in("urn:lot:1").out("urn:lot:2"),
        transform("back", A, 2).in("urn:lot:2").out("urn:lot:1"));
    Trace trace = bench.trace(Direction.BOTH, "urn:lot:1");
    assertThat(trace.flows()).hasSize(2);
    assertThat(trace.truncated()).isFalse();
  }

  @Test
  void whatIsStoredBetweenTwoPagesIsOnNeither() {
    bench.store(made("m", A, 1, "urn:lot:1"), observe("o", A, 2, "urn:lot:1"));
    TraceLimits one = new TraceLimits(32, 1, 3_000);
    Trace first = bench.tracer().trace(request("urn:lot:1", Direction.BACKWARD, one, null));
    bench.store(observe("early", A, 1.5, "urn:lot:1"));
    Trace second =
        bench.tracer().trace(request("urn:lot:1", Direction.BACKWARD, one, first.next()));
    assertThat(Bench.events(first)).containsExactly("m");
    assertThat(Bench.events(second)).containsExactly("o");
    assertThat(second.next()).isNull();
  }

  @Test
  void aTokenOfAnotherRequestIsRefused() {
    bench.store(made("m", A, 1, "urn:lot:1"), observe("o", A, 2, "urn:lot:1"));
    TraceLimits one = new TraceLimits(32, 1, 3_000);
    String next = bench.tracer().trace(request("urn:lot:1", Direction.BACKWARD, one, null)).next();
    assertThat(next).isNotNull();
    for (String bad : List.of("", "!", "AAAA", next + "AA", next.substring(2))) {
      assertThatIllegalArgumentException()
          .isThrownBy(
              () -> bench.tracer().trace(request("urn:lot:1", Direction.BACKWARD, one, bad)));
    }
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> bench.tracer().trace(request("urn:lot:2", Direction.BACKWARD, one, next)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> bench.tracer().trace(request("urn:lot:1", Direction.FORWARD, one, next)));
  }

  @Test
  void eventsOfAUnitComeNewestFirstInPages() {
    bench.store(
        made("a", A, 1, "urn:lot:1"),
        observe("c", A, 3, "urn:lot:1"),
        observe("b", A, 2, "urn:lot:1"),
        observe("hidden", "urn:party:b", 2.5, "urn:lot:1"));
    UnitEvents events = bench.unitEvents();
    UnitEvents.EventPage first = events.page("urn:lot:1", Bench.enterprise(A), 2, null);
    assertThat(first.entries().stream().map(entry -> entry.draft().id())).containsExactly("c", "b");
    UnitEvents.EventPage second = events.page("urn:lot:1", Bench.enterprise(A), 2, first.next());
    assertThat(second.entries().stream().map(entry -> entry.draft().id())).containsExactly("a");
    assertThat(second.next()).isNull();
    assertThat(events.page("urn:lot:1", Bench.enterprise("urn:party:c"), 2, null).entries())
        .isEmpty();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> events.page("urn:lot:1", Bench.ANYONE, 2, "nonsense"));
  }

  private static List<Trace> pages(String unit, Direction direction, TraceLimits limits) {
    List<Trace> pages = new ArrayList<>();
    String next = null;
    do {
      Trace page = bench.tracer().trace(request(unit, direction, limits, next));
      pages.add(page);
      next = page.next();
      assertThat(pages).hasSizeLessThan(500);
    } while (next != null);
    return pages;
  }

  private static TraceRequest request(
      String unit, Direction direction, TraceLimits limits, String next) {
    return new TraceRequest(List.of(unit), direction, limits, Bench.ANYONE, next);
  }

  private static <T> List<T> joined(List<Trace> pages, Function<Trace, List<T>> part) {
    return pages.stream().flatMap(page -> part.apply(page).stream()).toList();
  }
}
