package org.yuanliu.bench;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** Backward traces of ten-step chains, with as many events stored as asked for. */
@Command(name = "trace", mixinStandardHelpOptions = true, description = "Measures tracing.")
final class TraceBench implements Callable<Integer> {
  private static final int EVENTS_PER_DOCUMENT = 500;
  private static final long SEED = 20261121;

  @Mixin private Target target = new Target();

  @Option(names = "--stored", description = "events to have stored first; default ${DEFAULT-VALUE}")
  private long stored = 1_000_000;

  @Option(names = "--traces", description = "traces to run; default ${DEFAULT-VALUE}")
  private int traces = 2_000;

  @Option(names = "--connections", description = "default ${DEFAULT-VALUE}")
  private int connections = 1;

  @Option(names = "--rounds", description = "rounds; quote the median; default ${DEFAULT-VALUE}")
  private int rounds = 3;

  @Override
  public Integer call() throws Exception {
    target.open();
    BenchEvents generator = new BenchEvents("T", Instant.parse("2026-01-05T00:00:00Z"));
    load(generator);
    long chains = stored / BenchEvents.CHAIN_STEPS;
    SplittableRandom random = new SplittableRandom(SEED);
    long[] wanted = random.longs(traces, 0, chains).toArray();
    Load.run(Math.min(traces, 500), connections, index -> trace(generator, wanted[(int) index]));
    for (int round = 1; round <= rounds; round++) {
      long[] next = random.longs(traces, 0, chains).toArray();
      Load.Result result =
          Load.run(traces, connections, index -> trace(generator, next[(int) index]));
      System.out.printf(
          Locale.ROOT,
          "round %d: %d backward traces of %d steps, %d events of the bench stored, %d"
              + " connection(s): %.0f/s, %s; server %s%n",
          round,
          traces,
          BenchEvents.CHAIN_STEPS,
          stored,
          connections,
          result.perSecond(1),
          result.percentiles(),
          ServerMetrics.heap(target));
    }
    return 0;
  }

  /** Every answer is checked: a fast wrong one is worth nothing. */
  private void trace(BenchEvents generator, long chain) throws Exception {
    String code = generator.lot(chain, BenchEvents.CHAIN_STEPS - 1);
    Target.Answer answer =
        target.get(
            "/api/v1/trace?direction=backward&code="
                + URLEncoder.encode(code, StandardCharsets.UTF_8));
    if (answer.status() != 200) {
      throw new IllegalStateException("trace answered " + answer.status() + ": " + answer.body());
    }
    JsonNode trace = target.json().readTree(answer.body());
    if (trace.path("events").size() != BenchEvents.CHAIN_STEPS
        || trace.path("truncated").asBoolean(true)) {
      throw new IllegalStateException(
          "a chain of %d events came back with %d"
              .formatted(BenchEvents.CHAIN_STEPS, trace.path("events").size()));
    }
  }

  /** Sends the bench's events; those that an earlier run stored are recognised as the same. */
  private void load(BenchEvents generator) throws Exception {
    if (complete(generator)) {
      System.err.println("the bench's events are stored already");
      return;
    }
    long documents = (stored + EVENTS_PER_DOCUMENT - 1) / EVENTS_PER_DOCUMENT;
    long begin = System.nanoTime();
    Load.run(
        documents,
        4,
        index -> {
          Documents.store(
              target, generator.document(index * EVENTS_PER_DOCUMENT, EVENTS_PER_DOCUMENT));
          if (index % 100 == 0) {
            System.err.printf(
                Locale.ROOT,
                "stored %,d of %,d events, %.0f s%n",
                index * EVENTS_PER_DOCUMENT,
                stored,
                (System.nanoTime() - begin) / 1e9);
          }
        });
  }

  private boolean complete(BenchEvents generator) throws Exception {
    String last = generator.lot(stored / BenchEvents.CHAIN_STEPS - 1, BenchEvents.CHAIN_STEPS - 1);
    return target
            .get(
                "/api/v1/trace?direction=backward&code="
                    + URLEncoder.encode(last, StandardCharsets.UTF_8))
            .status()
        == 200;
  }
}
