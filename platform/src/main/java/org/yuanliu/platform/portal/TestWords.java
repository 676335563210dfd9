package org.yuanliu.platform.portal;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yuanliu.industry.Localized;

/**
 * English names of what markets and slaughterhouses test for. An item that is not here stands as it
 * was sent, in either language: a guess at what was tested would be worse.
 */
final class TestWords {
  private static final Localized TEST = new Localized("快速检测", "rapid test");

  private static final Map<String, String> ENGLISH =
      Map.ofEntries(
          Map.entry("农药残留", "pesticide residues"),
          Map.entry("农残", "pesticide residues"),
          Map.entry("有机磷类农药残留", "organophosphate residues"),
          Map.entry("有机磷和氨基甲酸酯类农药残留", "organophosphate and carbamate residues"),
          Map.entry("兽药残留", "veterinary drug residues"),
          Map.entry("β-受体激动剂残留", "beta-agonist residues"),
          Map.entry("β-受体激动剂", "beta-agonists"),
          Map.entry("瘦肉精", "beta-agonists"),
          Map.entry("盐酸克伦特罗", "clenbuterol"),
          Map.entry("克伦特罗", "clenbuterol"),
          Map.entry("莱克多巴胺", "ractopamine"),
          Map.entry("沙丁胺醇", "salbutamol"),
          Map.entry("水分", "moisture"),
          Map.entry("甲醛", "formaldehyde"),
          Map.entry("二氧化硫", "sulphur dioxide"),
          Map.entry("亚硝酸盐", "nitrite"),
          Map.entry("吊白块", "sodium formaldehyde sulphoxylate"),
          Map.entry("孔雀石绿", "malachite green"),
          Map.entry("氯霉素", "chloramphenicol"),
          Map.entry("硝基呋喃代谢物", "nitrofuran metabolites"),
          Map.entry("重金属", "heavy metals"),
          Map.entry("非洲猪瘟病毒核酸", "African swine fever virus, nucleic acid"),
          Map.entry("非洲猪瘟", "African swine fever"));

  private TestWords() {}

  /**
   * @param item as sent; null where the record names none
   */
  static Localized of(@Nullable String item) {
    if (item == null || item.isBlank()) {
      return TEST;
    }
    return new Localized(item, ENGLISH.getOrDefault(item.strip(), item));
  }
}
