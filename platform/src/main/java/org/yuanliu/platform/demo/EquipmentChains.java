package org.yuanliu.platform.demo;

import static java.util.Objects.requireNonNull;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import org.yuanliu.codes.Cpi;
import org.yuanliu.codes.EquipmentCode;
import org.yuanliu.industry.FindingCode;
import org.yuanliu.industry.Level;
import org.yuanliu.industry.Pack;

/** Two lifts and two gas cylinders; one of each goes as it should. */
final class EquipmentChains {
  /** A traction lift and a welded cylinder of the catalogue, by makers that do not exist. */
  private static final String LIFT = "311061901";

  private static final String CYLINDER = "232061902";

  /** The lift was made this many days ago, so that half a year of visits can be seen. */
  private static final int LIFT_DAYS = 260;

  private static final int IN_USE_DAYS = 150;

  /** A day less than the law allows. */
  private static final int DAYS_BETWEEN_VISITS = 14;

  private static final int REPLACED_DAYS = 30;
  private static final String FIRST_GOVERNOR = new Cpi("9521234GOV", "1").canonical();
  private static final String SECOND_GOVERNOR = new Cpi("9521234GOV", "2").canonical();
  private static final int LIFT_LIFE_YEARS = 15;
  private static final int CYLINDER_DAYS = 500;

  private final IndustryCast cast;
  private final Pack pack;
  private final LocalDateTime now;

  EquipmentChains(IndustryCast cast, Pack pack, LocalDateTime now) {
    this.cast = requireNonNull(cast, "cast is null");
    this.pack = requireNonNull(pack, "pack is null");
    this.now = requireNonNull(now, "now is null");
  }

  void tell(Industries to) {
    String lift = code(LIFT, LIFT_DAYS, 1);
    to.add(lift(lift, true));
    to.example("special-equipment", lift);
    String uninspected = code(LIFT, LIFT_DAYS, 2);
    to.add(lift(uninspected, false));
    to.broken(
        new Broken(
            EquipmentCode.of(uninspected).canonical(), FindingCode.MISSING_LINK, Level.INCOMPLETE));
    String cylinder = code(CYLINDER, CYLINDER_DAYS, 1);
    to.add(cylinder(cylinder, true));
    to.example("gas cylinder", cylinder);
    String unchecked = code(CYLINDER, CYLINDER_DAYS, 2);
    to.add(cylinder(unchecked, false));
    to.broken(
        new Broken(
            EquipmentCode.of(unchecked).canonical(), FindingCode.MISSING_LINK, Level.INCOMPLETE));
  }

  private String code(String stem, int daysAgo, int serial) {
    return EquipmentCode.issue(stem + now.toLocalDate().minusDays(daysAgo).getYear(), serial)
        .value();
  }

