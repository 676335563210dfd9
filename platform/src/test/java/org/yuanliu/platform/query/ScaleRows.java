package org.yuanliu.platform.query;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.yuanliu.codes.UnitKey;
import org.yuanliu.platform.database.BinaryCopy;

/**
 * Rows of the index behind queries as events would leave them, without documents. Events come as
 * they would: most within minutes, some within days, a few after months. Values are frequent, rare,
 * gone for long, and such that never meet.
 *
 * <p>The tables are filled without log and without indexes, which are made afterwards: two streams
 * of COPY, one of rows and one of slices.
 */
final class ScaleRows {
  static final String FREQUENT_UNIT = "https://id.gs1.org/01/09521321000014/10/FREQUENT";
  static final String RARE_UNIT = "https://id.gs1.org/01/09521321000014/21/RARE";
  static final String TABLES = "query_event, query_slice, query_posting";

  private static final int CHUNK = 50_000;
  private static final String CBV = "https://ref.gs1.org/cbv/";
  private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
  private static final long SPAN_MICROS = 120L * 86_400 * 1_000_000;
  private static final int PARTIES = 5_000;
  private static final int PLACES = 20_000;
  private static final int PRODUCTS = 2_000;
  private static final int DIVISIONS = 13;

  private final int rows;
  private final int sliceEvents;
  private final SplittableRandom random = new SplittableRandom(20_261_129);
  private final UUID[] parties =
      IntStream.range(0, PARTIES)
          .mapToObj(i -> UnitKey.of("urn:x:scale:party-" + i).value())
          .toArray(UUID[]::new);
  private final long[] reporters =
      terms(PARTIES, i -> parties[i], key -> Terms.of(Terms.Kind.PARTY, key));
  private final long owner = Terms.value(CBV + "SDT-owning_party");
  private final long[] sources = ends(Terms.Kind.SOURCE);
  private final long[] destinations = ends(Terms.Kind.DESTINATION);
  private final long[] readPoints = places(Terms.Kind.READ_POINT);
  private final long[] bizLocations = places(Terms.Kind.BIZ_LOCATION);
  private final long[] products =
      terms(PRODUCTS, i -> "https://id.gs1.org/01/0952132100" + i, of(Terms.Kind.PRODUCT));
  private final long[] quantities = terms(12, i -> "q" + i, of(Terms.Kind.QUANTITY));
  private final String[] divisions =
      IntStream.range(0, DIVISIONS)
          .mapToObj(i -> "6101%02d".formatted(2 + i))
          .toArray(String[]::new);
  private final long[][] divisionTerms =
      Stream.of(divisions)
          .map(
              division ->
                  IntStream.of(Terms.DIVISION_LENGTHS)
                      .mapToLong(
                          length -> Terms.of(Terms.Kind.DIVISION, division.substring(0, length)))
                      .toArray())
          .toArray(long[][]::new);
  private final String[] industries = {
    "meat", "food0", "food1", "food2", "food3", "food4", "food5"
  };
  private final long[] industryTerms =
      terms(industries.length, i -> industries[i], of(Terms.Kind.INDUSTRY));
  private final long invoice = Terms.value(CBV + "BTT-inv");
  private final long everyDocument = document("urn:x:scale:all");
  private final long event = Terms.of(Terms.Kind.EVENT);
  private final long objectEvent = Terms.of(Terms.Kind.TYPE, "ObjectEvent");
  private final long aggregationEvent = Terms.of(Terms.Kind.TYPE, "AggregationEvent");
  private final long add = Terms.of(Terms.Kind.ACTION, "ADD");
  private final long observe = Terms.of(Terms.Kind.ACTION, "OBSERVE");

  private enum Step {
    STORING,
    SHIPPING,
    RECEIVING,
    INSPECTING,
    LOADING,
    PICKING,
    REPAIRING;

    final long term =
        Terms.of(Terms.Kind.BIZ_STEP, CBV + "BizStep-" + name().toLowerCase(Locale.ROOT));
  }

  private enum Disposition {
    IN_TRANSIT,
    DESTROYED,
    ACTIVE,
    IN_PROGRESS;

    final long term =
        Terms.of(Terms.Kind.DISPOSITION, CBV + "Disp-" + name().toLowerCase(Locale.ROOT));
  }

