package org.yuanliu.platform.demo;

import static java.util.Objects.requireNonNull;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import org.yuanliu.codes.OperatorCode;
import org.yuanliu.codes.TraceCode;
import org.yuanliu.industry.FindingCode;
import org.yuanliu.industry.Level;
import org.yuanliu.platform.demo.Counter.Appetite;
import org.yuanliu.platform.demo.Counter.Hours;
import org.yuanliu.platform.demo.Counter.Receipt;
import org.yuanliu.platform.demo.Counter.Tray;
import org.yuanliu.platform.demo.Paper.Kind;
import org.yuanliu.platform.demo.PorkChain.Load;
import org.yuanliu.platform.demo.VegetableChain.Harvest;

/**
 * Small chains, each with one thing wrong and all else in order. No lot of theirs touches another
 * chain. One pig or a few crates each, two days before today.
 */
final class Breakages {
  static final int DAYS_AGO = 2;

  private static final int CLOCK_OFF_MINUTES = -120;
  private static final long CRATE_GRAMS = 30_000;

  /** What the stall sold beyond what it had. */
  private static final long OVERSOLD_GRAMS = 15_000;

  /** Registered nowhere in the demonstration. */
  private static final OperatorCode STRANGER = OperatorCode.of("6104319020007");

  private static final int STRANGERS_TRADE = 4_127;

  private final Cast cast;
  private final Dice dice;
  private final Trade trade;
  private final PorkChain pork;
  private final VegetableChain vegetables;
  private final Counter counter;

  Breakages(
      Cast cast,
      Dice dice,
      Trade trade,
      PorkChain pork,
      VegetableChain vegetables,
      Counter counter) {
    this.cast = requireNonNull(cast, "cast is null");
    this.dice = requireNonNull(dice, "dice is null");
    this.trade = requireNonNull(trade, "trade is null");
    this.pork = requireNonNull(pork, "pork is null");
    this.vegetables = requireNonNull(vegetables, "vegetables is null");
    this.counter = requireNonNull(counter, "counter is null");
  }

  List<Broken> run(Diary diary, LocalDate day) {
    List<Broken> broken = new ArrayList<>();
    broken.add(missingEntry(diary, day));
    broken.add(failedTest(diary, day));
    broken.add(expiredCertificate(diary, day));
    broken.add(overdrawnCertificate(diary, day));
    broken.add(oversold(diary, day));
    broken.add(clockOff(diary, day));
    broken.add(unknownUpstream(diary, day));
    broken.add(lateReport(diary, day));
    return broken;
  }

  /** The retail market never reported that the meat came in. */
  private Broken missingEntry(Diary diary, LocalDate day) {
    Actor stall = cast.stalls.get(0);
    Lot bought = porkTo(diary, day, stall, 3, 0);
    return broken(sell(diary, stall, bought, day, 0), FindingCode.MISSING_LINK, Level.INCOMPLETE);
  }

  /** Too much pesticide, and sold all the same. */
  private Broken failedTest(Diary diary, LocalDate day) {
    Actor wholesaler = cast.wholesalers.get(1);
    Actor stall = cast.stalls.get(3);
    Lot entered = vegetable(diary, day, cast.bases.get(0), Goods.CUCUMBER, wholesaler);
    Lot failed =
        trade.test(diary, cast.wholesaleMarket, entered, entered.at().plusMinutes(15), false);
    Lot bought = wholesale(diary, wholesaler, stall, failed);
    Lot lot = enterRetail(diary, stall, bought);
    return broken(sell(diary, stall, lot, day, 0), FindingCode.FAILED_TEST, Level.PROBLEM);
  }

  /** The animal certificate had run out before the lorry left. */
  private Broken expiredCertificate(Diary diary, LocalDate day) {
    Actor stall = cast.stalls.get(2);
    Lot bought = porkTo(diary, day, stall, 4, 3);
    Lot lot = enterRetail(diary, stall, bought);
    return broken(sell(diary, stall, lot, day, 0), FindingCode.DOCUMENT_EXPIRED, Level.PROBLEM);
  }

