package org.yuanliu.platform.demo;

import static java.util.Objects.requireNonNull;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.yuanliu.platform.demo.Counter.Appetite;
import org.yuanliu.platform.demo.Counter.Hours;
import org.yuanliu.platform.demo.Counter.Receipt;
import org.yuanliu.platform.demo.Counter.Tray;
import org.yuanliu.platform.demo.PorkChain.Load;
import org.yuanliu.platform.demo.PorkChain.Slaughtered;
import org.yuanliu.platform.demo.VegetableChain.Harvest;

/**
 * An ordinary day: the pigs and vegetables that left their farms the afternoon before are on the
 * table by the evening.
 */
final class Routine {
  /** Makes, with the vegetables, some 9,200 receipts of a full day. */
  private static final int PIGS_PER_LOAD = 15;

  private static final long HARVEST_GRAMS = 560_000;
  private static final long LEAST_HARVEST_GRAMS = 20_000;

  /** Wholesale lots are weighed on a platform scale of half kilograms. */
  private static final int LOT_STEP_GRAMS = 500;

  static final int STALLS_OPEN = 6;
  static final int STALLS_CLOSE = 19;
  private static final int SUPERMARKET_OPENS = 8;
  private static final int SUPERMARKET_CLOSES = 21;

  private final Cast cast;
  private final Dice dice;
  private final Trade trade;
  private final PorkChain pork;
  private final VegetableChain vegetables;
  private final Counter counter;
  private final Canteen canteen;
  private final double volume;

  Routine(
      Cast cast,
      Dice dice,
      Trade trade,
      PorkChain pork,
      VegetableChain vegetables,
      Counter counter,
      double volume) {
    this.cast = requireNonNull(cast, "cast is null");
    this.dice = requireNonNull(dice, "dice is null");
    this.trade = requireNonNull(trade, "trade is null");
    this.pork = requireNonNull(pork, "pork is null");
    this.vegetables = requireNonNull(vegetables, "vegetables is null");
    this.counter = requireNonNull(counter, "counter is null");
    this.canteen = new Canteen(cast.canteen, dice);
    this.volume = volume;
  }

  /** What a day gave for somebody to try. */
  record Examples(
      Slaughtered slaughtered,
      String canteenCode,
      List<Receipt> pork,
      List<Receipt> vegetables,
      List<Receipt> supermarket,
      List<Receipt> inferred) {}

  Examples run(Diary diary, LocalDate day) {
    Deliveries deliveries = new Deliveries();
    Slaughtered first = pork(diary, day, deliveries);
    vegetables(diary, day, deliveries);
    List<Receipt> porkReceipts = new ArrayList<>();
    List<Receipt> vegetableReceipts = new ArrayList<>();
    for (Actor stall : cast.stalls) {
      List<Tray> trays = trays(stall, deliveries.of(stall));
      List<Receipt> receipts =
          counter.sellOut(diary, stall, trays, Hours.of(day, STALLS_OPEN, STALLS_CLOSE));
      (cast.stalls.indexOf(stall) < 3 ? porkReceipts : vegetableReceipts).addAll(receipts);
    }
    List<Receipt> supermarket =
        counter.sellOut(
            diary,
            cast.supermarket,
            List.of(new Tray(deliveries.of(cast.supermarket), Appetite.PORK, false)),
            Hours.of(day, SUPERMARKET_OPENS, SUPERMARKET_CLOSES));
    String kept = canteen.cook(diary, day, deliveries.of(cast.canteen));
    return new Examples(
        first,
        kept,
        known(porkReceipts),
        known(vegetableReceipts),
        supermarket,
        porkReceipts.stream().filter(Receipt::inferred).toList());
  }

  /** Stall 2 keeps its pork and stall 5 its tomatoes of two origins on one heap. */
  private List<Tray> trays(Actor stall, List<Lot> lots) {
    boolean mixed = stall == cast.stalls.get(1) || stall == cast.stalls.get(4);
    Map<Goods, List<Lot>> byGoods =
        lots.stream()
            .collect(Collectors.groupingBy(Lot::goods, LinkedHashMap::new, Collectors.toList()));
    List<Tray> trays = new ArrayList<>();
    byGoods.forEach(
        (goods, same) ->
            trays.add(
                new Tray(
                    same,
                    goods.equals(Goods.CARCASS) ? Appetite.PORK : Appetite.VEGETABLES,
                    mixed)));
    return trays;
  }

  private Slaughtered pork(Diary diary, LocalDate day, Deliveries deliveries) {
    List<Slaughtered> slaughtered = new ArrayList<>();
    int pigs = (int) Math.max(1, Math.round(PIGS_PER_LOAD * volume));
    for (int i = 0; i < cast.farms.size(); i++) {
      LocalDateTime departure =
          day.minusDays(1).atTime(13, 30).plusMinutes(i * 40L + dice.between(0, 20));
      slaughtered.add(
          pork.slaughter(
              diary,
              new Load(cast.farms.get(i), Cast.LORRIES.get(i), pigs, departure, 1, 0, true)));
    }
    Lot first = slaughtered.get(0).batch();
    Lot second = slaughtered.get(1).batch();
    Lot third = slaughtered.get(2).batch();
    List<Actor> w = cast.wholesalers;
    List<Actor> s = cast.stalls;
    Actor shop = cast.supermarket;
    List<Lot> fromFirst = meat(diary, day, first, List.of(w.get(0), shop), 60);
    List<Lot> fromSecond = meat(diary, day, second, List.of(w.get(1)));
    List<Lot> fromThird = meat(diary, day, third, List.of(w.get(0), w.get(1), shop), 50, 20);
    deliveries.add(shop, trade.receive(diary, shop, fromFirst.get(1), dawn(day, 4)));
    deliveries.add(shop, trade.receive(diary, shop, fromThird.get(2), dawn(day, 4)));
    wholesale(diary, w.get(0), fromFirst.get(0), deliveries, List.of(s.get(0), s.get(1)), 50);
    wholesale(
        diary,
        w.get(1),
        fromSecond.get(0),
        deliveries,
        List.of(s.get(1), cast.canteen, s.get(2)),
        20,
        5);
    wholesale(diary, w.get(0), fromThird.get(0), deliveries, List.of(s.get(0), s.get(1)), 60);
    wholesale(diary, w.get(1), fromThird.get(1), deliveries, List.of(s.get(2)));
    return slaughtered.get(0);
  }

