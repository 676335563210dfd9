package org.yuanliu.platform.demo;

import static java.util.Objects.requireNonNull;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.yuanliu.codes.DetonatorCode;
import org.yuanliu.industry.FindingCode;
import org.yuanliu.industry.Level;
import org.yuanliu.industry.Pack;

/**
 * A box of detonators from the works to the last one fired or returned, and a case of fireworks.
 */
final class DangerousChains {
  private static final int MADE_DAYS = 40;
  private static final int SHIFT_DAYS = 6;

  /** Under 952, the prefix that GS1 keeps for examples. */
  private static final String FIREWORKS = "https://id.gs1.org/01/09521234543213/10/YH";

  private final IndustryCast cast;
  private final Pack pack;
  private final LocalDateTime now;

  DangerousChains(IndustryCast cast, Pack pack, LocalDateTime now) {
    this.cast = requireNonNull(cast, "cast is null");
    this.pack = requireNonNull(pack, "pack is null");
    this.now = requireNonNull(now, "now is null");
  }

  void tell(Industries to) {
    to.add(detonators(1, true));
    to.example("dangerous-goods", detonator(1));
    to.add(detonators(11, false));
    to.broken(new Broken(detonator(11), FindingCode.MISSING_LINK, Level.INCOMPLETE));
    to.add(fireworks());
    to.example("fireworks", FIREWORKS + "01");
  }

  private String detonator(int serial) {
    LocalDate made = now.toLocalDate().minusDays(MADE_DAYS);
    String printed =
        "61"
            + made.getYear() % 10
            + DateTimeFormatter.ofPattern("MMdd").format(made)
            + "A"
            + "%05d".formatted(serial);
    return DetonatorCode.of(made.getYear() + "." + printed).canonical();
  }

  /**
   * @param sold whether the works told of the sale
   */
  private FlatChain detonators(int first, boolean sold) {
    FlatChain chain = new FlatChain(pack, "detonator", now);
    List<String> box = List.of(detonator(first), detonator(first + 1), detonator(first + 2));
    String number = String.valueOf(first);
    Actor works = cast.explosivesWorks;
    Actor blasters = cast.blastingFirm;
    chain.hold("storage_approval", "CC-YS-1", works, List.of());
    chain.hold("storage_approval", "CC-YS-2", blasters, List.of());
    chain.hold("purchase_permit", "GM-YS-" + number, blasters, List.of("electronic_detonator"));
    Map<String, Object> all = Map.of("goods", box, "amount", box.size());
    Map<String, Object> kept = with(all, Map.of("keeper", "K-07", "second_keeper", "K-12"));
    chain.tell(
        "production",
        works,
        chain.ago(MADE_DAYS, 9, 0),
        works,
        with(
            all,
            Map.of("variety", "electronic_detonator", "production_licence_number", "MB-YS-1")));
    chain.tell("store_in", works, chain.ago(MADE_DAYS, 16, 0), works, kept);
    chain.tell("store_out", works, chain.ago(20, 7, 30), works, kept);
    if (sold) {
      chain.tell(
          "sale",
          works,
          chain.ago(20, 8, 0),
          works,
          with(
              all,
              Map.of(
                  "variety",
                  "electronic_detonator",
                  "seller",
                  works.id(),
                  "buyer",
                  blasters.id(),
                  "buyer_kind",
                  "unit",
                  "purchase_permit_number",
                  "GM-YS-" + number,
                  "payment",
                  "bank_transfer",
                  "bank_voucher_number",
                  "ZZ-YS-" + number)));
    }
    chain.tell(
        "transport",
        works,
        chain.ago(20, 8, 30),
        works,
        with(all, Map.of("transport_permit_number", "YS-YS-" + number, "driver", "周押运")));
    chain.tell(
        "receiving",
        blasters,
        chain.ago(20, 15, 0),
        blasters,
        with(kept, Map.of("transport_permit_number", "YS-YS-" + number)));
    chain.tell("store_in", blasters, chain.ago(20, 15, 30), blasters, kept);
    if (sold) {
      chain.tell(
          "sale_filing",
          works,
          chain.ago(19, 9, 0),
          works,
          Map.of("goods", box, "filed_with", "陕西省民爆主管部门", "filing_number", "BA-YS-" + number));
      chain.tell(
          "purchase_filing",
          blasters,
          chain.ago(18, 9, 0),
          blasters,
          Map.of("goods", box, "filed_with", "蓝田县公安局", "filing_number", "BB-YS-" + number));
    }
    chain.tell(
        "permit_return",
        blasters,
        chain.ago(18, 11, 0),
        blasters,
        Map.of("goods", box, "transport_permit_number", "YS-YS-" + number));
    String shift = "BC-" + chain.ago(SHIFT_DAYS, 7, 0).toLocalDate() + "-" + number;
    chain.tell(
        "issue",
        blasters,
        chain.ago(SHIFT_DAYS, 7, 0),
        blasters,
        Map.of(
            "goods",
            box.subList(0, 2),
            "amount",
            2,
            "issue_number",
            shift,
            "receiver",
            "郑爆破",
            "blaster_certificate_number",
            "BP-YS-1",
            "keeper",
            "K-07",
            "second_keeper",
            "K-12"));
    chain.tell(
        "use",
        cast.quarry,
        chain.ago(SHIFT_DAYS, 11, 40),
        cast.quarry,
        Map.of("goods", box.subList(0, 1), "amount", 1, "issue_number", shift, "receiver", "郑爆破"));
    chain.tell(
        "return",
        blasters,
        chain.ago(SHIFT_DAYS, 16, 0),
        blasters,
        Map.of(
            "goods",
            box.subList(1, 2),
            "amount",
            1,
            "issue_number",
            shift,
            "keeper",
            "K-07",
            "second_keeper",
            "K-12"));
    return chain;
  }

