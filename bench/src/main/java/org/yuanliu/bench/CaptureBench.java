package org.yuanliu.bench;

import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Capture over HTTP beside a raw COPY of the very same rows into the same tables and indexes. */
@Command(name = "capture", mixinStandardHelpOptions = true, description = "Measures capture.")
final class CaptureBench implements Callable<Integer> {
  private static final int EVENTS_PER_DOCUMENT = 100;

  private static final int MAX_WARM_UPS = 6;
  private static final double STILL_GETTING_FASTER = 1.1;

  /** About how many times faster events go in documents: the slower of both decides. */
  private static final double DOCUMENTS_OF_SINGLES = 2.5;

  @Mixin private Target target = new Target();

  @Option(names = "--events", description = "events in documents; default ${DEFAULT-VALUE}")
  private int events = 40_000;

  @Option(names = "--singles", description = "events sent one by one; default ${DEFAULT-VALUE}")
  private int singles = 20_000;

  @Option(names = "--document-connections", description = "default ${DEFAULT-VALUE}")
  private int documentConnections = 4;

  @Option(names = "--single-connections", description = "default ${DEFAULT-VALUE}")
  private int singleConnections = 32;

  @Option(names = "--rounds", description = "rounds; quote the median; default ${DEFAULT-VALUE}")
  private int rounds = 3;

  @Override
  public Integer call() throws Exception {
    target.open();
    int documents = events / EVENTS_PER_DOCUMENT;
    warmUp(documents);
    System.out.printf(
        Locale.ROOT,
        "%-7s %14s %14s %8s %14s%n",
        "round",
        "documents ev/s",
        "COPY ev/s",
        "ratio",
        "singles ev/s");
    for (int round = 1; round <= rounds; round++) {
      BenchEvents generator = events("D" + round);
      try (CopyBaseline baseline = CopyBaseline.open(target)) {
        long before = baseline.nextPosition();
        Spent atFirst = Spent.now(target, baseline.connection());
        Load.Result inDocuments = documents(generator, documents);
        Spent forDocuments = Spent.now(target, baseline.connection()).since(atFirst);
        double copy = baseline.eventsPerSecond(before, baseline.nextPosition());
        Spent between = Spent.now(target, baseline.connection());
        Load.Result oneByOne = oneByOne(events("S" + round));
        Spent forSingles = Spent.now(target, baseline.connection()).since(between);
        double rate = inDocuments.perSecond(EVENTS_PER_DOCUMENT);
        System.out.printf(
            Locale.ROOT,
            """
            %-7d %14.0f %14.0f %8.2f %14.0f
                documents: %s
                           %s
                singles:   %s
                           %s
                server:    %s
            """,
            round,
            rate,
            copy,
            rate / copy,
            oneByOne.perSecond(1),
            inDocuments.percentiles(),
            forDocuments.perEvent((long) documents * EVENTS_PER_DOCUMENT),
            oneByOne.percentiles(),
            forSingles.perEvent(singles),
            ServerMetrics.heap(target));
      }
    }
    return 0;
  }

  /**
   * Rounds that are not counted, until they get no faster: the server's compiler takes most of a
   * minute of a core before it is through, and what is measured before that is the compiler.
   */
  private void warmUp(int documents) throws InterruptedException {
    double before = 0;
    for (int round = 1; round <= MAX_WARM_UPS; round++) {
      double inDocuments = documents(events("W" + round), documents).perSecond(EVENTS_PER_DOCUMENT);
      double alone = oneByOne(events("V" + round)).perSecond(1);
      System.err.printf(
          Locale.ROOT, "warm-up %d: %.0f in documents, %.0f singles%n", round, inDocuments, alone);
      double rate = Math.min(inDocuments / DOCUMENTS_OF_SINGLES, alone);
      if (rate < before * STILL_GETTING_FASTER) {
        return;
      }
      before = rate;
    }
  }

  private static BenchEvents events(String name) {
    Instant now = Instant.now();
    return new BenchEvents(
        name + Long.toString(now.getEpochSecond() % 1_000_000, 36).toUpperCase(Locale.ROOT), now);
  }

  /** A document counts when its events are committed, not when it was accepted. */
  private Load.Result documents(BenchEvents generator, int count) throws InterruptedException {
    // Written before the clock runs, as the other side would have them; the same for the singles.
    byte[][] bodies = new byte[count][];
    for (int i = 0; i < count; i++) {
      bodies[i] = generator.document((long) i * EVENTS_PER_DOCUMENT, EVENTS_PER_DOCUMENT);
    }
    return Load.run(
        count, documentConnections, index -> Documents.store(target, bodies[(int) index]));
  }

  private Load.Result oneByOne(BenchEvents generator) throws InterruptedException {
    byte[][] bodies = new byte[singles][];
    for (int i = 0; i < singles; i++) {
      bodies[i] = generator.single(i);
    }
    return Load.run(
        singles,
        singleConnections,
        index -> {
          Target.Answer stored = target.post("/epcis/events", bodies[(int) index]);
          if (stored.status() != 201) {
            throw new IllegalStateException(
                "a single event was answered " + stored.status() + ": " + stored.body());
          }
        });
  }
}
