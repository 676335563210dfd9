package org.yuanliu.platform.demo;

import static java.util.Objects.requireNonNull;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.yuanliu.epcis.YlVocabulary;

/** A counter where lots are sold out piece by piece, each with a receipt that has a trace code. */
final class Counter {
  /** Scales show 5 g. */
  private static final int SCALE_STEP_GRAMS = 5;

  /** Less than this is not left over: the last customer takes it. */
  private static final int LEAST_REST_GRAMS = 200;

  /** Of the first and of the last lot on a mixed counter, what is sold while it lies alone. */
  private static final int ALONE_PERCENT = 25;

  private final Dice dice;

  Counter(Dice dice) {
    this.dice = requireNonNull(dice, "dice is null");
  }

  /** How much a customer takes, grams. */
  record Appetite(int least, int most) {
    static final Appetite PORK = new Appetite(250, 1_000);
    static final Appetite VEGETABLES = new Appetite(300, 1_500);

    /** Caterers; keeps the small chains small. */
    static final Appetite LARGE = new Appetite(1_500, 4_000);
  }

  /**
   * When the counter is open.
   *
   * @param clockMinutes what its clock shows beyond the true time
   */
  record Hours(LocalDate day, int opens, int closes, int clockMinutes) {
    static Hours of(LocalDate day, int opens, int closes) {
      return new Hours(day, opens, closes, 0);
    }

    LocalDateTime opening() {
      return day.atTime(opens, 0);
    }

    int minutes() {
      return (closes - opens) * 60;
    }
  }

  /**
   * Goods of one kind that lie on the counter.
   *
   * @param mixed whether lots lie together, so that nobody knows which one a piece came from; else
   *     they are sold one after the other
   */
  record Tray(List<Lot> lots, Appetite appetite, boolean mixed) {
    Tray {
      lots = List.copyOf(lots);
    }
  }

  /**
   * What a customer took home.
   *
   * @param code canonical URI of the trace code
   * @param inferred whether it is only known to be from one of several lots
   */
  record Receipt(String code, Goods goods, LocalDateTime at, boolean inferred) {}

  /** Sells out all that lies there; receipts in the order of time. */
  List<Receipt> sellOut(Diary diary, Actor seller, List<Tray> trays, Hours hours) {
    List<Sale> sales = new ArrayList<>();
    for (Tray tray : trays) {
      List<Piece> pieces = pieces(tray);
      List<LocalDateTime> times = times(hours, pieces.size());
      for (int i = 0; i < pieces.size(); i++) {
        sales.add(new Sale(pieces.get(i), times.get(i)));
      }
    }
    sales.sort(Comparator.comparing(Sale::at));
    return sales.stream().map(sale -> receipt(diary, seller, sale, hours)).toList();
  }

  private List<Piece> pieces(Tray tray) {
    List<Piece> pieces = new ArrayList<>();
    List<Lot> lots = tray.lots();
    if (!tray.mixed() || lots.size() < 2) {
      lots.forEach(lot -> split(pieces, List.of(lot), lot.grams(), tray.appetite()));
      return pieces;
    }
    long first = alone(lots.getFirst());
    long last = alone(lots.getLast());
    long together = lots.stream().mapToLong(Lot::grams).sum() - first - last;
    split(pieces, List.of(lots.getFirst()), first, tray.appetite());
    split(pieces, lots, together, tray.appetite());
    split(pieces, List.of(lots.getLast()), last, tray.appetite());
    return pieces;
  }

  /** Pieces that add up to the gram. */
  private void split(List<Piece> pieces, List<Lot> lots, long grams, Appetite appetite) {
    long rest = grams;
    while (rest > 0) {
      long piece =
          (long) SCALE_STEP_GRAMS
              * dice.between(
                  appetite.least() / SCALE_STEP_GRAMS, appetite.most() / SCALE_STEP_GRAMS);
      if (rest - piece < LEAST_REST_GRAMS) {
        piece = rest;
      }
      pieces.add(new Piece(lots, piece));
      rest -= piece;
    }
  }

  private Receipt receipt(Diary diary, Actor seller, Sale sale, Hours hours) {
    List<Lot> lots = sale.piece().lots();
    Goods from = lots.getFirst().goods();
    Goods sold = from.equals(Goods.CARCASS) ? dice.pick(Goods.CUTS) : from;
    boolean inferred = lots.size() > 1;
    String code = seller.nextTrade();
    EventJson event =
        EventJson.transformation(sale.at().plusMinutes(hours.clockMinutes()))
            .step("retail_selling")
            .disposition("retail_sold")
            .place(seller)
            .principal(seller)
            .goods(sold);
    if (inferred) {
      event.extension(YlVocabulary.ATTRIBUTION, YlVocabulary.ATTRIBUTION_INFERRED);
      lots.forEach(lot -> event.lotWithoutQuantity("inputQuantityList", lot.uri()));
    } else {
      event.lot("inputQuantityList", lots.getFirst().uri(), sale.piece().grams());
    }
    event
        .lot("outputQuantityList", code, sale.piece().grams())
        .seller(seller)
        .price(sold.priceFen() + dice.between(-30, 60));
    diary.note(Stage.END, seller.reporter(), sale.at(), event);
    return new Receipt(code, sold, sale.at(), inferred);
  }

  /** Most come in the morning and before supper: of two draws the one nearer to a peak counts. */
  private List<LocalDateTime> times(Hours hours, int count) {
    int span = hours.minutes() * 60;
    List<LocalDateTime> times = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int one = dice.between(0, span - 1);
      int other = dice.between(0, span - 1);
      int second = distance(one, span) <= distance(other, span) ? one : other;
      times.add(hours.opening().plusSeconds(second));
    }
    times.sort(null);
    return times;
  }

  /** From the nearer of the two peaks, a fifth and four fifths into the day. */
  private static int distance(int second, int span) {
    return Math.min(Math.abs(second - span / 5), Math.abs(second - span * 4 / 5));
  }

  private static long alone(Lot lot) {
    return lot.grams() * ALONE_PERCENT / 100 / SCALE_STEP_GRAMS * SCALE_STEP_GRAMS;
  }

  private record Piece(List<Lot> lots, long grams) {}

  private record Sale(Piece piece, LocalDateTime at) {}
}
