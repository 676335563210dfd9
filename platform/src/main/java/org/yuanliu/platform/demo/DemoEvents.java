package org.yuanliu.platform.demo;

import static java.util.Objects.requireNonNull;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.yuanliu.platform.demo.Diary.Late;
import org.yuanliu.platform.demo.Routine.Examples;

/**
 * Several days of pork and vegetables in Xi'an. One day at a time is in memory.
 *
 * <p>An instance gives its waves once: it counts the codes that it issues.
 */
public final class DemoEvents {
  /** After the days there is at most one. */
  private static final int LATE_WAVES = 1;

  private final DemoOptions options;
  private final Cast cast = new Cast();
  private final Routine routine;
  private final Breakages breakages;
  private final List<Late> late = new ArrayList<>();
  private final List<Broken> broken = new ArrayList<>();
  private final Map<String, String> examples = new LinkedHashMap<>();
  private int waves;
  private boolean taken;

  DemoEvents(DemoOptions options) {
    this.options = requireNonNull(options, "options is null");
    Dice dice = new Dice(options.seed());
    Trade trade = new Trade(dice);
    PorkChain pork = new PorkChain(cast, dice, trade);
    VegetableChain vegetables = new VegetableChain(cast, dice, trade);
    Counter counter = new Counter(dice);
    this.routine = new Routine(cast, dice, trade, pork, vegetables, counter, options.volume());
    this.breakages = new Breakages(cast, dice, trade, pork, vegetables, counter);
  }

  /**
   * What each party sends, in an order in which what comes from upstream comes first. For tests and
   * benchmarks; certificates and parties are not in it.
   */
  public static Stream<DemoDocument> stream(DemoOptions options) {
    return new DemoEvents(options).waves().flatMap(wave -> wave.documents().stream());
  }

  Cast cast() {
    return cast;
  }

  /** Lazy: a day is made when its first wave is asked for. */
  Stream<DemoWave> waves() {
    if (taken) {
      throw new IllegalStateException("the waves were taken before");
    }
    taken = true;
    LocalDate today = options.today();
    // Tomorrow's goods are on their way this afternoon.
    return Stream.concat(
        LongStream.rangeClosed(-options.days(), 1)
            .boxed()
            .flatMap(offset -> day(today.plusDays(offset)).stream()),
        Stream.of("late").flatMap(ignored -> lateWave().stream()));
  }

  /** The number after those of all waves, once they are through. */
  int nextNumber() {
    return waves + LATE_WAVES;
  }

  /** Chains that are broken on purpose; complete once the waves are through. */
  List<Broken> broken() {
    return List.copyOf(broken);
  }

  /** Codes worth trying, by name, as they are printed; complete once the waves are through. */
  Map<String, String> examples() {
    return Map.copyOf(examples);
  }

  private List<DemoWave> day(LocalDate day) {
    Diary diary = new Diary(options.now(), late);
    Examples found = routine.run(diary, day);
    if (day.equals(options.today().minusDays(Breakages.DAYS_AGO))) {
      broken.addAll(breakages.run(diary, day));
    }
    if (day.equals(options.today().minusDays(1))) {
      keep(found);
    }
    List<DemoWave> made = diary.waves(waves);
    waves += made.size();
    return made;
  }

  private void keep(Examples found) {
    put("pork receipt", middle(found.pork()));
    put("vegetable receipt", middle(found.vegetables()));
    put("supermarket pork", middle(found.supermarket()));
    put("canteen", found.canteenCode());
    put("inferred counter", middle(found.inferred()));
    put("pig ear tag", found.slaughtered().tags().getFirst());
    put("slaughter batch", found.slaughtered().batch().uri());
    put("lorry", Cast.LORRIES.getFirst());
  }

  private void put(String name, String uri) {
    examples.put(name, plain(uri));
  }

  /**
   * The digits, as printed, of a code of ours; other URIs as they are, and so a detonator's, whose
   * printed code recurs after ten years.
   */
  static String plain(String uri) {
    boolean ours = uri.startsWith("urn:yuanliu:") && !uri.startsWith("urn:yuanliu:detonator:");
    return ours ? uri.substring(uri.lastIndexOf(':') + 1) : uri;
  }

  private static String middle(List<Counter.Receipt> receipts) {
    return receipts.get(receipts.size() / 2).code();
  }

  private List<DemoWave> lateWave() {
    Map<Actor, List<byte[]>> byReporter = new LinkedHashMap<>();
    for (Late report : late) {
      byReporter
          .computeIfAbsent(report.reporter(), ignored -> new ArrayList<>())
          .add(report.event());
    }
    List<DemoDocument> documents = new ArrayList<>();
    byReporter.forEach(
        (reporter, events) ->
            documents.add(new DemoDocument(reporter.id(), EventJson.time(options.now()), events)));
    return documents.isEmpty()
        ? List.of()
        : List.of(new DemoWave(waves, true, List.of(), documents));
  }
}