  /** A base sends two consignments, both on the certificate that covers one. */
  private Broken overdrawnCertificate(Diary diary, LocalDate day) {
    Actor first = cast.wholesalers.get(1);
    Actor second = cast.wholesalers.get(2);
    Harvest harvest =
        vegetables.harvest(
            diary,
            cast.bases.get(1),
            Goods.POTATO,
            2 * CRATE_GRAMS,
            cutting(day),
            CRATE_GRAMS,
            List.of(first, second));
    List<Receipt> receipts = List.of();
    for (Actor wholesaler : List.of(first, second)) {
      Actor stall = wholesaler == first ? cast.stalls.get(3) : cast.stalls.get(5);
      Lot entered = vegetables.enter(diary, wholesaler, harvest, CRATE_GRAMS, entering(day));
      Lot tested =
          trade.test(diary, cast.wholesaleMarket, entered, entered.at().plusMinutes(12), true);
      Lot lot = enterRetail(diary, stall, wholesale(diary, wholesaler, stall, tested));
      receipts = sell(diary, stall, lot, day, 0);
    }
    return broken(receipts, FindingCode.DOCUMENT_OVERDRAWN, Level.PROBLEM);
  }

  /** More pork went over the counter than lay on it. */
  private Broken oversold(Diary diary, LocalDate day) {
    Actor stall = cast.stalls.get(2);
    Lot lot = enterRetail(diary, stall, porkTo(diary, day, stall, 5, 0));
    Lot imagined =
        new Lot(lot.uri(), lot.goods(), lot.grams() + OVERSOLD_GRAMS, lot.certificates(), lot.at());
    return broken(sell(diary, stall, imagined, day, 0), FindingCode.OVERSOLD, Level.PROBLEM);
  }

  /** The stall's scale is two hours slow: it shows the meat there before it was sold to it. */
  private Broken clockOff(Diary diary, LocalDate day) {
    Actor stall = cast.stalls.get(0);
    Lot bought = porkTo(diary, day, stall, 6, 0);
    LocalDateTime arrival = bought.at().plusMinutes(25);
    diary.note(
        Stage.RETAIL_ENTRY,
        stall.reporter(),
        arrival,
        trade.entry(stall, bought, arrival.plusMinutes(CLOCK_OFF_MINUTES)));
    return broken(
        sell(diary, stall, bought.at(arrival), day, CLOCK_OFF_MINUTES),
        FindingCode.CLOCK_DISAGREEMENT,
        Level.INCOMPLETE);
  }

  /** Potatoes under the trace code of a seller who never reported anything. */
  private Broken unknownUpstream(Diary diary, LocalDate day) {
    Actor stall = cast.stalls.get(5);
    LocalDateTime at = day.atTime(5, 10);
    LocalDate yesterday = day.minusDays(1);
    Paper commitment =
        diary.file(
            new Paper(
                Kind.COMMITMENT,
                "610431" + "0000099",
                "武功县（种植者未登记）",
                stall.id(),
                EventJson.kilograms(CRATE_GRAMS),
                EventJson.KILOGRAM,
                yesterday.atTime(16, 0),
                yesterday,
                yesterday.plusDays(7),
                null));
    String code = TraceCode.issue(STRANGER, STRANGERS_TRADE).canonical();
    Lot lot = new Lot(code, Goods.POTATO, CRATE_GRAMS, List.of(commitment), at);
    Lot entered = trade.enter(diary, Stage.RETAIL_ENTRY, stall, lot, at);
    return broken(
        sell(diary, stall, entered, day, 0), FindingCode.UNKNOWN_UPSTREAM, Level.INCOMPLETE);
  }

