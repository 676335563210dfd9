package org.yuanliu.industry;

import java.util.LinkedHashMap;
import java.util.Map;

/** What the packs ask for, as one Markdown document for readers who want it on paper. */
public final class IndustriesDoc {
  private final StringBuilder text = new StringBuilder();

  private IndustriesDoc() {}

  /** Every pack's newest version: products, links, elements, checks, each with its source. */
  public static String markdown(PackSet packs) {
    IndustriesDoc doc = new IndustriesDoc();
    doc.text
        .append("# 各行业追溯要求 · What each industry records\n\n")
        .append("本文由行业包生成，不要手改。 This page is made from the packs; don't edit it. ")
        .append("[M] 表示未经核实。 [M] marks what is not verified.\n");
    Map<String, Pack> newest = new LinkedHashMap<>();
    packs.all().forEach(pack -> newest.putIfAbsent(pack.id(), pack));
    newest.values().forEach(doc::pack);
    return doc.text.toString();
  }

  private void pack(Pack pack) {
    heading(2, pack.names(), pack.id());
    text.append("版本 ").append(pack.version()).append("，自 ").append(pack.effectiveFrom());
    text.append(" 起 · version ").append(pack.version()).append(" from ");
    text.append(pack.effectiveFrom()).append("\n\n");
    for (Localized lead : pack.leads()) {
      text.append("- ").append(lead.zh()).append(" · ").append(lead.en()).append('\n');
    }
    Retention retention = pack.retention();
    if (retention != null) {
      Localized keep =
          retention.keep() == null ? new Localized("永久", "for ever") : retention.keep().text();
      text.append("- 保存 ").append(keep.zh()).append(" · kept ").append(keep.en());
      text.append(" (").append(retention.source()).append(")\n");
    }
    for (Product product : pack.products()) {
      heading(3, product.names(), product.id());
      text.append(product.source() == null ? "" : product.source() + "\n\n");
      for (Link link : product.links()) {
        text.append("- ").append(link.names().zh()).append(" · ").append(link.names().en());
        text.append(" (`").append(link.id()).append("`)\n");
      }
    }
    heading(3, new Localized("环节的采集指标", "Data elements of the links"), "");
    Map<String, Link> links = new LinkedHashMap<>();
    pack.products().forEach(p -> p.links().forEach(l -> links.putIfAbsent(l.id(), l)));
    links.values().forEach(link -> link(pack, link));
    checks(pack);
  }

  private void link(Pack pack, Link link) {
    heading(4, link.names(), link.id());
    text.append(link.source() == null ? "" : link.source() + "\n\n");
    if (link.elements().isEmpty()) {
      return;
    }
    text.append("| 指标 | element | type | | EPCIS | 依据 source |\n|---|---|---|---|---|---|\n");
    for (Element element : link.elements().values()) {
      text.append("| ").append(cell(element.names().zh())).append(" | ");
      text.append(cell(element.names().en())).append(" `").append(element.id()).append("` | ");
      text.append(element.type().id());
      text.append(element.uom() == null ? "" : " " + element.uom()).append(" | ");
      text.append(element.required() ? "必填" : "");
      text.append(element.personal() ? " 个人信息" : "").append(element.secret() ? " 商业秘密" : "");
      text.append(" | `").append(cell(LinkStandard.path(pack, element))).append("` | ");
      text.append(element.source() == null ? "" : cell(element.source())).append(" |\n");
    }
  }

  private void checks(Pack pack) {
    if (pack.checks().isEmpty()) {
      return;
    }
    heading(3, new Localized("检查", "Checks"), "");
    text.append("| check | | 要求 rule | 不合格时 message | 依据 source |\n|---|---|---|---|---|\n");
    for (Check check : pack.checks().values()) {
      Localized words = RuleWords.of(pack, check);
      text.append("| `").append(check.id()).append("` | ").append(check.level().id());
      text.append(" | ").append(cell(words.zh())).append(" · ").append(cell(words.en()));
      text.append(" | ").append(cell(check.message().zh()));
      text.append(" | ").append(cell(check.source())).append(" |\n");
    }
  }

  private void heading(int level, Localized names, String id) {
    text.append('\n').append("#".repeat(level)).append(' ').append(names.zh()).append(" · ");
    text.append(names.en()).append(id.isEmpty() ? "" : " (`" + id + "`)").append("\n\n");
  }

  private static String cell(String words) {
    return words.replace("|", "\\|").replace('\n', ' ');
  }
}
