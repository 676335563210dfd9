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
 * own, one that signs and one that does not. Both are warmed in turn by the same rounds until
 * neither takes less any more; then short rounds go to one, the other, the other, the one. Each
 * round is compared with its neighbour, so that what the machine does meanwhile meets both, and the
 * median of these pairs is quoted with the range that holds it with 95 %.
 */
@Command(
    name = "signing",
    mixinStandardHelpOptions = true,
    description = "Measures what the signed ledger costs capture. Starts two servers of its own.")
final class SigningBench implements Callable<Integer> {
  /** Fewer tell nothing: the range of the median would be that of all pairs. */
  private static final int MIN_QUADS = 3;

  private static final int MIN_WARM_UPS = 4;
  private static final double STILL_GETTING_CHEAPER = 0.96;

  /** For warming, of the whole time; a server that has not settled by then is told of. */
  private static final double WARM_SHARE = 0.5;

  /** What follows a round in the background ends within it, and does not meet the other server. */
  private static final long PAUSE_MS = 300;

  @Mixin private CaptureLoad load = CaptureLoad.ofRounds(10_000, 3_000);

  @Option(
      names = "--quads",
      description = "at most so many times with, without, without, with; default ${DEFAULT-VALUE}")
  private int quads = 15;

  @Option(
      names = "--seconds",
      description =
          "no new round of four begins later than this; starting both servers included; default"
              + " ${DEFAULT-VALUE}")
  private int seconds = 270;

  @Option(
      names = "--server-jar",
      defaultValue = "${env:YUANLIU_SERVER_JAR}",
      description = "the server; ./yuanliu says which")
  private @Nullable Path serverJar;

  /**
   * Of one round with one server.
   *
   * @param documents events a second
   * @param singles likewise
   * @param cpuDocuments processor time an event of server and PostgreSQL, seconds
   * @param cpuSingles likewise
   */
  private record Measured(
      double documents, double singles, double cpuDocuments, double cpuSingles) {
    double cpu() {
      return cpuDocuments + cpuSingles;
    }
  }

  /** Two rounds in turn. */
  private record Pair(Measured with, Measured without) {}

  @Override
  public Integer call() throws Exception {
    if (serverJar == null || !Files.isRegularFile(serverJar)) {
      throw new IllegalArgumentException("no server at " + serverJar + ": give --server-jar");
    }
    long begun = System.nanoTime();
    Path folder = Files.createTempDirectory("yuanliu-bench-");
    try (OwnServer signing = OwnServer.start(serverJar, folder.resolve("signing"), settings(true));
        OwnServer plain = OwnServer.start(serverJar, folder.resolve("plain"), settings(false))) {
      warmUp(signing.target(), plain.target(), begun);
      List<Pair> pairs = new ArrayList<>();
      for (int quad = 1; quad <= quads; quad++) {
        if (quad > MIN_QUADS && secondsSince(begun) > seconds) {
          break;
        }
        Measured with = measure(signing.target(), "A" + quad);
        Measured without = measure(plain.target(), "B" + quad);
        Measured withoutAgain = measure(plain.target(), "C" + quad);
        Measured withAgain = measure(signing.target(), "D" + quad);
        pairs.add(new Pair(with, without));
        pairs.add(new Pair(withAgain, withoutAgain));
        System.out.printf(
            Locale.ROOT,
            "%2d: with %s, %s; without %s, %s%n",
            quad,
            text(with),
            text(withAgain),
            text(without),
            text(withoutAgain));
      }
      System.out.printf(
          Locale.ROOT,
          "With signing beside without, medians of %d pairs (95 %% range of the median; middle half"
              + " of the pairs):%n",
          pairs.size());
      tell("documents, events/s", 1, pairs, Measured::documents);
      tell("singles, events/s", 1, pairs, Measured::singles);
      tell("an event in documents, µs of processor", 1e6, pairs, Measured::cpuDocuments);
      tell("a single, µs", 1e6, pairs, Measured::cpuSingles);
      tell("both together, µs", 1e6, pairs, Measured::cpu);
      return 0;
    } finally {
      OwnServer.delete(folder);
    }
  }

  private static Map<String, String> settings(boolean signing) {
    return Map.of("YUANLIU_TRANSPARENCY_SIGNING", Boolean.toString(signing));
  }

  /** The same rounds for both, until two in turn make neither of them cheaper. */
  private void warmUp(Target signing, Target plain, long begun) throws Exception {
    double[] best = {Double.MAX_VALUE, Double.MAX_VALUE};
    int settled = 0;
    for (int round = 1; settled < 2; round++) {
      if (round > MIN_WARM_UPS && secondsSince(begun) > seconds * WARM_SHARE) {
        System.out.println("the servers are still getting cheaper: give more --seconds");
        return;
      }
      double with = measure(signing, "W" + round).cpu();
      double without = measure(plain, "V" + round).cpu();
      boolean cheaper =
          with < best[0] * STILL_GETTING_CHEAPER || without < best[1] * STILL_GETTING_CHEAPER;
      best[0] = Math.min(best[0], with);
      best[1] = Math.min(best[1], without);
      settled = round < MIN_WARM_UPS || cheaper ? 0 : settled + 1;
      System.err.printf(
          Locale.ROOT,
          "warm-up %d: an event and a single take %.0f µs with signing, %.0f without%n",
          round,
          1e6 * with,
          1e6 * without);
    }
  }

  private static double secondsSince(long begun) {
    return (System.nanoTime() - begun) / 1e9;
  }

  private Measured measure(Target target, String name) throws Exception {
    byte[][] documents = load.documents(name);
    byte[][] singles = load.singles(name + "s");
    Spent before = Spent.now(target);
    double inDocuments = load.send(target, documents).perSecond(CaptureLoad.EVENTS_PER_DOCUMENT);
    Thread.sleep(PAUSE_MS);
    Spent between = Spent.now(target);
    double alone = load.sendAlone(target, singles).perSecond(1);
    Thread.sleep(PAUSE_MS);
    Spent forSingles = Spent.now(target).since(between);
    Spent forDocuments = between.since(before);
    return new Measured(
        inDocuments,
        alone,
        (forDocuments.server() + forDocuments.database()) / load.documentEvents(),
        (forSingles.server() + forSingles.database()) / load.singles());
  }

  private static String text(Measured one) {
    return String.format(
        Locale.ROOT,
        "%.0f ev/s %.0f µs | %.0f/s %.0f µs",
        one.documents(),
        1e6 * one.cpuDocuments(),
        one.singles(),
        1e6 * one.cpuSingles());
  }

  private static void tell(
      String what, double scale, List<Pair> pairs, ToDoubleFunction<Measured> part) {
    List<Double> ratios =
        pairs.stream()
            .map(pair -> part.applyAsDouble(pair.with()) / part.applyAsDouble(pair.without()))
            .sorted()
            .toList();
    int outer = Medians.rankOfRange(ratios.size());
    System.out.printf(
        Locale.ROOT,
        "  %-42s %.0f with, %.0f without: ratio %.3f (%.3f to %.3f; %.3f to %.3f)%n",
        what,
        scale * Medians.of(pairs.stream().map(p -> part.applyAsDouble(p.with())).toList()),
        scale * Medians.of(pairs.stream().map(p -> part.applyAsDouble(p.without())).toList()),
        Medians.of(ratios),
        ratios.get(outer),
        ratios.get(ratios.size() - 1 - outer),
        ratios.get(ratios.size() / 4),
        ratios.get(ratios.size() - 1 - ratios.size() / 4));
  }
}
