package org.yuanliu.platform.demo;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.yuanliu.codes.DivisionCode;
import org.yuanliu.codes.EarTag;
import org.yuanliu.epcis.YlVocabulary;
import org.yuanliu.platform.demo.Paper.Kind;

/** From the pig's ear tag to the batch of meat: farm, lorry, slaughterhouse. */
final class PorkChain {
  /** Tagged within 30 days of birth, slaughtered at about half a year. */
  private static final int YOUNGEST_DAYS = 150;

  private static final int OLDEST_DAYS = 175;

  /** Carcass of a pig of some 110 kg, in steps of 100 g. */
  private static final int LIGHTEST_CARCASS_HG = 720;

  private static final int HEAVIEST_CARCASS_HG = 840;

  /** One load in so many loses a pig before slaughter, and one a carcass at inspection. */
  private static final int LOADS_TO_A_LOSS = 4;

  /** A smaller load loses none, so that the smallest demonstration still has meat. */
  private static final int LEAST_PIGS_TO_LOSE = 3;

  private static final int DESIGNATED_YEARS = 5;

  /** Farms have been tagging for years. */
  private static final int FIRST_TAG = 40_000;

  private final Cast cast;
  private final Dice dice;
  private final Trade trade;
  private final Map<String, Integer> tagSerials = new HashMap<>();
  private boolean designated;

  PorkChain(Cast cast, Dice dice, Trade trade) {
    this.cast = requireNonNull(cast, "cast is null");
    this.dice = requireNonNull(dice, "dice is null");
    this.trade = requireNonNull(trade, "trade is null");
  }

  /**
   * One lorry of pigs.
   *
   * @param lorry canonical URI
   * @param departure the afternoon before the slaughter
   * @param certificateValidDays days that the animal certificate is good for, counted from its
   *     issue
   * @param certificateAgeDays how long before the departure it was issued
   * @param losses whether pigs may die or be condemned
   */
  record Load(
      Actor farm,
      String lorry,
      int pigs,
      LocalDateTime departure,
      int certificateValidDays,
      int certificateAgeDays,
      boolean losses) {}

  /** Meat on the hook, and the tags that it came from. */
  record Slaughtered(Lot batch, List<String> tags) {}

  Slaughtered slaughter(Diary diary, Load load) {
    LocalDateTime departure = load.departure();
    List<String> tags = tag(diary, load);
    Paper animalCertificate =
        trade.certificate(
            diary,
            Kind.ANIMAL_QUARANTINE,
            cast.inspection,
            load.farm(),
            BigDecimal.valueOf(tags.size()),
            true,
            departure.minusDays(load.certificateAgeDays()).minusHours(3),
            departure
                .toLocalDate()
                .minusDays(load.certificateAgeDays())
                .plusDays(load.certificateValidDays()),
            cast.inspection);
    LocalDateTime arrival = haul(diary, load, tags, animalCertificate);
    diary.note(
        Stage.ARRIVAL,
        cast.slaughterhouse,
        arrival,
        pigs(EventJson.object(Trade.OBSERVE, arrival), tags)
            .step("receiving")
            .disposition("in_progress")
            .place(cast.slaughterhouse)
            .goods(Goods.PIG)
            .cite(List.of(animalCertificate))
            .owners(load.farm(), cast.slaughterhouse)
            .extension("heads", BigDecimal.valueOf(tags.size())));
    List<String> alive = rest(diary, load, tags, arrival);
    return kill(diary, load, alive);
  }

  private List<String> tag(Diary diary, Load load) {
    List<String> tags = new ArrayList<>();
    String division = load.farm().division();
    for (int i = 0; i < load.pigs(); i++) {
      int serial = tagSerials.merge(division, 1, Integer::sum);
      tags.add(
          EarTag.issue(EarTag.Species.PIG, DivisionCode.of(division), FIRST_TAG + serial)
              .canonical());
    }
    LocalDateTime born =
        load.departure().minusDays(dice.between(YOUNGEST_DAYS, OLDEST_DAYS)).withHour(9);
    if (diary.isOver(load.departure())) {
      diary.note(
          Stage.ORIGIN,
          load.farm(),
          born,
          pigs(EventJson.object(Trade.ADD, born), tags)
              .step("commissioning")
              .disposition("active")
              .place(load.farm())
              .goods(Goods.PIG));
    }
    return tags;
  }

  private LocalDateTime haul(Diary diary, Load load, List<String> tags, Paper certificate) {
    LocalDateTime departure = load.departure();
    diary.note(
        Stage.ORIGIN,
        load.farm(),
        departure,
        pigs(EventJson.object(Trade.OBSERVE, departure), tags)
            .step("shipping")
            .disposition("in_transit")
            .readPoint(load.farm())
            .goods(Goods.PIG)
            .cite(List.of(certificate))
            .owners(load.farm(), cast.slaughterhouse));
    LocalDateTime loaded = departure.plusMinutes(dice.between(10, 25));
    diary.note(
        Stage.LOADING,
        cast.haulier,
        loaded,
        onLorry("ADD", loaded, load, tags)
            .step("loading")
            .disposition("in_transit")
            .readPoint(load.farm())
            .goods(Goods.PIG)
            .extension("vehiclePlate", plate(load.lorry())));
    LocalDateTime unloaded = loaded.plusMinutes(dice.between(75, 130));
    diary.note(
        Stage.UNLOADING,
        cast.haulier,
        unloaded,
        onLorry("DELETE", unloaded, load, tags)
            .step("unloading")
            .disposition("in_progress")
            .place(cast.slaughterhouse)
            .goods(Goods.PIG));
    return unloaded.plusMinutes(dice.between(8, 20));
  }