  private record Row(
      long position,
      long micros,
      long[] terms,
      UUID reporter,
      UUID taker,
      String division,
      String industry) {}

  ScaleRows(int rows, int sliceEvents) {
    this.rows = rows;
    this.sliceEvents = sliceEvents;
  }

  private static <T> long[] terms(int count, IntFunction<T> value, ToLongFunction<T> term) {
    return IntStream.range(0, count).mapToObj(value).mapToLong(term).toArray();
  }

  private static ToLongFunction<String> of(Terms.Kind kind) {
    return value -> Terms.of(kind, value);
  }

  private static long[] places(Terms.Kind kind) {
    return terms(PLACES, i -> "urn:x:scale:place-" + i, of(kind));
  }

  private long[] ends(Terms.Kind kind) {
    return terms(
        PARTIES, i -> parties[i], key -> Terms.of(kind, owner, key.getMostSignificantBits()));
  }

  private long document(String id) {
    return Terms.of(Terms.Kind.DOCUMENT, invoice, Terms.value(id));
  }

  /** Into empty tables. */
  void fill(DataSource source) throws SQLException {
    run(
        source,
        "alter table query_posting drop constraint query_posting_pkey",
        "alter table query_event drop constraint query_event_pkey",
        "drop index query_event_time",
        "alter table query_event set unlogged",
        "alter table query_posting set unlogged",
        "alter table query_slice set unlogged");
    try (Connection events = source.getConnection();
        Connection slices = source.getConnection();
        ExecutorService threads = Executors.newFixedThreadPool(2)) {
      SliceWriter writer = new SliceWriter(sliceEvents);
      writer.add(slices, 0, 0, List.of());
      CompletableFuture<Void> copied = CompletableFuture.completedFuture(null);
      CompletableFuture<Void> sliced = CompletableFuture.completedFuture(null);
      for (int from = 0; from < rows; from += CHUNK) {
        int first = from;
        int to = Math.min(from + CHUNK, rows);
        List<Row> chunk = IntStream.range(from, to).mapToObj(this::row).toList();
        await(copied);
        await(sliced);
        copied = CompletableFuture.runAsync(() -> copy(events, chunk), threads);
        sliced = CompletableFuture.runAsync(() -> slice(writer, slices, first, to, chunk), threads);
      }
      await(copied);
      await(sliced);
    }
    run(
        source,
        "set maintenance_work_mem = '1GB'",
        "alter table query_posting add primary key (term, slice, journal) include (min_time,"
            + " max_time)",
        "alter table query_event add primary key (journal, position)",
        "create index query_event_time on query_event (event_time, position)",
        "reset maintenance_work_mem");
    unit(source, FREQUENT_UNIT, Math.max(1, rows / 100_000));
    unit(source, RARE_UNIT, rows / 5);
    for (String table : List.of("query_event", "query_posting", "query_slice", "unit_event")) {
      run(source, "vacuum analyze " + table);
    }
  }

  /** Back to what other tests find. */
  static void clear(DataSource source) throws SQLException {
    run(
        source,
        "truncate " + TABLES,
        "alter table query_event set logged",
        "alter table query_posting set logged",
        "alter table query_slice set logged");
    try (Connection connection = source.getConnection();
        PreparedStatement statement =
            connection.prepareStatement("delete from unit_event where unit in (?, ?)")) {
      statement.setObject(1, UnitKey.of(FREQUENT_UNIT).value());
      statement.setObject(2, UnitKey.of(RARE_UNIT).value());
      statement.executeUpdate();
    }
  }

