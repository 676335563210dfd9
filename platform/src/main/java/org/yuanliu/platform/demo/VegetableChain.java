package org.yuanliu.platform.demo;

import static java.util.Objects.requireNonNull;

import java.time.LocalDateTime;
import java.util.List;
import org.yuanliu.epcis.YlVocabulary;
import org.yuanliu.platform.demo.Paper.Kind;

/** From the field to the wholesale market, where the goods get a batch number of the market's. */
final class VegetableChain {
  /** A commitment certificate has no legal term; printed forms give vegetables a week. */
  private static final int CERTIFICATE_DAYS = 7;

  private final Cast cast;
  private final Dice dice;
  private final Trade trade;

  VegetableChain(Cast cast, Dice dice, Trade trade) {
    this.cast = requireNonNull(cast, "cast is null");
    this.dice = requireNonNull(dice, "dice is null");
    this.trade = requireNonNull(trade, "trade is null");
  }

  /** A batch as it leaves the base. */
  record Harvest(Actor base, Lot lot, Paper commitment) {}

  /**
   * Cuts and sends off a batch.
   *
   * @param at the afternoon before it is sold
   * @param certifiedGrams what the certificate is made out for
   * @param buyers who get it, one consignment each of equal weight
   */
  Harvest harvest(
      Diary diary,
      Actor base,
      Goods goods,
      long grams,
      LocalDateTime at,
      long certifiedGrams,
      List<Actor> buyers) {
    Lot lot = new Lot(base.nextBatch(), goods, grams, List.of(), at);
    Paper commitment =
        trade.certificate(
            diary,
            Kind.COMMITMENT,
            base,
            base,
            EventJson.kilograms(certifiedGrams),
            false,
            at,
            at.toLocalDate().plusDays(CERTIFICATE_DAYS),
            null);
    diary.note(
        Stage.ORIGIN,
        base,
        at,
        EventJson.object(Trade.ADD, at)
            .step("commissioning")
            .disposition("active")
            .place(base)
            .goods(goods)
            .lot("quantityList", lot.uri(), grams)
            .cite(List.of(commitment)));
    LocalDateTime shipped = at.plusMinutes(dice.between(100, 160));
    for (Actor buyer : buyers) {
      diary.note(
          Stage.LOADING,
          base,
          shipped,
          EventJson.object(Trade.OBSERVE, shipped)
              .step("shipping")
              .disposition("in_transit")
              .readPoint(base)
              .goods(goods)
              .lot("quantityList", lot.uri(), grams / buyers.size())
              .cite(List.of(commitment))
              .owners(base, buyer));
      shipped = shipped.plusMinutes(dice.between(15, 40));
    }
    return new Harvest(base, lot, commitment);
  }

  /** Enters the wholesale market under a new batch number, on the base's certificate. */
  Lot enter(Diary diary, Actor wholesaler, Harvest harvest, long grams, LocalDateTime at) {
    Goods goods = harvest.lot().goods();
    String batch = cast.wholesaleMarket.nextBatch();
    diary.note(
        Stage.MARKET_ENTRY,
        wholesaler.reporter(),
        at,
        EventJson.object(Trade.ADD, at)
            .step(YlVocabulary.STEP_MARKET_ENTRY)
            .disposition("in_progress")
            .place(wholesaler)
            .principal(wholesaler)
            .goods(goods)
            .lot("quantityList", batch, grams)
            .cite(List.of(harvest.commitment()))
            .owners(harvest.base(), wholesaler));
    return new Lot(batch, goods, grams, List.of(harvest.commitment()), at);
  }
}
