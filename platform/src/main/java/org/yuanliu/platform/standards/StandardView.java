package org.yuanliu.platform.standards;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.yuanliu.industry.Check;
import org.yuanliu.industry.CodeList;
import org.yuanliu.industry.Element;
import org.yuanliu.industry.Link;
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
        link.procedure().stream().map(step -> in(step, english)).toList(),
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
                    in(RuleWords.of(pack, check.rule()), english),
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
        element.type().id() + (element.uom() == null ? "" : " " + element.uom()),
        element.required(),
        privacy,
        codes,
        LinkStandard.path(pack, element),
        element.source() == null ? "" : element.source());
  }

  private static String in(Localized text, boolean english) {
    return english ? text.en() : text.zh();
  }
}