  /** The slaughterhouse sells a batch; the shares are for all buyers but the last. */
  private List<Lot> meat(
      Diary diary, LocalDate day, Lot batch, List<Actor> buyers, int... percents) {
    List<Lot> sold = new ArrayList<>();
    for (int i = 0; i < buyers.size(); i++) {
      LocalDateTime at = day.atTime(2, dice.between(0, 25), dice.between(0, 59));
      long grams = share(batch, sold, percents, i);
      sold.add(
          trade.sell(diary, Stage.MEAT_SALE, cast.slaughterhouse, buyers.get(i), batch, grams, at));
    }
    return sold;
  }

  private void vegetables(Diary diary, LocalDate day, Deliveries deliveries) {
    Actor second = cast.wholesalers.get(1);
    Actor third = cast.wholesalers.get(2);
    for (Goods goods : List.of(Goods.CABBAGE, Goods.TOMATO, Goods.CUCUMBER)) {
      vegetable(diary, day, cast.bases.get(0), goods, second, deliveries);
    }
    for (Goods goods : List.of(Goods.TOMATO, Goods.CELERY, Goods.POTATO)) {
      vegetable(diary, day, cast.bases.get(1), goods, third, deliveries);
    }
  }

  private void vegetable(
      Diary diary,
      LocalDate day,
      Actor base,
      Goods goods,
      Actor wholesaler,
      Deliveries deliveries) {
    long grams =
        Math.max(
            LEAST_HARVEST_GRAMS, Math.round(HARVEST_GRAMS * volume * dice.between(90, 110) / 100));
    grams = grams / LOT_STEP_GRAMS * LOT_STEP_GRAMS;
    LocalDateTime cut = day.minusDays(1).atTime(15, 0).plusMinutes(dice.between(0, 100));
    Harvest harvest =
        vegetables.harvest(diary, base, goods, grams, cut, grams, List.of(wholesaler));
    LocalDateTime entry = day.atTime(1, 30).plusMinutes(dice.between(0, 70));
    Lot lot = vegetables.enter(diary, wholesaler, harvest, grams, entry);
    List<Actor> buyers = new ArrayList<>(cast.stalls.subList(3, 6));
    if (goods.equals(Goods.CELERY) || goods.equals(Goods.POTATO)) {
      buyers.addFirst(cast.canteen);
      testAndSell(diary, wholesaler, lot, deliveries, buyers, 4, 38, 33);
    } else {
      testAndSell(diary, wholesaler, lot, deliveries, buyers, 40, 35);
    }
  }

  private void wholesale(
      Diary diary,
      Actor wholesaler,
      Lot lot,
      Deliveries deliveries,
      List<Actor> buyers,
      int... percents) {
    LocalDateTime at = lot.at().plusMinutes(dice.between(30, 45));
    testAndSell(
        diary,
        wholesaler,
        trade.enter(diary, Stage.MARKET_ENTRY, wholesaler, lot, at),
        deliveries,
        buyers,
        percents);
  }

  private void testAndSell(
      Diary diary,
      Actor wholesaler,
      Lot entered,
      Deliveries deliveries,
      List<Actor> buyers,
      int... percents) {
    LocalDateTime tested = entered.at().plusMinutes(dice.between(8, 20));
    Lot lot = trade.test(diary, cast.wholesaleMarket, entered, tested, true);
    LocalDateTime opening = lot.at().toLocalDate().atTime(3, 45);
    List<Lot> sold = new ArrayList<>();
    for (int i = 0; i < buyers.size(); i++) {
      Actor buyer = buyers.get(i);
      LocalDateTime at = opening.plusMinutes(dice.between(0, 70)).plusSeconds(dice.between(0, 59));
      long grams = share(lot, sold, percents, i);
      Lot bought = trade.sell(diary, Stage.WHOLESALE, wholesaler, buyer, lot, grams, at);
      sold.add(bought);
      LocalDateTime arrival = at.plusMinutes(dice.between(25, 40));
      deliveries.add(
          buyer,
          buyer == cast.canteen
              ? trade.receive(diary, buyer, bought, arrival.plusMinutes(25))
              : trade.enter(diary, Stage.RETAIL_ENTRY, buyer, bought, arrival));
    }
  }

  /** The i-th buyer's part; the last one takes what is left. */
  private static long share(Lot lot, List<Lot> sold, int[] percents, int i) {
    if (i < percents.length) {
      return Math.max(
          LOT_STEP_GRAMS, lot.grams() * percents[i] / 100 / LOT_STEP_GRAMS * LOT_STEP_GRAMS);
    }
    return lot.grams() - sold.stream().mapToLong(Lot::grams).sum();
  }

  private LocalDateTime dawn(LocalDate day, int hour) {
    return day.atTime(hour, dice.between(0, 59), dice.between(0, 59));
  }

  private static List<Receipt> known(List<Receipt> receipts) {
    return receipts.stream().filter(receipt -> !receipt.inferred()).toList();
  }
}