  private static void await(CompletableFuture<Void> work) {
    try {
      work.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  private static void run(DataSource source, String... statements) throws SQLException {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private static void unit(DataSource source, String unit, int every) throws SQLException {
    try (Connection connection = source.getConnection();
        PreparedStatement statement =
            connection.prepareStatement(
                """
                insert into unit_event (unit, event_time, position, journal, role, kind)
                select ?, event_time, position, 1, 1, 1 from query_event where position % ? = 0\
                """)) {
      statement.setObject(1, UnitKey.of(unit).value());
      statement.setInt(2, every);
      statement.executeUpdate();
    }
  }

  private static void copy(Connection connection, List<Row> rows) {
    try (BinaryCopy copy =
        new BinaryCopy(
            connection,
            """
            copy query_event (journal, position, event_time, terms, reporter, principal, named,
              division, industry) from stdin (format binary)\
            """,
            9)) {
      for (Row row : rows) {
        copy.row()
            .putInt(1)
            .putLong(row.position)
            .putInstant(Instant.EPOCH.plus(row.micros, ChronoUnit.MICROS))
            .putLongs(row.terms)
            .putUuid(row.reporter)
            .putUuid(row.reporter)
            .putUuids(List.of(row.taker))
            .putText(row.division)
            .putText(row.industry);
      }
      copy.finish();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void slice(
      SliceWriter writer, Connection connection, int from, int to, List<Row> rows) {
    List<SliceWriter.Event> events = new ArrayList<>(rows.size());
    for (Row row : rows) {
      events.add(new SliceWriter.Event(row.position, row.micros, row.terms));
    }
    try {
      writer.add(connection, from, to, events);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private Row row(int n) {
    long micros =
        SliceWriter.micros(BEGIN) + (long) ((double) n / rows * SPAN_MICROS) - lateMicros();
    Step step = step(n);
    int reporter = skewed(PARTIES);
    int taker = skewed(PARTIES);
    int division = skewed(DIVISIONS);
    int industry = random.nextInt(3) == 0 ? 0 : 1 + random.nextInt(6);
    long[] terms = new long[20];
    int count = 0;
    terms[count++] = event;
    terms[count++] = random.nextInt(4) == 0 ? aggregationEvent : objectEvent;
    terms[count++] = random.nextInt(3) == 0 ? add : observe;
    terms[count++] = step.term;
    terms[count++] = disposition(step).term;
    terms[count++] = readPoints[skewed(PLACES)];
    terms[count++] = bizLocations[skewed(PLACES)];
    terms[count++] = reporters[reporter];
    if (taker != reporter) {
      terms[count++] = reporters[taker];
    }
    for (long term : divisionTerms[division]) {
      terms[count++] = term;
    }
    terms[count++] = industryTerms[industry];
    terms[count++] = sources[reporter];
    terms[count++] = destinations[taker];
    if (random.nextInt(50) == 0) {
      terms[count++] = everyDocument;
    } else if (random.nextInt(2) == 0) {
      terms[count++] = document("urn:x:scale:doc-" + n / 8);
    }
    terms[count++] = products[skewed(PRODUCTS)];
    terms[count++] = quantities[random.nextInt(quantities.length)];
    long[] sorted = Arrays.copyOf(terms, count);
    Arrays.sort(sorted);
    return new Row(
        n,
        micros,
        sorted,
        parties[reporter],
        parties[taker],
        divisions[division],
        industries[industry]);
  }

  private long lateMicros() {
    int kind = random.nextInt(100);
    long most = kind < 90 ? 600 : kind < 99 ? 3 * 86_400 : 90 * 86_400;
    return random.nextLong(most * 1_000_000);
  }

  /** The first tenth loads, and nobody loads again; one in 100,000 picks; five repair. */
  private Step step(int n) {
    if (n % 100_000 == 7) {
      return Step.PICKING;
    }
    if (n % Math.max(1, rows / 5) == 11) {
      return Step.REPAIRING;
    }
    if (n < rows / 10) {
      return Step.LOADING;
    }
    return switch (random.nextInt(10)) {
      case 0, 1, 2 -> Step.SHIPPING;
      case 3, 4 -> Step.RECEIVING;
      case 5 -> Step.INSPECTING;
      default -> Step.STORING;
    };
  }

  /** What is shipped is never destroyed, though both are frequent. */
  private Disposition disposition(Step step) {
    return switch (random.nextInt(4)) {
      case 0 -> step == Step.SHIPPING ? Disposition.IN_TRANSIT : Disposition.DESTROYED;
      case 1 -> Disposition.ACTIVE;
      default -> Disposition.IN_PROGRESS;
    };
  }

  /** Small numbers often, large ones seldom. */
  private int skewed(int below) {
    double x = random.nextDouble();
    return (int) (x * x * x * below);
  }
}
