package org.yuanliu.bench;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Locale;
import picocli.CommandLine.Option;

/** What the benches of capture send: documents of a hundred events, and events one by one. */
final class CaptureLoad {
  static final int EVENTS_PER_DOCUMENT = 100;

  /** Enough for the server's compiler to be through, and an end where it never settles. */
  private static final int MIN_WARM_UPS = 3;

  private static final int MAX_WARM_UPS = 12;

  /** A round that takes so much less processor time than the best before is still warming. */
  private static final double STILL_GETTING_CHEAPER = 0.96;

  @Option(names = "--events", description = "events in documents; default ${DEFAULT-VALUE}")
  private int events = 40_000;

  @Option(names = "--singles", description = "events sent one by one; default ${DEFAULT-VALUE}")
  private int singles = 20_000;

  @Option(names = "--document-connections", description = "default ${DEFAULT-VALUE}")
  private int documentConnections = 16;

  @Option(names = "--single-connections", description = "default ${DEFAULT-VALUE}")
  private int singleConnections = 32;

  /** Another size of a round than the usual one, where none is given. */
  static CaptureLoad ofRounds(int events, int singles) {
    CaptureLoad load = new CaptureLoad();
    load.events = events;
    load.singles = singles;
    return load;
  }

  /** Of a round. */
  int documentEvents() {
    return events / EVENTS_PER_DOCUMENT * EVENTS_PER_DOCUMENT;
  }

  int singles() {
    return singles;
  }

  /**
   * Rounds that are not counted, until two in turn take no less processor time than the best before
   * them: the server's compiler takes most of a minute of a core before it is through, and what is
   * measured before that is the compiler.
   */
  void warmUp(Target target) throws IOException, SQLException, InterruptedException {
    double best = Double.MAX_VALUE;
    int settled = 0;
    for (int round = 1; round <= MAX_WARM_UPS && settled < 2; round++) {
      byte[][] inDocuments = documents("W" + round);
      byte[][] alone = singles("V" + round);
      Spent before = Spent.now(target);
      double documents = send(target, inDocuments).perSecond(EVENTS_PER_DOCUMENT);
      double singles = sendAlone(target, alone).perSecond(1);
      double cpu = Spent.now(target).since(before).server();
      System.err.printf(
          Locale.ROOT,
          "warm-up %d: %.0f in documents, %.0f singles; %.0f µs of the server an event%n",
          round,
          documents,
          singles,
          cpu * 1e6 / (documentEvents() + this.singles));
      settled = round < MIN_WARM_UPS || cpu < best * STILL_GETTING_CHEAPER ? 0 : settled + 1;
      best = Math.min(best, cpu);
    }
  }

  /**
   * The bodies of a round, written before anything is measured, as the other side would have them.
   *
   * @param name of the round: 1 to 4 letters or digits, another for each
   */
  byte[][] documents(String name) {
    BenchEvents generator = generator(name);
    byte[][] bodies = new byte[events / EVENTS_PER_DOCUMENT][];
    for (int i = 0; i < bodies.length; i++) {
      bodies[i] = generator.document((long) i * EVENTS_PER_DOCUMENT, EVENTS_PER_DOCUMENT);
    }
    return bodies;
  }

  /** The same of events one by one. */
  byte[][] singles(String name) {
    BenchEvents generator = generator(name);
    byte[][] bodies = new byte[singles][];
    for (int i = 0; i < singles; i++) {
      bodies[i] = generator.single(i);
    }
    return bodies;
  }

  /** A document counts when its events are committed, not when it was accepted. */
  Load.Result send(Target target, byte[][] documents) throws InterruptedException {
    return Load.run(
        documents.length,
        documentConnections,
        index -> Documents.store(target, documents[(int) index]));
  }

  Load.Result sendAlone(Target target, byte[][] bodies) throws InterruptedException {
    return Load.run(
        bodies.length,
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
