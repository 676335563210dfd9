package org.yuanliu.industry;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
        .append("[M] 表示未经核实。 [M] marks what is not verified.\n\n")
        .append("法律法规名称省去“中华人民共和国”。西安市方案：西安市重要产品追溯体系建设实施方案（2017年）；")
        .append("饶平县方案：饶府办〔2016〕26号；上海市方案：上海市开展重要产品追溯体系建设示范项目实施方案（2016年）；")
        .append("商秩发〔2017〕53号：商务部等五部门的指导意见。")
        .append(" Names of laws are given without “中华人民共和国”; the plans are those of Xi'an (2017), ")
        .append(
            "Raoping (2016) and Shanghai (2016), the guidance that of five ministries (2017).\n");
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
      text.append("- ").append(both(lead)).append('\n');
    }
    Retention retention = pack.retention();
    if (retention != null) {
      Localized keep =
          retention.keep() == null ? new Localized("永久", "for ever") : retention.keep().text();
      text.append("- 保存 ").append(keep.zh()).append(" · kept ").append(keep.en());
      text.append(" (").append(retention.source()).append(")\n");
    }
    for (Product product : pack.products()) {
      product(product);
    }
    documents(pack);
    heading(3, new Localized("环节的采集指标", "Data elements of the links"), "");
    Map<String, List<Product>> links = new LinkedHashMap<>();
    for (Product product : pack.products()) {
      for (Link link : product.links()) {
        links.computeIfAbsent(link.id(), id -> new ArrayList<>()).add(product);
      }
    }
    links.forEach((link, products) -> link(pack, link, products));
    codeLists(pack);
    checks(pack);
  }

  private void product(Product product) {
    heading(3, product.names(), product.id());
    text.append(product.source() == null ? "" : product.source() + "\n\n");
    for (Link link : product.links()) {
      text.append("1. ").append(both(link.names())).append(" (`").append(link.id()).append("`)");
      text.append(presence(link)).append('\n');
    }
  }

  private static String presence(Link link) {
    return switch (link.presence()) {
      case Presence.Always() -> " — 必有 · always";
      case Presence.WhenPassing ignored -> " — 经过时必有 · where it passes";
      case Presence.AsNeeded() -> " — 有事由才有 · where there is cause";
      case Presence.TakesOn() -> " — 施行前在用的才有 · where it was in use before";
      case Presence.Optional() -> "";
    };
  }

  private void documents(Pack pack) {
    heading(3, new Localized("单证", "Documents"), "");
    text.append("| 单证 | document | 有效期 expires | 写明数量 covers a quantity | 依据 source |\n")
        .append("|---|---|---|---|---|\n");
    for (DocumentType type : pack.documents().values()) {
      text.append("| ").append(cell(type.names().zh())).append(" | ");
      text.append(cell(type.names().en())).append(" `").append(type.id()).append("` | ");
      text.append(type.expires() ? "是 yes" : "").append(" | ");
      text.append(type.coversQuantity() ? "是 yes" : "").append(" | ");
      text.append(type.source() == null ? "" : cell(type.source())).append(" |\n");
    }
  }

  private void link(Pack pack, String id, List<Product> products) {
    List<Link> links = products.stream().flatMap(product -> product.link(id).stream()).toList();
    Link link = links.getFirst();
    heading(4, link.names(), id);
    List<Localized> who =
        Stream.concat(
                link.roles().stream()
                    .sorted()
                    .map(pack.roles()::get)
                    .filter(Objects::nonNull)
                    .map(Role::names),
                link.nodeTypes().stream()
                    .sorted()
                    .map(pack.nodeTypes()::get)
                    .filter(Objects::nonNull))
            .toList();
    if (!who.isEmpty()) {
      text.append(joined(who)).append("\n\n");
    }
    text.append(link.source() == null ? "" : link.source() + "\n\n");
    for (Localized step : LinkProcedure.of(pack, link)) {
      text.append("1. ").append(step.zh()).append(' ').append(step.en()).append('\n');
    }
    if (link.elements().isEmpty()) {
      return;
    }
    text.append("\n| 指标 | element | 类型 type | | EPCIS | 依据 source |\n|---|---|---|---|---|---|\n");
    for (Element element : link.elements().values()) {
      text.append("| ").append(cell(element.names().zh())).append(" | ");
      text.append(cell(element.names().en())).append(" `").append(element.id()).append("` | ");
      text.append(type(element)).append(units(element, products, id)).append(" | ");
      text.append(marks(element)).append(" | `");
      text.append(cell(LinkStandard.path(pack, element))).append("` | ");
      text.append(element.source() == null ? "" : cell(element.source())).append(" |\n");
    }
  }

  private static String type(Element element) {
    String list =
        element.codeList() == null
            ? ""
            : " [`%s`](#%s)".formatted(element.codeList(), element.codeList());
    return both(element.type().names()) + (element.list() ? "，多个 · several" : "") + list;
  }

  /** The unit of measure; where products differ in it, with the products that have each. */
  private static String units(Element element, List<Product> products, String link) {
    Map<String, List<String>> units = new LinkedHashMap<>();
    for (Product product : products) {
      product
          .link(link)
          .flatMap(one -> one.element(element.id()))
          .map(Element::uom)
          .ifPresent(
              uom -> units.computeIfAbsent(uom, u -> new ArrayList<>()).add(product.names().zh()));
    }
    if (units.size() == 1) {
      return " " + both(UnitWords.of(units.keySet().iterator().next()));
    }
    return units.entrySet().stream()
        .map(e -> "；" + String.join("、", e.getValue()) + " " + both(UnitWords.of(e.getKey())))
        .collect(Collectors.joining());
  }

  private static String marks(Element element) {
    return Stream.of(
            element.required() ? "必填 required" : "",
            element.personal() ? "个人信息 personal" : "",
            element.secret() ? "商业秘密 secret" : "",
            element.isPublic() ? "公开 public" : "")
        .filter(mark -> !mark.isEmpty())
        .collect(Collectors.joining("，"));
  }

  private void codeLists(Pack pack) {
    List<CodeList> used =
        pack.products().stream()
            .flatMap(product -> product.links().stream())
            .flatMap(link -> link.elements().values().stream())
            .map(element -> pack.codeLists().get(String.valueOf(element.codeList())))
            .filter(Objects::nonNull)
            .distinct()
            .toList();
    if (used.isEmpty()) {
      return;
    }
    heading(3, new Localized("代码表", "Code lists"), "");
    for (CodeList list : used) {
      text.append("<a id=\"").append(list.id()).append("\"></a>`").append(list.id()).append("`: ");
      text.append(
          list.words().values().stream()
              .map(word -> "`" + word.code() + "` " + both(word.names()))
              .collect(Collectors.joining("; ")));
      text.append("\n\n");
    }
  }

  private void checks(Pack pack) {
    if (pack.checks().isEmpty()) {
      return;
    }
    heading(3, new Localized("检查", "Checks"), "");
    text.append("| check | | 要求 rule | 不合格时 message | 依据 source |\n|---|---|---|---|---|\n");
    for (Check check : pack.checks().values()) {
      text.append("| `").append(check.id()).append("` | ").append(level(check.level()));
      text.append(" | ").append(cell(both(RuleWords.of(pack, check))));
      text.append(" | ").append(cell(both(check.message())));
      text.append(" | ").append(cell(check.source())).append(" |\n");
    }
  }

  private static String level(CheckLevel level) {
    return switch (level) {
      case REFUSE -> "拒绝 refuse";
      case ALERT -> "报警 alert";
      case WARN -> "提示 warn";
    };
  }

  private void heading(int level, Localized names, String id) {
    text.append('\n').append("#".repeat(level)).append(' ').append(both(names));
    text.append(id.isEmpty() ? "" : " (`" + id + "`)").append("\n\n");
  }

  private static String joined(List<Localized> names) {
    return names.stream().map(Localized::zh).collect(Collectors.joining("、"))
        + " · "
        + names.stream().map(Localized::en).collect(Collectors.joining(", "));
  }

  private static String both(Localized names) {
    return names.zh().equals(names.en()) ? names.zh() : names.zh() + " · " + names.en();
  }

  private static String cell(String words) {
    return words.replace("|", "\\|").replace('\n', ' ');
  }
}