  /** Lairage; a pig that dies there goes to harmless disposal. */
  private List<String> rest(Diary diary, Load load, List<String> tags, LocalDateTime arrival) {
    LocalDateTime lairage = arrival.plusMinutes(dice.between(10, 30));
    diary.note(
        Stage.LAIRAGE,
        cast.slaughterhouse,
        lairage,
        pigs(EventJson.object(Trade.OBSERVE, lairage), tags)
            .step(YlVocabulary.STEP_LAIRAGE)
            .disposition("in_progress")
            .place(cast.slaughterhouse)
            .goods(Goods.PIG));
    if (!loses(load)) {
      return tags;
    }
    String dead = dice.pick(tags);
    LocalDateTime disposed = lairage.plusMinutes(dice.between(90, 180));
    diary.note(
        Stage.END,
        cast.disposal,
        disposed,
        pigs(EventJson.object("DELETE", disposed), List.of(dead))
            .step(YlVocabulary.STEP_HARMLESS_DISPOSAL)
            .disposition("destroyed")
            .readPoint(cast.disposal)
            .goods(Goods.PIG)
            .owners(cast.slaughterhouse, cast.disposal));
    List<String> alive = new ArrayList<>(tags);
    alive.remove(dead);
    return alive;
  }

  private Slaughtered kill(Diary diary, Load load, List<String> tags) {
    LocalDateTime at = night(load.departure().toLocalDate().plusDays(1));
    boolean condemns = loses(load);
    long grams = 0;
    for (int i = condemns ? 1 : 0; i < tags.size(); i++) {
      grams += carcass();
    }
    Actor house = cast.slaughterhouse;
    designate(diary, house, at);
    Lot meat = new Lot(house.nextBatch(), Goods.CARCASS, grams, List.of(), at);
    List<Paper> certificates =
        List.of(
            meatCertificate(diary, Kind.MEAT_INSPECTION, house, meat),
            meatCertificate(diary, Kind.PRODUCT_QUARANTINE, cast.inspection, meat));
    EventJson event =
        EventJson.transformation(at)
            .step(YlVocabulary.STEP_SLAUGHTERING)
            .disposition("in_progress")
            .place(house)
            .goods(Goods.CARCASS)
            .items("inputEPCList", tags)
            .lot("outputQuantityList", meat.uri(), grams)
            .cite(certificates);
    if (condemns) {
      String condemned = house.nextBatch();
      long condemnedGrams = carcass();
      event.lot("outputQuantityList", condemned, condemnedGrams);
      dispose(diary, condemned, condemnedGrams, at.plusMinutes(dice.between(240, 420)));
    }
    diary.note(Stage.SLAUGHTER, house, at, event);
    return new Slaughtered(
        new Lot(meat.uri(), Goods.CARCASS, grams, certificates, at.plusMinutes(50)), tags);
  }

  private void dispose(Diary diary, String batch, long grams, LocalDateTime at) {
    diary.note(
        Stage.END,
        cast.disposal,
        at,
        EventJson.object("DELETE", at)
            .step(YlVocabulary.STEP_HARMLESS_DISPOSAL)
            .disposition("destroyed")
            .readPoint(cast.disposal)
            .goods(Goods.CARCASS)
            .lot("quantityList", batch, grams)
            .owners(cast.slaughterhouse, cast.disposal));
  }

  /** Pigs are slaughtered at designated slaughterhouses only: once registered, it holds. */
  private void designate(Diary diary, Actor house, LocalDateTime at) {
    if (designated) {
      return;
    }
    designated = true;
    LocalDateTime issued = at.minusYears(1);
    diary.file(
        new Paper(
            Kind.SLAUGHTER_DESIGNATION,
            "A61019901",
            "演示发证机关",
            house.id(),
            BigDecimal.ONE,
            null,
            issued,
            issued.toLocalDate(),
            issued.toLocalDate().plusYears(DESIGNATED_YEARS),
            null));
  }

  private Paper meatCertificate(Diary diary, Kind kind, Actor issuer, Lot meat) {
    // Product certificates within a province are good for a few days of transport and sale.
    LocalDate validTo = meat.at().toLocalDate().plusDays(2);
    return trade.certificate(
        diary,
        kind,
        issuer,
        cast.slaughterhouse,
        EventJson.kilograms(meat.grams()),
        false,
        meat.at(),
        validTo,
        kind.equals(Kind.PRODUCT_QUARANTINE) ? cast.inspection : null);
  }

  private boolean loses(Load load) {
    return load.losses() && load.pigs() >= LEAST_PIGS_TO_LOSE && dice.oneIn(LOADS_TO_A_LOSS);
  }

  private long carcass() {
    return dice.between(LIGHTEST_CARCASS_HG, HEAVIEST_CARCASS_HG) * 100L;
  }

  private LocalDateTime night(LocalDate day) {
    return day.atTime(0, dice.between(5, 50), dice.between(0, 59));
  }

  private static EventJson pigs(EventJson event, List<String> tags) {
    return event.items("epcList", tags);
  }

  private static EventJson onLorry(String action, LocalDateTime at, Load load, List<String> tags) {
    return EventJson.aggregation(action, at).parent(load.lorry()).items("childEPCs", tags);
  }

  /** No real plate: those have five characters after the letter of the city. */
  private static String plate(String lorry) {
    return "陕A·演示" + lorry.charAt(lorry.length() - 1);
  }
}
