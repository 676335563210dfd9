package org.yuanliu.platform.standards;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.yuanliu.industry.Check;
import org.yuanliu.industry.CodeList;
import org.yuanliu.industry.Element;
import org.yuanliu.industry.Link;
import org.yuanliu.industry.LinkProcedure;
import org.yuanliu.industry.LinkStandard;
import org.yuanliu.industry.Localized;
import org.yuanliu.industry.Pack;
import org.yuanliu.industry.Product;
import org.yuanliu.industry.RuleWords;

/** A link's page in one language. */
record StandardView(
    List<String> who,
    List<Row> elements,
    List<String> procedure,
    List<Rule> checks,
    List<String> events) {

  /** One data element. */
  record Row(
      String id,
      String name,
      String help,
      String type,
      boolean required,
      String privacy,
      String codes,
      String path,
      String source) {}

  /** One check. */
  record Rule(String id, String level, String words, String message, String source) {}

  static StandardView of(Pack pack, Product product, Link link, boolean english) {
    List<String> who =
        Stream.concat(
                link.roles().stream()
                    .sorted()
                    .map(role -> pack.roles().get(role))
                    .filter(Objects::nonNull)
                    .map(role -> in(role.names(), english)),
                link.nodeTypes().stream()
                    .sorted()
                    .map(kind -> pack.nodeTypes().get(kind))
                    .filter(Objects::nonNull)
                    .map(names -> in(names, english)))
            .toList();
    return new StandardView(
        who,
        link.elements().values().stream().map(element -> row(pack, element, english)).toList(),
        LinkProcedure.of(pack, link).stream().map(step -> in(step, english)).toList(),
        checks(
            pack,
            pack.checks().values().stream()
                .filter(check -> check.links().contains(link.id()))
                .filter(
                    check -> check.products().isEmpty() || check.products().contains(product.id()))
                .toList(),
            english),
        link.events().stream()
            .map(
                event ->
                    event.type()
                        + (event.action() == null ? "" : " " + event.action())
                        + " · "
                        + event.bizStep().substring(event.bizStep().lastIndexOf('/') + 1))
            .toList());
  }

  static List<Rule> checks(Pack pack, Collection<Check> checks, boolean english) {
    return checks.stream()
        .map(
            check ->
                new Rule(
                    check.id(),
                    check.level().id(),
                    in(RuleWords.of(pack, check), english),
                    in(check.message(), english),
                    check.source()))
        .toList();
  }

  private static Row row(Pack pack, Element element, boolean english) {
    CodeList list = pack.codeLists().get(String.valueOf(element.codeList()));
    String codes =
        list == null
            ? String.join(
                english ? ", " : "、",
                element.schemes().stream()
                    .sorted()
                    .map(scheme -> english ? scheme.enName() : scheme.zhName())
                    .toList())
            : String.join(
                english ? ", " : "、",
                list.words().values().stream()
                    .map(word -> word.code() + " " + in(word.names(), english))
                    .toList());
    String privacy = element.personal() ? "personal" : element.secret() ? "secret" : "";
    return new Row(
        element.id(),
        in(element.names(), english),
        element.help() == null ? "" : in(element.help(), english),
        type(element, english),
        element.required(),
        privacy,
        codes,
        LinkStandard.path(pack, element),
        element.source() == null ? "" : element.source());
  }

  /** 小数（KGM）, or decimal (KGM). */
  private static String type(Element element, boolean english) {
    Localized word =
        switch (element.type()) {
          case TEXT -> new Localized("文本", "text");
          case INTEGER -> new Localized("整数", "whole number");
          case DECIMAL -> new Localized("小数", "decimal number");
          case BOOLEAN -> new Localized("是否", "yes or no");
          case DATE -> new Localized("日期", "date");
          case TIME -> new Localized("时间", "date and time");
          case CODE -> new Localized("代码", "word of a list");
          case UNIT -> new Localized("追溯单元编码", "code of a trace unit");
          case PARTY -> new Localized("主体码", "code of a party");
          case PLACE -> new Localized("地点编码", "code of a place");
          case DOCUMENT -> new Localized("单证号", "number of a document");
          case READINGS -> new Localized("测量记录", "measurements");
        };
    String several = element.list() ? (english ? ", several" : "，可多个") : "";
    return in(word, english) + several + (element.uom() == null ? "" : " (" + element.uom() + ")");
  }

  private static String in(Localized text, boolean english) {
    return english ? text.en() : text.zh();
  }
}