  /**
   * @param inspected whether anybody inspected it after its installation
   */
  private FlatChain lift(String lift, boolean inspected) {
    FlatChain chain = new FlatChain(pack, "lift", now);
    String tail = lift.substring(lift.length() - 2);
    LocalDate made = now.toLocalDate().minusDays(LIFT_DAYS);
    if (inspected) {
      governors(chain);
    }
    chain.tell(
        "lift_manufacture",
        cast.liftWorks,
        chain.ago(LIFT_DAYS, 10, 0),
        cast.liftWorks,
        Map.ofEntries(
            Map.entry("lift", lift),
            Map.entry("model", "WS-1000"),
            Map.entry("made_on", made.toString()),
            Map.entry("usable_until", made.plusYears(LIFT_LIFE_YEARS).toString()),
            Map.entry("rated_load", 1000),
            Map.entry("rated_speed", 1.75),
            Map.entry("landings", 18),
            Map.entry("production_licence_number", "TS-YS-1"),
            Map.entry("type_test", "TX-YS-1"),
            Map.entry("conformity", "HG-YS-" + tail)));
    chain.tell(
        "work_notice",
        cast.maintainer,
        chain.ago(220, 9, 0),
        cast.tower,
        Map.of("lift", lift, "work_notice_number", "GZ-YS-" + tail, "work_kind", "installation"));
    chain.tell(
        "installation",
        cast.maintainer,
        chain.ago(200, 9, 30),
        cast.tower,
        Map.of(
            "lift",
            lift,
            "work_notice_number",
            "GZ-YS-" + tail,
            "installer",
            cast.maintainer.id(),
            "using_unit",
            cast.tower.id(),
            "worker",
            "李安装"));
    if (inspected) {
      fitted(chain, lift);
      chain.tell(
          "supervised_inspection",
          cast.inspectors,
          chain.ago(IN_USE_DAYS + 10, 14, 0),
          cast.tower,
          Map.of(
              "lift",
              lift,
              "work_kind",
              "installation",
              "items",
              "TSG T7001 附件A",
              "conclusion",
              "pass",
              "supervision_report",
              "JJ-YS-" + tail,
              "inspection_valid_until",
              now.toLocalDate().plusDays(200).toString()));
    }
    chain.tell(
        "file_handover",
        cast.maintainer,
        chain.ago(IN_USE_DAYS + 2, 9, 0),
        cast.tower,
        Map.of("lift", lift, "using_unit", cast.tower.id()));
    chain.tell(
        "putting_into_use",
        cast.tower,
        chain.ago(IN_USE_DAYS, 8, 0),
        cast.tower,
        Map.of("lift", lift, "using_unit", cast.tower.id()));
    chain.tell(
        "registration",
        cast.tower,
        chain.ago(IN_USE_DAYS - 6, 10, 0),
        cast.tower,
        Map.of(
            "lift",
            lift,
            "certificate_number",
            "梯11陕A000" + tail + "(26)",
            "using_unit",
            cast.tower.id(),
            "contracted_maintainer",
            cast.maintainer.id(),
            "maintenance_contract_number",
            "WB-YS-1"));
    for (int day = IN_USE_DAYS - DAYS_BETWEEN_VISITS; day > 0; day -= DAYS_BETWEEN_VISITS) {
      if (inspected && day < REPLACED_DAYS && day + DAYS_BETWEEN_VISITS >= REPLACED_DAYS) {
        replaced(chain, lift);
      }
      chain.tell(
          "maintenance",
          cast.maintainer,
          chain.ago(day, 15, 0),
          cast.tower,
          Map.of(
              "lift",
              lift,
              "maintenance_kind",
              "half_month",
              "items",
              "TSG T5002 附件A1",
              "conclusion",
              "pass",
              "worker",
              "赵维保"));
    }
    return chain;
  }

  /** Two speed governors as they left their works. */
  private void governors(FlatChain chain) {
    chain.tell(
        "component_manufacture",
        cast.componentWorks,
        chain.ago(LIFT_DAYS + 20, 10, 0),
        cast.componentWorks,
        Map.of(
            "component",
            List.of(FIRST_GOVERNOR, SECOND_GOVERNOR),
            "component_kind",
            "speed_governor",
            "made_on",
            now.toLocalDate().minusDays(LIFT_DAYS + 20).toString(),
            "type_test",
            "TX-YS-2"));
  }

  private void fitted(FlatChain chain, String lift) {
    chain.tell(
        "component_fitting",
        cast.maintainer,
        chain.ago(199, 11, 0),
        cast.tower,
        Map.of(
            "lift",
            lift,
            "component",
            List.of(FIRST_GOVERNOR),
            "component_kind",
            "speed_governor"));
  }

