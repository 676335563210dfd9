package org.yuanliu.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Capture over HTTP beside a raw COPY of the very same rows into the same tables and indexes. */
@Command(name = "capture", mixinStandardHelpOptions = true, description = "Measures capture.")
final class CaptureBench implements Callable<Integer> {
  @Mixin private Target target = new Target();
  @Mixin private CaptureLoad load = new CaptureLoad();

  @Option(names = "--rounds", description = "rounds; quote the median; default ${DEFAULT-VALUE}")
  private int rounds = 3;

  @Override
  public Integer call() throws Exception {
    target.open();
    load.warmUp(target);
    System.out.printf(
        Locale.ROOT,
        "%-7s %14s %14s %8s %14s%n",
        "round",
        "documents ev/s",
        "COPY ev/s",
        "ratio",
        "singles ev/s");
    List<Double> ratios = new ArrayList<>();
    for (int round = 1; round <= rounds; round++) {
      byte[][] documents = load.documents("D" + round);
      byte[][] singles = load.singles("S" + round);
      try (CopyBaseline baseline = CopyBaseline.open(target)) {
        long before = baseline.nextPosition();
        Spent atFirst = Spent.now(target);
        Load.Result inDocuments = load.send(target, documents);
        Spent forDocuments = Spent.now(target).since(atFirst);
        double copy = baseline.eventsPerSecond(before, baseline.nextPosition());
        Spent between = Spent.now(target);
        Load.Result oneByOne = load.sendAlone(target, singles);
        Spent forSingles = Spent.now(target).since(between);
        double rate = inDocuments.perSecond(CaptureLoad.EVENTS_PER_DOCUMENT);
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
            forDocuments.perEvent(load.documentEvents()),
            oneByOne.percentiles(),
            forSingles.perEvent(load.singles()),
            ServerMetrics.heap(target));
        ratios.add(rate / copy);
      }
    }
    System.out.printf(Locale.ROOT, "documents : COPY, median %.2f%n", Medians.of(ratios));
    return 0;
  }
}