  /** The wholesale market reported the entry after all that followed: nothing is missing now. */
  private Broken lateReport(Diary diary, LocalDate day) {
    Actor wholesaler = cast.wholesalers.get(0);
    Actor stall = cast.stalls.get(0);
    Lot batch = slaughter(diary, day, 7, 0);
    Lot sold = sellMeat(diary, batch, wholesaler);
    LocalDateTime arrival = sold.at().plusMinutes(35);
    diary.noteLate(wholesaler.reporter(), arrival, trade.entry(wholesaler, sold, arrival));
    Lot tested = trade.test(diary, cast.wholesaleMarket, sold, arrival.plusMinutes(14), true);
    Lot lot = enterRetail(diary, stall, wholesale(diary, wholesaler, stall, tested));
    return broken(sell(diary, stall, lot, day, 0), FindingCode.LATE_REPORT, Level.COMPLETE);
  }

  /** One pig's meat by the first wholesaler to a stall, sold and not yet entered there. */
  private Lot porkTo(Diary diary, LocalDate day, Actor stall, int lorry, int certificateAgeDays) {
    Actor wholesaler = cast.wholesalers.get(0);
    Lot sold = sellMeat(diary, slaughter(diary, day, lorry, certificateAgeDays), wholesaler);
    Lot entered =
        trade.enter(diary, Stage.MARKET_ENTRY, wholesaler, sold, sold.at().plusMinutes(35));
    Lot tested =
        trade.test(diary, cast.wholesaleMarket, entered, entered.at().plusMinutes(14), true);
    return wholesale(diary, wholesaler, stall, tested);
  }

  private Lot slaughter(Diary diary, LocalDate day, int lorry, int certificateAgeDays) {
    LocalDateTime departure = day.minusDays(1).atTime(13, 0).plusMinutes(dice.between(0, 100));
    Actor farm = cast.farms.get(lorry % cast.farms.size());
    Load load = new Load(farm, Cast.LORRIES.get(lorry), 1, departure, 1, certificateAgeDays, false);
    return pork.slaughter(diary, load).batch();
  }

  private Lot sellMeat(Diary diary, Lot batch, Actor wholesaler) {
    LocalDateTime at = batch.at().toLocalDate().atTime(2, 5).plusMinutes(dice.between(0, 20));
    return trade.sell(
        diary, Stage.MEAT_SALE, cast.slaughterhouse, wholesaler, batch, batch.grams(), at);
  }

  private Lot vegetable(Diary diary, LocalDate day, Actor base, Goods goods, Actor wholesaler) {
    Harvest harvest =
        vegetables.harvest(
            diary, base, goods, CRATE_GRAMS, cutting(day), CRATE_GRAMS, List.of(wholesaler));
    return vegetables.enter(diary, wholesaler, harvest, CRATE_GRAMS, entering(day));
  }

  private Lot wholesale(Diary diary, Actor wholesaler, Actor stall, Lot lot) {
    LocalDateTime at = lot.at().toLocalDate().atTime(4, 20).plusMinutes(dice.between(0, 30));
    return trade.sell(diary, Stage.WHOLESALE, wholesaler, stall, lot, lot.grams(), at);
  }

  private Lot enterRetail(Diary diary, Actor stall, Lot bought) {
    return trade.enter(
        diary, Stage.RETAIL_ENTRY, stall, bought, bought.at().plusMinutes(dice.between(25, 45)));
  }

  private List<Receipt> sell(Diary diary, Actor stall, Lot lot, LocalDate day, int clockMinutes) {
    return counter.sellOut(
        diary,
        stall,
        List.of(new Tray(List.of(lot), Appetite.LARGE, false)),
        new Hours(day, Routine.STALLS_OPEN, Routine.STALLS_CLOSE, clockMinutes));
  }

  private LocalDateTime cutting(LocalDate day) {
    return day.minusDays(1).atTime(15, 0).plusMinutes(dice.between(0, 60));
  }

  private LocalDateTime entering(LocalDate day) {
    return day.atTime(1, 45).plusMinutes(dice.between(0, 40));
  }

  private static Broken broken(List<Receipt> receipts, FindingCode kind, Level verdict) {
    return new Broken(receipts.get(receipts.size() / 2).code(), kind, verdict);
  }
}
