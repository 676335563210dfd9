package org.yuanliu.platform.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.yuanliu.codes.DivisionCode;
import org.yuanliu.codes.NodeCode;
import org.yuanliu.epcis.YlVocabulary;
import org.yuanliu.platform.demo.Actor.Kind;

/** Who takes part. Every name is made up; no credit code belongs to anybody. */
final class Cast {
  /** Steps that the markets report for those who trade in them. */
  static final Set<String> MANDATED_STEPS =
      Set.of(
          YlVocabulary.STEP_MARKET_ENTRY,
          YlVocabulary.STEP_SELLING,
          "https://ref.gs1.org/cbv/BizStep-retail_selling");

  /**
   * GIAIs under 952, the prefix that GS1 keeps for examples. One lorry for each farm, so that no
   * two loads of a day share one; the others are for the small chains that break.
   */
  static final List<String> LORRIES =
      List.of(
          lorry("XA0001"),
          lorry("XA0002"),
          lorry("XA0003"),
          lorry("XA0004"),
          lorry("XA0005"),
          lorry("XA0006"),
          lorry("XA0007"),
          lorry("XA0008"));

  /** High among 001 to 999, where no city has come yet. */
  private static final int FIRST_NODE = 901;

  private final CreditCodes credits = new CreditCodes();
  private final List<Actor> actors = new ArrayList<>();

  final List<Actor> farms =
      List.of(
          farm("farm1", "礼泉县泔河湾生猪养殖专业合作社", "Ganhewan Pig Cooperative, Liquan", "610425"),
          farm("farm2", "蒲城县卤阳北生态养殖有限公司", "Luyangbei Ecological Farming, Pucheng", "610526"),
          farm("farm3", "富平县温泉河牧业有限公司", "Wenquanhe Livestock, Fuping", "610528"));
  final List<Actor> bases =
      List.of(
          firm(
              "base1",
              Kind.VEGETABLE_BASE,
              "泾阳县白王塬蔬菜种植专业合作社",
              "Baiwangyuan Vegetable Cooperative, Jingyang",
              "93",
              "610423"),
          firm(
              "base2",
              Kind.VEGETABLE_BASE,
              "西安市高陵区渭滨田园蔬菜基地",
              "Weibin Vegetable Base, Gaoling",
              "91",
              "610117"));
  final Actor haulier =
      office(
          "haulier", Kind.HAULIER, "西安秦川路畜禽运输有限公司", "Qinchuanlu Livestock Haulage", "91", "610112");
  final Actor slaughterhouse =
      firm(
          "slaughterhouse",
          Kind.SLAUGHTERHOUSE,
          "西安市高陵区泾渭源肉类加工有限公司",
          "Jingweiyuan Meat Processing",
          "91",
          "610117");
  final Actor disposal =
      firm(
          "disposal",
          Kind.DISPOSAL_PLANT,
          "西安市临潼区绿洁动物无害化处理中心",
          "Lüjie Animal Disposal Centre",
          "91",
          "610115");
  final Actor wholesaleMarket =
      firm(
          "wholesale-market",
          Kind.WHOLESALE_MARKET,
          "西安市灞桥区浐灞东绿色优质农副产品综合批发交易市场有限责任公司",
          "Chanba East Farm Products Wholesale Market",
          "91",
          "610111");
  final List<Actor> wholesalers =
      List.of(
          wholesaler(1, "灞桥区老韩鲜肉批发部", "Lao Han Fresh Meat Wholesale"),
          wholesaler(2, "灞桥区秦味鲜肉菜批发行", "Qinwei Meat and Vegetables"),
          wholesaler(3, "灞桥区绿田蔬菜批发部", "Lütian Vegetables"));
  final Actor retailMarket =
      firm(
          "retail-market",
          Kind.RETAIL_MARKET,
          "西安市雁塔区雁南里农贸市场",
          "Yannanli Farm Products Market",
          "91",
          "610113");
  final List<Actor> stalls =
      List.of(
          stall(1, "雁南里市场1号摊（王记鲜肉）", "Wang's Fresh Meat, stall 1"),
          stall(2, "雁南里市场2号摊（李氏肉铺）", "Li's Butcher, stall 2"),
          stall(3, "雁南里市场3号摊（老张猪肉）", "Lao Zhang Pork, stall 3"),
          stall(4, "雁南里市场4号摊（小赵蔬菜）", "Xiao Zhao Vegetables, stall 4"),
          stall(5, "雁南里市场5号摊（陈姐菜铺）", "Sister Chen's Vegetables, stall 5"),
          stall(6, "雁南里市场6号摊（渭河鲜菜）", "Weihe Fresh Vegetables, stall 6"));
  final Actor supermarket =
      firm("supermarket", Kind.SUPERMARKET, "西安市莲湖区禾禾里生活超市", "Heheli Supermarket", "91", "610104");
  final Actor canteen =
      firm(
          "canteen",
          Kind.CANTEEN,
          "西安市碑林区柏荫巷小学食堂",
          "Baiyinxiang Primary School Canteen",
          "12",
          "610103");
  final Actor inspection =
      office(
          "inspection",
          Kind.INSPECTION,
          "西安市动物卫生监督所（演示）",
          "Xi'an Animal Health Inspection (demo)",
          "12",
          "610100");
  final Actor cityRegulator =
      office(
          "city-regulator",
          Kind.REGULATOR,
          "西安市重要产品追溯主管部门（演示）",
          "Xi'an Traceability Department (demo)",
          "11",
          "610100");
  final Actor districtRegulator =
      office(
          "district-regulator",
          Kind.REGULATOR,
          "西安市雁塔区追溯主管部门（演示）",
          "Yanta District Traceability Department (demo)",
          "11",
          "610113");
  final Actor provincialRegulator =
      office(
          "provincial-regulator",
          Kind.REGULATOR,
          "陕西省重要产品追溯主管部门（演示）",
          "Shaanxi Traceability Department (demo)",
          "11",
          "610000");
  final Actor operator =
      office(
          "operator",
          Kind.OPERATOR,
          "西安市追溯平台运行中心（演示）",
          "Xi'an Traceability Platform Operations (demo)",
          "12",
          "610100");

