package org.yuanliu.platform.standards;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.yuanliu.industry.Check;
import org.yuanliu.industry.CodeList;
import org.yuanliu.industry.Element;
import org.yuanliu.industry.Link;
import org.yuanliu.industry.LinkProcedure;
import org.yuanliu.industry.LinkStandard;
import org.yuanliu.industry.Localized;
import org.yuanliu.industry.Pack;
import org.yuanliu.industry.Presence;
import org.yuanliu.industry.Product;
import org.yuanliu.industry.RuleWords;
import org.yuanliu.industry.UnitWords;

/** A link's page in one language. */
record StandardView(
    String when,
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
      List<Word> words,
      String path,
      String source) {}

  /** A word of a code list, or a scheme that codes may be of. */
  record Word(String code, String name) {}

  /**
   * One check.
   *
   * @param links whose records it judges; empty where a page is about one of them
   */
  record Rule(String id, String level, String links, String words, String message, String source) {}

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
        when(pack, link, english),
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
            false,
            english),
        link.events().stream()
            .map(
                event ->
                    event.type()
                        + (event.action() == null ? "" : " " + event.action())
                        + " · "
                        + event.bizStep().replaceFirst("^.*(?:/|BizStep-)", ""))
            .toList());
  }

  /** When the link must be there, and how long its report may take. */
  private static String when(Pack pack, Link link, boolean english) {
    Localized said =
        switch (link.presence()) {
          case Presence.Always() -> new Localized("每条链都要有", "on every chain");
          case Presence.WhenPassing(Set<String> kinds) -> {
            List<Localized> names =
                kinds.stream()
                    .sorted()
                    .map(pack.nodeTypes()::get)
                    .filter(Objects::nonNull)
                    .toList();
            yield new Localized(
                "经过" + String.join("、", names.stream().map(Localized::zh).toList()) + "时要有",
                "where it passes: "
                    + String.join(", ", names.stream().map(Localized::en).toList()));
          }
          case Presence.AsNeeded() -> new Localized("有事由才有", "where there is cause");
          case Presence.TakesOn() ->
              new Localized(
                  "施行前在用的才有，以前的环节不再要求",
                  "where it was in use before; nothing before it is asked for");
          case Presence.Optional() -> new Localized("可以有", "may be there");
        };
    long hours = link.grace().toHours();
    return in(said, english)
        + (english ? "; reported within " + hours + " hours" : "；" + hours + " 小时内上报");
  }

  /**
   * @param withLinks whether it is said which links a check judges
   */
  static List<Rule> checks(
      Pack pack, Collection<Check> checks, boolean withLinks, boolean english) {
    return checks.stream()
        .map(
            check ->
                new Rule(
                    check.id(),
                    check.level().id(),
                    withLinks ? in(RuleWords.links(pack, check), english) : "",
                    in(RuleWords.of(pack, check), english),
                    in(check.message(), english),
                    check.source()))
        .toList();
  }

  private static Row row(Pack pack, Element element, boolean english) {
    CodeList list = pack.codeLists().get(String.valueOf(element.codeList()));
    List<Word> words =
        list == null
            ? element.schemes().stream()
                .sorted()
                .map(scheme -> new Word(scheme.id(), english ? scheme.enName() : scheme.zhName()))
                .toList()
            : list.words().values().stream()
                .map(word -> new Word(word.code(), in(word.names(), english)))
                .toList();
    String privacy = element.personal() ? "personal" : element.secret() ? "secret" : "";
    return new Row(
        element.id(),
        in(element.names(), english),
        element.help() == null ? "" : in(element.help(), english),
        type(element, english),
        element.required(),
        privacy,
        words,
        LinkStandard.path(pack, element),
        element.source() == null ? "" : element.source());
  }

  /** 小数（KGM）, or decimal (KGM). */
  static String type(Element element, boolean english) {
    Localized word = element.type().names();
    String several = element.list() ? (english ? ", several" : "，可多个") : "";
    return in(word, english) + several + unit(element, english);
  }

  private static String unit(Element element, boolean english) {
    String uom = element.uom();
    if (uom == null) {
      return "";
    }
    String word = in(UnitWords.of(uom), english);
    String both = word.equals(uom) ? uom : word + " " + uom;
    return english ? " (" + both + ")" : "（" + both + "）";
  }

  private static String in(Localized text, boolean english) {
    return english ? text.en() : text.zh();
  }
}
