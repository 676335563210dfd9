package org.yuanliu.industry;

import java.util.Map;

/** Units of measure (UN/ECE Recommendation 20) as people write them. */
public final class UnitWords {
  private static final Map<String, Localized> WORDS =
      Map.ofEntries(
          Map.entry("KGM", new Localized("千克", "kg")),
          Map.entry("GRM", new Localized("克", "g")),
          Map.entry("TNE", new Localized("吨", "t")),
          Map.entry("LTR", new Localized("升", "l")),
          Map.entry("MLT", new Localized("毫升", "ml")),
          Map.entry("MTQ", new Localized("立方米", "m³")),
          Map.entry("MTR", new Localized("米", "m")),
          Map.entry("MMT", new Localized("毫米", "mm")),
          Map.entry("MTS", new Localized("米/秒", "m/s")),
          Map.entry("CEL", new Localized("℃", "°C")),
          Map.entry("BAR", new Localized("巴", "bar")),
          Map.entry("MPA", new Localized("兆帕", "MPa")),
          Map.entry("P1", new Localized("%", "%")),
          Map.entry("HEA", new Localized("头", "heads")),
          Map.entry("H87", new Localized("只", "pieces")),
          Map.entry("C62", new Localized("个", "pieces")),
          Map.entry("EA", new Localized("个", "pieces")),
          Map.entry("CS", new Localized("箱", "cases")),
          Map.entry("DAY", new Localized("天", "days")),
          Map.entry("HUR", new Localized("小时", "hours")),
          Map.entry("MIN", new Localized("分钟", "minutes")));

  private UnitWords() {}

  /** The code itself where nobody has a word for it. */
  public static Localized of(String uom) {
    return WORDS.getOrDefault(uom, new Localized(uom, uom));
  }
}
