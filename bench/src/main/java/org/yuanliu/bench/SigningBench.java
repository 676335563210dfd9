package org.yuanliu.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * What signing and publishing cost capture: two whole servers, each with a durable database of its
 * own, one that signs and one that does not, measured in turn in one run.
 */
@Command(
    name = "signing",
    mixinStandardHelpOptions = true,
    description = "Measures what the signed ledger costs capture. Starts two servers of its own.")
final class SigningBench implements Callable<Integer> {
  @Mixin private CaptureLoad load = new CaptureLoad();

  @Option(names = "--rounds", description = "of each; quote the median; default ${DEFAULT-VALUE}")
  private int rounds = 5;

  @Option(
      names = "--server-jar",
      defaultValue = "${env:YUANLIU_SERVER_JAR}",
      description = "the server; ./yuanliu says which")
  private @Nullable Path serverJar;

  /**
   * Of one round with one server.
   *
   * @param cpu processor time an event of server and PostgreSQL, seconds
   */
  private record Measured(double documents, double singles, double cpu) {}

  @Override
  public Integer call() throws Exception {
    if (serverJar == null || !Files.isRegularFile(serverJar)) {
      throw new IllegalArgumentException("no server at " + serverJar + ": give --server-jar");
    }
    Path folder = Files.createTempDirectory("yuanliu-bench-");
    try (OwnServer signing = OwnServer.start(serverJar, folder.resolve("signing"), settings(true));
        OwnServer plain = OwnServer.start(serverJar, folder.resolve("plain"), settings(false))) {
      load.warmUp(signing.target());
      load.warmUp(plain.target());
      List<Measured> with = new ArrayList<>();
      List<Measured> without = new ArrayList<>();
      for (int round = 1; round <= rounds; round++) {
        // In turn, and each first as often as the other.
        if (round % 2 == 1) {
          with.add(measure(signing, "signing", round));
          without.add(measure(plain, "not signing", round));
        } else {
          without.add(measure(plain, "not signing", round));
          with.add(measure(signing, "signing", round));
        }
      }
      tell("documents", with, without, Measured::documents);
      tell("singles", with, without, Measured::singles);
      double more = median(with, Measured::cpu) / median(without, Measured::cpu) - 1;
      System.out.printf(
          Locale.ROOT,
          "processor time an event, server and PostgreSQL, medians: %.0f µs with, %.0f µs without:"
              + " %+.1f %%%n",
          1e6 * median(with, Measured::cpu),
          1e6 * median(without, Measured::cpu),
          100 * more);
      return 0;
    } finally {
      OwnServer.delete(folder);
    }
  }

  private static Map<String, String> settings(boolean signing) {
    return Map.of("YUANLIU_TRANSPARENCY_SIGNING", Boolean.toString(signing));
  }

  private Measured measure(OwnServer server, String name, int round) throws Exception {
    Target target = server.target();
    Spent before = Spent.now(target);
    double documents =
        load.documents(target, "D" + round).perSecond(CaptureLoad.EVENTS_PER_DOCUMENT);
    Spent between = Spent.now(target);
    double singles = load.oneByOne(target, "S" + round).perSecond(1);
    Spent after = Spent.now(target);
    Spent all = after.since(before);
    System.out.printf(
        Locale.ROOT,
        "round %d, %-11s: %.0f events/s in documents, %.0f singles/s; %s, %s%n",
        round,
        name,
        documents,
        singles,
        "documents " + between.since(before).perEvent(load.documentEvents()),
        "singles " + after.since(between).perEvent(load.singles()));
    return new Measured(
        documents,
        singles,
        (all.server() + all.database()) / (load.documentEvents() + load.singles()));
  }

  private static void tell(
      String what, List<Measured> with, List<Measured> without, ToDoubleFunction<Measured> rate) {
    double signed = median(with, rate);
    double plain = median(without, rate);
    System.out.printf(
        Locale.ROOT,
        "%s, medians: %.0f events/s with, %.0f without: signing costs %.1f %%%n",
        what,
        signed,
        plain,
        100 * (1 - signed / plain));
  }

  private static double median(List<Measured> rounds, ToDoubleFunction<Measured> part) {
    double[] sorted = rounds.stream().mapToDouble(part).sorted().toArray();
    return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
  }
}
