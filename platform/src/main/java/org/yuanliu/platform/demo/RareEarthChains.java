package org.yuanliu.platform.demo;

import static java.util.Objects.requireNonNull;

import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.yuanliu.industry.FindingCode;
import org.yuanliu.industry.Level;
import org.yuanliu.industry.Pack;

/**
 * One ore to two oxides and on to the port, and an oxide that nobody mined. All of it happened
 * within a week, as flows are entered by the tenth of the next month.
 */
final class RareEarthChains {
  /** Under 952, the prefix that GS1 keeps for examples. */
  private static final String BATCH = "https://id.gs1.org/01/09521234543213/10/";

  private static final int ORE = 10_000;

  /** Of 8 % REO. */
  private static final int ORE_OXIDE = 800;

  private static final int NEODYMIUM = 180;
  private static final int DYSPROSIUM = 24;

  private final IndustryCast cast;
  private final Pack pack;
  private final LocalDateTime now;

  RareEarthChains(IndustryCast cast, Pack pack, LocalDateTime now) {
    this.cast = requireNonNull(cast, "cast is null");
    this.pack = requireNonNull(pack, "pack is null");
    this.now = requireNonNull(now, "now is null");
  }

  void tell(Industries to) {
    to.add(toPort());
    to.example("rare-earths", BATCH + "PRND01");
    to.add(unmined());
    to.broken(new Broken(BATCH + "PRND99", FindingCode.UNKNOWN_UPSTREAM, Level.INCOMPLETE));
  }

  private FlatChain toPort() {
    FlatChain chain = new FlatChain(pack, "separated_product", now);
    String ore = BATCH + "ORE01";
    chain.hold("quota_notice", "ZB-YS-1", cast.mine, List.of("ion_adsorption"));
    chain.hold("quota_notice", "ZB-YS-2", cast.separator, List.of("ion_adsorption"));
    chain.hold("enterprise_list", "MD-YS-2", cast.mine, List.of());
    chain.hold("enterprise_list", "MD-YS-1", cast.separator, List.of());
    chain.tell(
        "mining",
        cast.mine,
        chain.ago(7, 9, 0),
        cast.mine,
        Map.of(
            "batch",
            ore,
            "weight",
            ORE,
            "oxide",
            ORE_OXIDE,
            "ore_type",
            "ion_adsorption",
            "tranche",
            "1",
            "quota_notice_number",
            "ZB-YS-1",
            "mining_licence_number",
            "CK-YS-1",
            "ledger_number",
            "T-0001"));
    hand(chain, cast.mine, cast.separator, ore, ORE, ORE_OXIDE, 6, "FP-YS-1");
    assay(chain, ore, "PrNd", NEODYMIUM);
    assay(chain, ore, "Dy", DYSPROSIUM);
    chain.tell(
        "separation_feed",
        cast.separator,
        chain.ago(5, 9, 0),
        cast.separator,
        Map.of(
            "batch",
            ore,
            "weight",
            ORE,
            "oxide",
            ORE_OXIDE,
            "campaign",
            "FL-YS-1",
            "ore_type",
            "ion_adsorption",
            "tranche",
            "1",
            "quota_notice_number",
            "ZB-YS-2",
            "ledger_number",
            "T-0003"));
    separate(chain, ore, "PrNd", "PRND01", NEODYMIUM, 10);
    separate(chain, ore, "Dy", "DY01", DYSPROSIUM, 11);
    hand(chain, cast.separator, cast.trader, BATCH + "PRND01", NEODYMIUM, NEODYMIUM, 3, "FP-YS-2");
    chain.tell(
        "export",
        cast.trader,
        chain.ago(1, 10, 0),
        cast.harbour,
        Map.ofEntries(
            Map.entry("batches", List.of(amount(BATCH + "PRND01", NEODYMIUM))),
            Map.entry("weight", NEODYMIUM),
            Map.entry("oxide", NEODYMIUM),
            Map.entry("metal", "PrNd"),
            Map.entry("compound", "oxide"),
            Map.entry("country", "日本"),
            Map.entry("end_user", "演示磁材株式会社"),
            Map.entry("export_licence_number", "CKXK-YS-1"),
            Map.entry("export_declaration_number", "600120260000000001"),
            Map.entry("invoice_number", "FP-YS-3"),
            Map.entry("package_mark", "BZ-PRND01"),
            Map.entry("ledger_number", "T-0009")));
    return chain;
  }

  /** Sold and taken in, and no record of where it came from. */
  private FlatChain unmined() {
    FlatChain chain = new FlatChain(pack, "separated_product", now);
    hand(chain, cast.separator, cast.trader, BATCH + "PRND99", 50, 50, 3, "FP-YS-9");
    return chain;
  }

  private void hand(
      FlatChain chain,
      Actor from,
      Actor to,
      String batch,
      int weight,
      int oxide,
      int day,
      String invoice) {
    Map<String, Object> flow =
        Map.of(
            "batches",
            List.of(amount(batch, weight)),
            "package_mark",
            "BZ-" + batch.substring(BATCH.length()),
            "ledger_number",
            "T-" + invoice);
    Map<String, Object> sale = new HashMap<>(flow);
    sale.putAll(
        Map.of(
            "oxide",
            oxide,
            "seller",
            from.id(),
            "buyer",
            to.id(),
            "invoice_number",
            invoice,
            "contract_number",
            "HT-" + invoice));
    chain.tell("sale", from, chain.ago(day, 9, 0), from, sale);
    chain.tell("dispatch", from, chain.ago(day, 10, 0), from, flow);
    Map<String, Object> receiving = new HashMap<>(flow);
    receiving.putAll(Map.of("seller", from.id(), "invoice_number", invoice));
    chain.tell("receiving", to, chain.ago(day, 16, 0), to, receiving);
  }

  private void assay(FlatChain chain, String ore, String metal, int oxide) {
    chain.tell(
        "feed_assay",
        cast.separator,
        chain.ago(5, 8, 0),
        cast.separator,
        Map.of("batch", ore, "campaign", "FL-YS-1", "metal", metal, "oxide", oxide));
  }

  private void separate(
      FlatChain chain, String ore, String metal, String batch, int oxide, int hour) {
    chain.tell(
        "separation",
        cast.separator,
        chain.ago(4, hour, 0),
        cast.separator,
        Map.of(
            "input",
            List.of(ore),
            "product_batch",
            BATCH + batch,
            "weight",
            oxide,
            "oxide",
            oxide,
            "metal",
            metal,
            "compound",
            "oxide",
            "campaign",
            "FL-YS-1",
            "ledger_number",
            "T-" + batch));
  }

  private static Map<String, Object> amount(String batch, int kilograms) {
    return Map.of("code", batch, "quantity", kilograms, "uom", EventJson.KILOGRAM);
  }
}
