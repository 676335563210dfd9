package org.yuanliu.platform.access;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The disclosure policy as data: who, in which relation to a record, sees what of it. {@code
 * docs/disclosure.md} is made from these lines, and {@link DisclosurePolicy} decides by them.
 */
enum DisclosureRule {
  CONSUMER(Who.CONSUMER, Relation.ELSEWHERE, Sight.PUBLIC_FIELDS, Personal.NEVER),
  FIRM_OWN(Who.ENTERPRISE, Relation.OWN, Sight.WHOLE, Personal.WITH_REASON),
  FIRM_TRADED(Who.ENTERPRISE, Relation.TRADED, Sight.WHOLE, Personal.NEVER),
  FIRM_NAMED(Who.ENTERPRISE, Relation.NAMED, Sight.WITHOUT_SECRETS, Personal.NEVER),
  FIRM_AGREED(Who.ENTERPRISE, Relation.AGREED, Sight.WITHOUT_SECRETS, Personal.NEVER),
  FIRM_AGREED_WHOLE(Who.ENTERPRISE, Relation.AGREED_WHOLE, Sight.WHOLE, Personal.NEVER),
  FIRM_ELSEWHERE(Who.ENTERPRISE, Relation.ELSEWHERE, Sight.PUBLIC_FIELDS, Personal.NEVER),
  REGULATOR_IN_SCOPE(Who.REGULATOR, Relation.IN_SCOPE, Sight.WHOLE, Personal.WITH_REASON),
  REGULATOR_ELSEWHERE(Who.REGULATOR, Relation.ELSEWHERE, Sight.PUBLIC_FIELDS, Personal.NEVER),
  OPERATOR(Who.OPERATOR, Relation.ELSEWHERE, Sight.WHOLE, Personal.WITH_REASON),
  PAGE(Who.PUBLIC_PAGE, Relation.ELSEWHERE, Sight.WHOLE, Personal.NEVER);

  /** Kinds of {@link Viewer}. */
  enum Who {
    CONSUMER("公众 · anyone"),
    ENTERPRISE("企业、市场 · a firm, a market"),
    REGULATOR("监管部门 · a regulator"),
    OPERATOR("平台运行方 · the platform's operator"),
    PUBLIC_PAGE("公众页自身的核验 · the public page's own check");

    private final String shown;

    Who(String shown) {
      this.shown = shown;
    }

    static Who of(Viewer viewer) {
      return switch (viewer) {
        case Viewer.Consumer consumer -> CONSUMER;
        case Viewer.Enterprise enterprise -> ENTERPRISE;
        case Viewer.Regulator regulator -> REGULATOR;
        case Viewer.Operator operator -> OPERATOR;
        case Viewer.PublicPage page -> PUBLIC_PAGE;
      };
    }
  }

  /** How a record relates to who asks. */
  enum Relation {
    OWN("自己上报或负责的 · reported or answered for by itself"),
    TRADED("他人记录中写明的买方或卖方（上下一环） · names it as buyer or seller: one step up or down"),
    NAMED("他人记录中以其他身份点名的 · names it otherwise: carrier, warehouse"),
    AGREED("数据协议之内的（合作平台） · in a data set agreed with it (partner platforms)"),
    AGREED_WHOLE("数据协议之内且协议写明商业秘密的 · in a data set agreed with it, commercial secrets named"),
    IN_SCOPE("本辖区、本行业的 · in its divisions and industries"),
    ELSEWHERE("其他 · anything else");

    private final String shown;

    Relation(String shown) {
      this.shown = shown;
    }
  }

  /** What of a record is seen. */
  enum Sight {
    WHOLE("全部字段 · every field"),
    WITHOUT_SECRETS("除商业秘密以外的字段 · every field but commercial secrets"),
    /** On the public page with the code in hand; over the interface it is a 404. */
    PUBLIC_FIELDS("持码时仅公开字段，接口上为404 · with the code the public fields, else 404");

    private final String shown;

    Sight(String shown) {
      this.shown = shown;
    }
  }

  /** Whether personal values are seen, which are no fields of the record but stand beside it. */
  enum Personal {
    WITH_REASON("有“个人信息”权限并写明理由时，平时掩码 · with the permission and a reason, else masked"),
    NEVER("不可见 · never");

    private final String shown;

    Personal(String shown) {
      this.shown = shown;
    }
  }

  private record Case(Who who, Relation relation) {}

  private static final Map<Case, DisclosureRule> RULES =
      Arrays.stream(values())
          .collect(
              Collectors.toUnmodifiableMap(
                  rule -> new Case(rule.who, rule.relation), Function.identity()));

  private final Who who;
  private final Relation relation;
  private final Sight sight;
  private final Personal personal;

  DisclosureRule(Who who, Relation relation, Sight sight, Personal personal) {
    this.who = who;
    this.relation = relation;
    this.sight = sight;
    this.personal = personal;
  }

  /**
   * @throws IllegalStateException there is no line for this case: nothing is shown by default
   */
  static DisclosureRule of(Who who, Relation relation) {
    DisclosureRule rule = RULES.get(new Case(who, relation));
    if (rule == null) {
      throw new IllegalStateException("no rule for " + who + " and " + relation);
    }
    return rule;
  }

  Sight sight() {
    return sight;
  }

  Personal personal() {
    return personal;
  }

  /**
   * A line of the policy; each text Chinese, a middle dot, English.
   *
   * @param rule its name in the code
   */
  record Shown(String rule, String who, String relation, String sight, String personal) {}

  /** The policy, line by line. */
  static List<Shown> shown() {
    return Arrays.stream(values())
        .map(
            rule ->
                new Shown(
                    rule.name(),
                    rule.who.shown,
                    rule.relation.shown,
                    rule.sight.shown,
                    rule.personal.shown))
        .toList();
  }

  /** The policy as a table in Markdown. */
  static String table() {
    return Arrays.stream(values())
        .map(
            rule ->
                "| "
                    + rule.who.shown
                    + " | "
                    + rule.relation.shown
                    + " | "
                    + rule.sight.shown
                    + " | "
                    + rule.personal.shown
                    + " |\n")
        .collect(
            Collectors.joining(
                "",
                """
                | 谁 · who | 记录 · the record | 看到 · sees | 个人信息 · personal values |
                |---|---|---|---|
                """,
                ""));
  }
}