  /** Persons were trapped, the governor was to blame. */
  private void replaced(FlatChain chain, String lift) {
    chain.tell(
        "entrapment",
        cast.tower,
        chain.ago(REPLACED_DAYS + 1, 18, 0),
        cast.tower,
        Map.of("lift", lift, "area", "district", "persons", 2));
    chain.tell(
        "rescue_arrival",
        cast.maintainer,
        chain.ago(REPLACED_DAYS + 1, 18, 17),
        cast.tower,
        Map.of("lift", lift, "worker", "赵维保"));
    chain.tell(
        "rescue_completion",
        cast.maintainer,
        chain.ago(REPLACED_DAYS + 1, 18, 31),
        cast.tower,
        Map.of("lift", lift, "persons", 2));
    chain.tell(
        "component_replacement",
        cast.maintainer,
        chain.ago(REPLACED_DAYS, 11, 0),
        cast.tower,
        Map.of(
            "lift",
            lift,
            "removed_component",
            FIRST_GOVERNOR,
            "component",
            SECOND_GOVERNOR,
            "component_kind",
            "speed_governor",
            "found",
            "动作速度超差"));
    chain.tell(
        "component_scrapping",
        cast.maintainer,
        chain.ago(REPLACED_DAYS, 15, 0),
        cast.tower,
        Map.of("component", List.of(FIRST_GOVERNOR), "destruction_method", "切割"));
  }

  /**
   * @param checked whether it was checked after filling
   */
  private FlatChain cylinder(String cylinder, boolean checked) {
    FlatChain chain = new FlatChain(pack, "gas_cylinder", now);
    String tail = cylinder.substring(cylinder.length() - 2);
    chain.tell(
        "cylinder_manufacture",
        cast.cylinderWorks,
        chain.ago(CYLINDER_DAYS, 10, 0),
        cast.cylinderWorks,
        Map.ofEntries(
            Map.entry("cylinder", cylinder),
            Map.entry("gas", "lpg"),
            Map.entry("model", "YSP35.5"),
            Map.entry("made_on", now.toLocalDate().minusDays(CYLINDER_DAYS).toString()),
            Map.entry("water_capacity", 35.5),
            Map.entry("working_pressure", 2.1),
            Map.entry("tare", 16.5),
            Map.entry("max_fill", 14.9),
            Map.entry("production_licence_number", "TS-YS-3"),
            Map.entry("supervision_report", "PJ-YS-" + tail)));
    chain.tell(
        "cylinder_registration",
        cast.fillingStation,
        chain.ago(CYLINDER_DAYS - 30, 10, 0),
        cast.fillingStation,
        Map.of(
            "cylinder",
            cylinder,
            "gas",
            "lpg",
            "certificate_number",
            "瓶15陕A000" + tail + "(25)",
            "filling_licence_number",
            "CZ-YS-1"));
    chain.tell(
        "pre_check",
        cast.fillingStation,
        chain.ago(2, 7, 30),
        cast.fillingStation,
        Map.of("cylinder", cylinder, "conclusion", "pass", "worker", "王充装"));
    chain.tell(
        "fill",
        cast.fillingStation,
        chain.ago(2, 7, 40),
        cast.fillingStation,
        Map.of(
            "cylinder",
            cylinder,
            "gas",
            "lpg",
            "filled",
            14.5,
            "max_fill",
            14.9,
            "filling_licence_number",
            "CZ-YS-1",
            "worker",
            "王充装"));
    if (checked) {
      chain.tell(
          "post_check",
          cast.fillingStation,
          chain.ago(2, 7, 50),
          cast.fillingStation,
          Map.of("cylinder", cylinder, "conclusion", "pass", "worker", "王充装"));
    }
    chain.tell(
        "delivery",
        cast.fillingStation,
        chain.ago(2, 10, 15),
        cast.restaurant,
        Map.of(
            "cylinders",
            List.of(cylinder),
            "gas",
            "lpg",
            "customer",
            cast.restaurant.id(),
            "courier",
            "孙送气"));
    chain.tell(
        "indoor_check",
        cast.fillingStation,
        chain.ago(2, 10, 20),
        cast.restaurant,
        Map.of("cylinders", List.of(cylinder), "items", "软管、减压阀、灶具、报警器", "conclusion", "pass"));
    return chain;
  }
}
