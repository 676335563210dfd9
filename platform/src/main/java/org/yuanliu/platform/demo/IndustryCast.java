package org.yuanliu.platform.demo;

import java.util.ArrayList;
import java.util.List;
import org.yuanliu.codes.DivisionCode;
import org.yuanliu.codes.NodeCode;

/** Who takes part in the other industries. Every name is made up. */
final class IndustryCast {
  private static final String EQUIPMENT = "special-equipment";
  private static final String DANGEROUS = "dangerous-goods";
  private static final String RARE = "rare-earths";

  /** Beyond those of the markets' cast. */
  private static final int FIRST_NODE = 951;

  private static final int FIRST_CREDIT = 8001;

  private final CreditCodes credits = new CreditCodes(FIRST_CREDIT);
  private final List<Actor> actors = new ArrayList<>();

  final Actor liftWorks =
      plant(
          "lift-works", "西安渭水电梯制造有限公司", "Weishui Lift Works", "610112", "lift_factory", EQUIPMENT);
  final Actor componentWorks =
      plant(
          "component-works",
          "西安灞源电梯部件有限公司",
          "Bayuan Lift Components",
          "610111",
          "component_factory",
          EQUIPMENT);
  final Actor tower =
      plant(
          "property-manager",
          "西安市雁塔区曲江苑物业服务有限公司",
          "Qujiangyuan Property Management",
          "610113",
          "building",
          EQUIPMENT);
  final Actor maintainer =
      plant(
          "lift-maintainer",
          "西安安行电梯维保有限公司",
          "Anxing Lift Maintenance",
          "610113",
          "building",
          EQUIPMENT);
  final Actor inspectors =
      plant(
          "equipment-inspection",
          "西安特种设备检验检测院（演示）",
          "Xi'an Special Equipment Inspection (demo)",
          "610102",
          "inspection_body",
          EQUIPMENT);
  final Actor cylinderWorks =
      plant(
          "cylinder-works",
          "咸阳秦岭气瓶制造有限公司",
          "Qinling Gas Cylinders, Xianyang",
          "610402",
          "cylinder_factory",
          EQUIPMENT);
  final Actor fillingStation =
      plant(
          "filling-station",
          "西安浐河液化气充装站",
          "Chanhe LPG Filling Station",
          "610112",
          "filling_station",
          EQUIPMENT);
  final Actor restaurant =
      plant("restaurant", "碑林区柏荫巷面馆", "Baiyinxiang Noodle House", "610103", "gas_user", EQUIPMENT);

  final Actor explosivesWorks =
      plant(
          "explosives-works",
          "宝鸡秦塬民爆器材有限公司",
          "Qinyuan Civil Explosives, Baoji",
          "610302",
          "explosives_factory",
          DANGEROUS);
  final Actor blastingFirm =
      plant(
          "blasting-firm",
          "蓝田县玉山爆破工程有限公司",
          "Yushan Blasting, Lantian",
          "610122",
          "magazine",
          DANGEROUS);
  final Actor quarry =
      plant("quarry", "蓝田县玉山采石场", "Yushan Quarry", "610122", "blasting_site", DANGEROUS);
  final Actor fireworksWorks =
      plant(
          "fireworks-works",
          "蒲城县红岭烟花有限公司",
          "Hongling Fireworks, Pucheng",
          "610526",
          "fireworks_factory",
          DANGEROUS);
  final Actor fireworksOutlet =
      plant(
          "fireworks-outlet",
          "长安区太乙宫烟花零售点",
          "Taiyigong Fireworks Outlet",
          "610116",
          "fireworks_outlet",
          DANGEROUS);

  final Actor mine =
      plant(
          "rare-earth-mine",
          "饶平县建饶稀土矿（演示）",
          "Jianrao Rare-Earth Mine (demo)",
          "445122",
          "mine",
          RARE);
  final Actor separator =
      plant(
          "separation-plant",
          "饶平县黄冈稀土分离厂（演示）",
          "Huanggang Separation Plant (demo)",
          "445122",
          "separation_plant",
          RARE);
  final Actor trader =
      plant(
          "rare-earth-trader",
          "潮州市湘桥区稀土贸易有限公司（演示）",
          "Xiangqiao Rare-Earth Trading (demo)",
          "445102",
          "trading_firm",
          RARE);
  final Actor harbour =
      plant("rare-earth-port", "潮州港（演示）", "Port of Chaozhou (demo)", "445122", "port", RARE);

  List<Actor> all() {
    return List.copyOf(actors);
  }

  private Actor plant(
      String key, String name, String nameEn, String division, String nodeType, String industry) {
    long before = actors.stream().filter(actor -> actor.division().equals(division)).count();
    NodeCode node = NodeCode.issue(DivisionCode.of(division), FIRST_NODE + (int) before);
    Actor actor =
        Actor.plant(key, name, nameEn, credits.next("91", division), node, nodeType, industry);
    actors.add(actor);
    return actor;
  }
}