  List<Actor> all() {
    return List.copyOf(actors);
  }

  /** Those who send events in, with a credential of their own. */
  List<Actor> reporters() {
    return actors.stream()
        .filter(actor -> actor.market() == null)
        .filter(actor -> !actor.kind().isOnlooker())
        .toList();
  }

  /** Those whose place is a node of its own. */
  Stream<Actor> withPlace() {
    return actors.stream().filter(actor -> actor.hasPlace() && actor.market() == null);
  }

  Stream<Actor> traders() {
    return actors.stream().filter(actor -> actor.market() != null);
  }

  private Actor farm(String key, String name, String nameEn, String division) {
    return firm(key, Kind.PIG_FARM, name, nameEn, "93", division);
  }

  private Actor wholesaler(int serial, String name, String nameEn) {
    // The third one is registered by the market alone.
    return added(
        Actor.trader(
            "wholesaler" + serial,
            Kind.WHOLESALER,
            name,
            nameEn,
            serial == 3 ? null : credits.next("92", wholesaleMarket.division()),
            wholesaleMarket,
            serial));
  }

  private Actor stall(int serial, String name, String nameEn) {
    return added(
        Actor.trader("stall" + serial, Kind.STALL, name, nameEn, null, retailMarket, serial));
  }

  private Actor firm(
      String key, Kind kind, String name, String nameEn, String department, String division) {
    long before =
        actors.stream()
            .filter(actor -> actor.hasPlace() && actor.division().equals(division))
            .count();
    NodeCode node = NodeCode.issue(DivisionCode.of(division), FIRST_NODE + (int) before);
    return added(Actor.firm(key, kind, name, nameEn, credits.next(department, division), node));
  }

  private Actor office(
      String key, Kind kind, String name, String nameEn, String department, String division) {
    return added(
        Actor.office(key, kind, name, nameEn, division, credits.next(department, division)));
  }

  private Actor added(Actor actor) {
    actors.add(actor);
    return actor;
  }

  private static String lorry(String number) {
    return "https://id.gs1.org/8004/9521234" + number;
  }
}
