package org.yuanliu.platform.demo;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A national catalogue for the demonstration: pork becomes mandatory soon, so that firms are told.
 */
final class DemoCatalogue {
  /** Long enough ahead to be published, near enough to be seen. */
  private static final int DAYS_AHEAD = 45;

  private DemoCatalogue() {}

  /** The body that publishes it. */
  static Map<String, Object> of(LocalDate today) {
    String from = today.plusDays(DAYS_AHEAD).toString();
    return Map.of(
        "version",
        1,
        "effectiveFrom",
        today.toString(),
        "products",
        List.of(
            product("drugs", "vaccines", 5, 3, 5, from, "接种人群为婴幼儿，失温或过期后果严重，须逐支可查"),
            product("farm-products", "pork", 5, 4, 4, from, "消费量大，疫病和药物残留风险高，环节多"),
            product("food", "infant_formula", 5, 3, 5, from, "婴幼儿唯一食物来源，历史上发生过重大事件"),
            product("farm-products", "vegetables", 4, 4, 3, null, "农药残留风险高，先在批发市场自愿追溯"),
            product("jewellery", "gold", 2, 2, 2, null, "以质量信誉为主，鼓励企业自愿追溯")));
  }

  private static Map<String, Object> product(
      String industry,
      String product,
      int importance,
      int probability,
      int severity,
      @Nullable String mandatoryFrom,
      String reason) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("industry", industry);
    map.put("product", product);
    map.put("list", mandatoryFrom == null ? "ENCOURAGED" : "KEY");
    map.put("importance", importance);
    map.put("probability", probability);
    map.put("severity", severity);
    map.put("reason", reason);
    map.put("mandatoryFrom", mandatoryFrom);
    return map;
  }
}
