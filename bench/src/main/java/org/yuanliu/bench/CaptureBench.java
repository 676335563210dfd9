package org.yuanliu.bench;

import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** Capture over HTTP beside a raw COPY of the very same rows into the same tables and indexes. */
@Command(name = "capture", mixinStandardHelpOptions = true, description = "Measures capture.")
final class CaptureBench implements Callable<Integer> {
  private static final int EVENTS_PER_DOCUMENT = 100;

  /** Between two questions after a job: asked more often, the answers are what is measured. */
  private static final long POLL_MS = 10;

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
    long documents = events / EVENTS_PER_DOCUMENT;
    // A whole round that is not counted: the server's compiler takes most of a minute of a core
    // before it is through.
    documents(events("W"), documents);
    Load.run(singles, singleConnections, one(events("V"), "warm-up"));
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
        Load.Result inDocuments = documents(generator, documents);
        double copy = baseline.eventsPerSecond(before, baseline.nextPosition());
        Load.Result oneByOne =
            Load.run(singles, singleConnections, one(events("S" + round), "single"));
        double rate = inDocuments.perSecond(EVENTS_PER_DOCUMENT);
        System.out.printf(
            Locale.ROOT,
            "%-7d %14.0f %14.0f %8.2f %14.0f%n    documents: %s%n    singles:   %s%n    server:    %s%n",
            round,
            rate,
            copy,
            rate / copy,
            oneByOne.perSecond(1),
            inDocuments.percentiles(),
            oneByOne.percentiles(),
            ServerMemory.of(target));
      }
    }
    return 0;
  }

  private static BenchEvents events(String name) {
    Instant now = Instant.now();
    return new BenchEvents(
        name + Long.toString(now.getEpochSecond() % 1_000_000, 36).toUpperCase(Locale.ROOT), now);
  }

  /** A document counts when its events are committed, not when it was accepted. */
  private Load.Result documents(BenchEvents generator, long count) throws InterruptedException {
    return Load.run(
        count,
        documentConnections,
        index -> {
          HttpResponse<String> accepted =
              target.post(
                  "/epcis/capture",
                  generator.document(index * EVENTS_PER_DOCUMENT, EVENTS_PER_DOCUMENT));
          if (accepted.statusCode() != 202) {
            throw new IllegalStateException(
                "capture answered " + accepted.statusCode() + ": " + accepted.body());
          }
          String job = accepted.headers().firstValue("Location").orElseThrow();
          String path = job.startsWith("http") ? java.net.URI.create(job).getRawPath() : job;
          while (true) {
            JsonNode status = target.json().readTree(target.get(path).body());
            if (!status.path("running").asBoolean(true)) {
              if (!status.path("success").asBoolean(false)) {
                throw new IllegalStateException("a capture job failed: " + status);
              }
              return;
            }
            Thread.sleep(POLL_MS);
          }
        });
  }

  private Load.Action one(BenchEvents generator, String what) {
    return index -> {
      HttpResponse<String> stored = target.post("/epcis/events", generator.single(index));
      if (stored.statusCode() != 201) {
        throw new IllegalStateException(
            what + " answered " + stored.statusCode() + ": " + stored.body());
      }
    };
  }
}
