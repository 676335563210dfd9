package org.yuanliu.platform.portal;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yuanliu.industry.Localized;

/** Plain words for business steps (CBV 2.0 and ours), where the product's pack has none. */
final class StepWords {
  private static final Localized RECORDED = new Localized("登记", "recorded");

  private static final Map<String, Localized> WORDS =
      Map.ofEntries(
          word("commissioning", "生产登记", "produced"),
          word("shipping", "发货", "sent off"),
          word("departing", "启运", "departed"),
          word("transporting", "运输", "transport"),
          word("arriving", "到达", "arrived"),
          word("receiving", "收货", "received"),
          word("accepting", "验收", "accepted"),
          word("loading", "装车", "loaded"),
          word("unloading", "卸车", "unloaded"),
          word("packing", "包装", "packed"),
          word("unpacking", "拆包", "unpacked"),
          word("storing", "储存", "stored"),
          word("inspecting", "检验", "inspected"),
          word("sampling", "抽样", "sampled"),
          word("holding", "暂存", "held"),
          word("stocking", "上架", "put on the shelf"),
          word("retail_selling", "零售", "sold at retail"),
          word("destroying", "销毁", "destroyed"),
          word("decommissioning", "注销", "withdrawn"),
          word("slaughtering", "屠宰", "slaughtered"),
          word("lairage", "待宰静养", "rested before slaughter"),
          word("market_entry", "进场登记", "entered the market"),
          word("rapid_testing", "快速检测", "rapid test"),
          word("selling", "批发交易", "sold to a trader"),
          word("harmless_disposal", "无害化处理", "harmless disposal"),
          word("sample_keeping", "食品留样", "sample kept"));

  private StepWords() {}

  static Localized of(@Nullable String bizStep) {
    if (bizStep == null) {
      return RECORDED;
    }
    String local = bizStep.substring(bizStep.lastIndexOf('-') + 1);
    return WORDS.getOrDefault(local, RECORDED);
  }

  private static Map.Entry<String, Localized> word(String step, String zh, String en) {
    return Map.entry(step, new Localized(zh, en));
  }
}
