package org.yuanliu.platform.demo;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yuanliu.epcis.YlVocabulary;
import org.yuanliu.platform.demo.Paper.Kind;

/** The acts that pork and vegetables have in common, each noted as its event. */
final class Trade {
  static final String OBSERVE = "OBSERVE";
  static final String ADD = "ADD";

  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("uuMMdd");

  /** What a wholesaler pays of the price at retail, percent. */
  private static final int WHOLESALE_PERCENT = 78;

  private final Dice dice;
  private final Map<String, Integer> numbers = new HashMap<>();

  Trade(Dice dice) {
    this.dice = requireNonNull(dice, "dice is null");
  }

  /**
   * Sells a part of a lot to a trader.
   *
   * @return what the buyer then has, under its trace code
   */
  Lot sell(
      Diary diary, Stage stage, Actor seller, Actor buyer, Lot from, long grams, LocalDateTime at) {
    String trade = seller.nextTrade();
    Paper voucher = diary.file(voucher(seller, buyer, grams, at));
    diary.note(
        stage,
        seller.reporter(),
        at,
        EventJson.transformation(at)
            .step(YlVocabulary.STEP_SELLING)
            .place(seller)
            .principal(seller)
            .goods(from.goods())
            .lot("inputQuantityList", from.uri(), grams)
            .lot("outputQuantityList", trade, grams)
            .cite(List.of(voucher))
            .owners(seller, buyer)
            .price(from.goods().priceFen() * WHOLESALE_PERCENT / 100 + dice.between(-40, 40)));
    // The producer's certificates are shown once, where the goods come into trade; from there on
    // the
    // voucher stands for them, so that what is drawn on a certificate can be summed.
    List<Paper> papers = new ArrayList<>();
    if (seller.market() == null) {
      papers.addAll(from.certificates());
    }
    papers.add(voucher);
    return new Lot(trade, from.goods(), grams, papers, at);
  }

  /** A trader's goods enter his market under the seller's trace code. */
  Lot enter(Diary diary, Stage stage, Actor trader, Lot lot, LocalDateTime at) {
    diary.note(stage, trader.reporter(), at, entry(trader, lot, at));
    return lot.at(at);
  }

  /** The event of {@link #enter}, for who notes it himself. */
  EventJson entry(Actor trader, Lot lot, LocalDateTime clock) {
    return EventJson.object(OBSERVE, clock)
        .step(YlVocabulary.STEP_MARKET_ENTRY)
        .disposition("in_progress")
        .place(trader)
        .principal(trader)
        .goods(lot.goods())
        .lot("quantityList", lot.uri(), lot.grams())
        .cite(lot.certificates());
  }

  /** A supermarket or canteen takes goods in under the seller's trace code. */
  Lot receive(Diary diary, Actor buyer, Lot lot, LocalDateTime at) {
    diary.note(
        Stage.RETAIL_ENTRY,
        buyer,
        at,
        EventJson.object(OBSERVE, at)
            .step("receiving")
            .disposition("in_progress")
            .place(buyer)
            .goods(lot.goods())
            .lot("quantityList", lot.uri(), lot.grams())
            .cite(lot.certificates()));
    return lot.at(at);
  }

  /** The market tests a lot on sale and answers for the result itself. */
  Lot test(Diary diary, Actor market, Lot lot, LocalDateTime at, boolean passed) {
    boolean meat = lot.goods().code().startsWith("2111");
    EventJson event =
        EventJson.object(OBSERVE, at)
            .step(YlVocabulary.STEP_RAPID_TESTING)
            .disposition(passed ? "conformant" : "non_conformant")
            .place(market)
            .goods(lot.goods())
            .lot("quantityList", lot.uri(), lot.grams());
    if (meat) {
      event.test("β-受体激动剂残留", "胶体金免疫层析法", passed ? "阴性" : "阳性", "阴性", passed);
    } else {
      int inhibition = passed ? dice.between(3, 28) : dice.between(62, 78);
      event.test("有机磷和氨基甲酸酯类农药残留", "酶抑制率法", inhibition + "%", "<50%", passed);
    }
    diary.note(Stage.RAPID_TEST, market, at, event);
    return lot.at(at);
  }

  /**
   * A certificate; its number tells division, day and a serial number.
   *
   * @param verifier the authority that confirmed it; null where nobody but the issuer says so
   */
  Paper certificate(
      Diary diary,
      Kind kind,
      Actor issuer,
      Actor subject,
      BigDecimal quantity,
      boolean heads,
      LocalDateTime issuedAt,
      LocalDate validTo,
      @Nullable Actor verifier) {
    return diary.file(
        new Paper(
            kind,
            number(kind.term() + subject.division(), subject.division() + DAY.format(issuedAt), 6),
            issuer.id(),
            subject.id(),
            quantity,
            heads ? null : EventJson.KILOGRAM,
            issuedAt,
            issuedAt.toLocalDate(),
            validTo,
            verifier == null ? null : verifier.id()));
  }

  /** Trade voucher: node 9, day 6, serial number 5. */
  private Paper voucher(Actor seller, Actor buyer, long grams, LocalDateTime at) {
    LocalDate day = at.toLocalDate();
    return new Paper(
        Kind.VOUCHER,
        number("voucher" + seller.node().value() + day, seller.node().value() + DAY.format(day), 5),
        seller.id(),
        buyer.id(),
        EventJson.kilograms(grams),
        EventJson.KILOGRAM,
        at,
        day,
        day.plusDays(1),
        null);
  }

  private String number(String counter, String stem, int digits) {
    int serial = numbers.merge(counter, 1, Integer::sum);
    String text = Integer.toString(serial);
    return stem + "0".repeat(Math.max(0, digits - text.length())) + text;
  }
}
