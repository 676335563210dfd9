package org.yuanliu.platform.packs;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.yuanliu.epcis.YlVocabulary;
import org.yuanliu.industry.Criterion;
import org.yuanliu.industry.Link;
import org.yuanliu.industry.Localized;
import org.yuanliu.industry.Pack;
import org.yuanliu.industry.PackSet;

/**
 * Plain words for business steps, where nobody knows the product: those of CBV 2.0 (7.1) and ours
 * from a list, others from the links that are recognised by nothing but them.
 */
@Service
public final class StepWords {
  private static final String CBV = "https://ref.gs1.org/cbv/BizStep-";
  private static final Localized RECORDED = new Localized("登记", "recorded");

  private static final Map<String, Localized> WORDS =
      Map.ofEntries(
          cbv("accepting", "验收", "accepted"),
          cbv("arriving", "到达", "arrived"),
          cbv("assembling", "装配", "assembled"),
          cbv("collecting", "回收", "collected"),
          cbv("commissioning", "生产登记", "produced"),
          cbv("consigning", "托运", "consigned"),
          cbv("creating_class_instance", "批次登记", "lot registered"),
          cbv("cycle_counting", "循环盘点", "counted in rotation"),
          cbv("decommissioning", "注销", "withdrawn"),
          cbv("departing", "启运", "departed"),
          cbv("destroying", "销毁", "destroyed"),
          cbv("disassembling", "拆解", "taken apart"),
          cbv("dispensing", "调配发放", "dispensed"),
          cbv("encoding", "写码", "encoded"),
          cbv("entering_exiting", "出入", "entered or left"),
          cbv("holding", "暂存", "held"),
          cbv("inspecting", "检验", "inspected"),
          cbv("installing", "安装", "installed"),
          cbv("killing", "标签灭活", "tag ended"),
          cbv("loading", "装车", "loaded"),
          cbv("other", "其他", "other"),
          cbv("packing", "包装", "packed"),
          cbv("picking", "拣货", "picked"),
          cbv("receiving", "收货", "received"),
          cbv("removing", "拆下", "removed"),
          cbv("repackaging", "重新包装", "packed anew"),
          cbv("repairing", "维修", "repaired"),
          cbv("replacing", "更换", "replaced"),
          cbv("reserving", "预留", "reserved"),
          cbv("retail_selling", "零售", "sold at retail"),
          cbv("sampling", "抽样", "sampled"),
          cbv("sensor_reporting", "传感器记录", "reported by a sensor"),
          cbv("shipping", "发货", "sent off"),
          cbv("staging_outbound", "出库待运", "staged for dispatch"),
          cbv("stock_taking", "盘点", "stock taken"),
          cbv("stocking", "上架", "put on the shelf"),
          cbv("storing", "储存", "stored"),
          cbv("transporting", "运输", "transport"),
          cbv("unloading", "卸车", "unloaded"),
          cbv("unpacking", "拆包", "unpacked"),
          cbv("void_shipping", "发货作废", "dispatch cancelled"),
          word(YlVocabulary.STEP_SLAUGHTERING, "屠宰", "slaughtered"),
          word(YlVocabulary.STEP_LAIRAGE, "待宰静养", "rested before slaughter"),
          word(YlVocabulary.STEP_MARKET_ENTRY, "进场登记", "entered the market"),
          word(YlVocabulary.STEP_RAPID_TESTING, "快速检测", "rapid test"),
          word(YlVocabulary.STEP_SELLING, "批发交易", "sold to a trader"),
          word(YlVocabulary.STEP_HARMLESS_DISPOSAL, "无害化处理", "harmless disposal"),
          word(YlVocabulary.STEP_SAMPLE_KEEPING, "食品留样", "sample kept"));

  /** Of several links' names the one that most packs have, then the shortest. */
  private static final Comparator<Map.Entry<Localized, Set<String>>> MORE_GENERAL =
      Comparator.<Map.Entry<Localized, Set<String>>>comparingInt(entry -> entry.getValue().size())
          .thenComparingInt(entry -> -entry.getKey().zh().length())
          .thenComparing(entry -> entry.getKey().zh());

  private final Packs packs;
  private final AtomicReference<Kept> kept = new AtomicReference<>();

  /** The words by one set of packs. */
  private record Kept(PackSet packs, Map<String, Localized> words) {}

  StepWords(Packs packs) {
    this.packs = requireNonNull(packs, "packs is null");
  }

  /**
   * @param bizStep URI of the step; null where the event names none
   */
  public Localized of(@Nullable String bizStep) {
    if (bizStep == null) {
      return RECORDED;
    }
    Localized word = WORDS.get(bizStep);
    return word == null ? all().getOrDefault(bizStep, RECORDED) : word;
  }

  /** Every step that has a word, by URI; made once for each set of packs. */
  Map<String, Localized> all() {
    PackSet now = packs.current();
    Kept known = kept.get();
    if (known == null || known.packs() != now) {
      known = new Kept(now, all(now));
      kept.set(known);
    }
    return known.words();
  }

  private static Map<String, Localized> all(PackSet packs) {
    Map<String, Map<Localized, Set<String>>> named = new HashMap<>();
    for (Pack pack : packs.all()) {
      for (Link link : pack.products().stream().flatMap(p -> p.links().stream()).toList()) {
        for (Criterion criterion : link.recognisedBy()) {
          if (criterion.bizSteps().size() == 1) {
            named
                .computeIfAbsent(criterion.bizSteps().iterator().next(), step -> new HashMap<>())
                .computeIfAbsent(link.names(), names -> new HashSet<>())
                .add(pack.id());
          }
        }
      }
    }
    Map<String, Localized> all = new TreeMap<>();
    named.forEach(
        (step, names) -> all.put(step, Collections.max(names.entrySet(), MORE_GENERAL).getKey()));
    all.putAll(WORDS);
    return Collections.unmodifiableMap(all);
  }

  private static Map.Entry<String, Localized> cbv(String step, String zh, String en) {
    return word(CBV + step, zh, en);
  }

  private static Map.Entry<String, Localized> word(String uri, String zh, String en) {
    return Map.entry(uri, new Localized(zh, en));
  }
}
