package org.yuanliu.bench;

import java.time.Instant;
import java.util.Locale;
import picocli.CommandLine.Option;

/** What the benches of capture send: documents of a hundred events, and events one by one. */
final class CaptureLoad {
  static final int EVENTS_PER_DOCUMENT = 100;

  private static final int MAX_WARM_UPS = 6;
  private static final double STILL_GETTING_FASTER = 1.1;

  /** About how many times faster events go in documents: the slower of both decides. */
  private static final double DOCUMENTS_OF_SINGLES = 2.5;

  @Option(names = "--events", description = "events in documents; default ${DEFAULT-VALUE}")
  private int events = 40_000;

  @Option(names = "--singles", description = "events sent one by one; default ${DEFAULT-VALUE}")
  private int singles = 20_000;

  @Option(names = "--document-connections", description = "default ${DEFAULT-VALUE}")
  private int documentConnections = 16;

  @Option(names = "--single-connections", description = "default ${DEFAULT-VALUE}")
  private int singleConnections = 32;

  /** Of a round. */
  int documentEvents() {
    return events / EVENTS_PER_DOCUMENT * EVENTS_PER_DOCUMENT;
  }

  int singles() {
    return singles;
  }

  /**
   * Rounds that are not counted, until they get no faster: the server's compiler takes most of a
   * minute of a core before it is through, and what is measured before that is the compiler.
   */
  void warmUp(Target target) throws InterruptedException {
    double before = 0;
    for (int round = 1; round <= MAX_WARM_UPS; round++) {
      double inDocuments = documents(target, "W" + round).perSecond(EVENTS_PER_DOCUMENT);
      double alone = oneByOne(target, "V" + round).perSecond(1);
      System.err.printf(
          Locale.ROOT, "warm-up %d: %.0f in documents, %.0f singles%n", round, inDocuments, alone);
      double rate = Math.min(inDocuments / DOCUMENTS_OF_SINGLES, alone);
      if (rate < before * STILL_GETTING_FASTER) {
        return;
      }
      before = rate;
    }
  }

  /**
   * A document counts when its events are committed, not when it was accepted.
   *
   * @param name of the round: 1 to 4 letters or digits, another for each
   */
  Load.Result documents(Target target, String name) throws InterruptedException {
    BenchEvents generator = generator(name);
    // Written before the clock runs, as the other side would have them; the same for the singles.
    byte[][] bodies = new byte[events / EVENTS_PER_DOCUMENT][];
    for (int i = 0; i < bodies.length; i++) {
      bodies[i] = generator.document((long) i * EVENTS_PER_DOCUMENT, EVENTS_PER_DOCUMENT);
    }
    return Load.run(
        bodies.length, documentConnections, index -> Documents.store(target, bodies[(int) index]));
  }

  Load.Result oneByOne(Target target, String name) throws InterruptedException {
    BenchEvents generator = generator(name);
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

  private static BenchEvents generator(String name) {
    Instant now = Instant.now();
    return new BenchEvents(
        name + Long.toString(now.getEpochSecond() % 1_000_000, 36).toUpperCase(Locale.ROOT), now);
  }
}
