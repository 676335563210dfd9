package org.yuanliu.platform.demo;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import org.yuanliu.epcis.YlVocabulary;

/** A school canteen cooks what came in and keeps a sample of each dish. */
final class Canteen {
  /** At least 125 g of each dish, for 48 hours (学校食品安全与营养健康管理规定, article 40). */
  private static final int SAMPLE_GRAMS = 125;

  private static final int SAMPLE_HOURS = 48;

  private final Actor canteen;
  private final Dice dice;

  Canteen(Actor canteen, Dice dice) {
    this.canteen = requireNonNull(canteen, "canteen is null");
    this.dice = requireNonNull(dice, "dice is null");
  }

  /**
   * @return the trace code under which the first of the goods came
   */
  String cook(Diary diary, LocalDate day, List<Lot> lots) {
    for (Lot lot : lots) {
      LocalDateTime at = day.atTime(11, dice.between(20, 50), dice.between(0, 59));
      diary.note(
          Stage.END,
          canteen,
          at,
          EventJson.object(Trade.OBSERVE, at)
              .step(YlVocabulary.STEP_SAMPLE_KEEPING)
              .disposition("in_progress")
              .place(canteen)
              .goods(lot.goods())
              .lot("quantityList", lot.uri(), SAMPLE_GRAMS)
              .extension("keptHours", BigDecimal.valueOf(SAMPLE_HOURS)));
    }
    return lots.getFirst().uri();
  }
}