  private FlatChain fireworks() {
    FlatChain chain = new FlatChain(pack, "fireworks", now);
    Actor works = cast.fireworksWorks;
    Actor outlet = cast.fireworksOutlet;
    chain.hold("fireworks_retail_licence", "YHLS-YS-1", outlet, List.of(outlet.place()));
    Map<String, Object> cases = Map.of("goods", List.of(FIREWORKS + "01"), "amount", 20);
    chain.tell(
        "production",
        works,
        chain.ago(35, 9, 0),
        works,
        with(
            cases,
            Map.of("variety", "fountain", "grade", "C", "production_licence_number", "YH-YS-1")));
    chain.tell(
        "sale",
        works,
        chain.ago(15, 9, 0),
        works,
        with(
            cases,
            Map.of(
                "variety",
                "fountain",
                "grade",
                "C",
                "seller",
                works.id(),
                "buyer",
                outlet.id(),
                "buyer_kind",
                "retail_outlet")));
    chain.tell(
        "transport",
        works,
        chain.ago(15, 10, 0),
        works,
        with(cases, Map.of("transport_permit_number", "YSZ-YS-1")));
    chain.tell(
        "receiving",
        outlet,
        chain.ago(15, 16, 0),
        outlet,
        with(cases, Map.of("transport_permit_number", "YSZ-YS-1", "seller", works.id())));
    chain.tell(
        "permit_return",
        outlet,
        chain.ago(14, 10, 0),
        outlet,
        Map.of("goods", List.of(FIREWORKS + "01"), "transport_permit_number", "YSZ-YS-1"));
    chain.tell(
        "retail_sale",
        outlet,
        chain.ago(3, 18, 30),
        outlet,
        Map.of(
            "goods", List.of(FIREWORKS + "01"), "amount", 1, "variety", "fountain", "grade", "C"));
    return chain;
  }

  private static Map<String, Object> with(Map<String, Object> some, Map<String, Object> more) {
    Map<String, Object> both = new HashMap<>(some);
    both.putAll(more);
    return both;
  }
}
