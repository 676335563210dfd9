package org.yuanliu.industry;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a check asks for, in plain words with its limits, for the published standard. */
public final class RuleWords {
  private final Pack pack;

  private RuleWords(Pack pack) {
    this.pack = pack;
  }

  /** One sentence without its end: when it is asked, and what for. */
  public static Localized of(Pack pack, Check check) {
    RuleWords words = new RuleWords(pack);
    Localized rule = words.words(check.rule());
    Expression when = check.when();
    return tidy(
        when == null
            ? rule
            : say("%s时：%s", "where %s: %s", ExpressionWords.of(pack, words, when), rule));
  }

  /** The links whose events a check judges, in the order of the chain. */
  public static Localized links(Pack pack, Check check) {
    RuleWords words = new RuleWords(pack);
    List<Localized> names =
        pack.products().stream()
            .flatMap(product -> product.links().stream())
            .map(Link::id)
            .filter(check.links()::contains)
            .distinct()
            .map(words::link)
            .toList();
    return join(names, "、", ", ");
  }

  /** Parts that are left out leave their spaces behind. */
  private static Localized tidy(Localized said) {
    String english = said.en().replaceAll(" +", " ").replaceAll(" ([,;)])", "$1");
    return new Localized(said.zh(), english.strip());
  }

  private Localized words(CheckRule rule) {
    return switch (rule) {
      case CheckRule.Holds(Expression expression) ->
          say("须%s", "must hold: %s", ExpressionWords.of(pack, this, expression));
      case CheckRule.Balance r ->
          say(
              "按%s合计，%s的数量%s%s的数量%s%s",
              "by %s: what goes out at %s is %s what came in at %s%s%s",
              list(r.key(), this::key),
              links(r.out().keySet()),
              r.exact() ? new Localized("等于", "equal to") : new Localized("不多于", "no more than"),
              links(r.in().keySet()),
              tolerance(r.tolerancePercent()),
              bound("，到齐期限", ", complete within", limit(r.settle(), Span::text)));
      case CheckRule.Yield r ->
          say(
              "产出与投入之比%s%s",
              "output to input%s%s",
              bound("不低于", "at least", limit(r.min(), RuleWords::percent)),
              bound("不高于", "at most", limit(r.max(), RuleWords::percent)));
      case CheckRule.Quota r ->
          say(
              "按%s%s累计不超过%s",
              "by %s%s: in all no more than %s",
              list(r.key(), this::key),
              period(r.period()),
              limit(r.limit(), RuleWords::plain));
      case CheckRule.Expiry r ->
          say(
              "不晚于%s%s%s",
              "not later than %s%s%s",
              element(r.of()),
              bound("加", "plus", limit(r.plus(), Span::text)),
              bound("，至少还剩", ", at least left:", limit(r.left(), Span::text)));
      case CheckRule.Interval r ->
          say(
              "距上一次%s%s%s%s",
              "since the last %s%s%s%s",
              links(r.since()),
              bound("至少", "at least", limit(r.min(), Span::text)),
              bound("至多", "at most", limit(r.max(), Span::text)),
              r.recurring() ? new Localized("，到期须再做", ", then due again") : NOTHING);
      case CheckRule.Sequence r -> sequence(r);
      case CheckRule.State r ->
          say(
              "上一次%s的%s须为%s",
              "at the last %s, %s must be %s",
              links(r.last()),
              element(r.element()),
              r.equalTo() == null
                  ? list(r.is(), word -> ExpressionWords.word(pack, this, r.element(), word))
                  : say("本次的%s", "%s of this event", element(r.equalTo())));
      case CheckRule.Once r ->
          say(
              "每个%s至多%s次%s",
              "for each %s at most %s times%s",
              list(r.key(), this::key),
              limit(r.limit(), RuleWords::plain),
              r.back().isEmpty() ? NOTHING : say("（扣除%s）", " (net of %s)", links(r.back())));
      case CheckRule.Permit r ->
          say(
              "凭已登记、在有效期内的%s%s，累计不超过其数量%s",
              "on a registered and valid %s%s, within its quantity%s",
              document(r.document()),
              r.subject() == null
                  ? NOTHING
                  : say("（发给%s的）", " (made out to the %s)", key(r.subject())),
              tolerance(r.tolerancePercent()));
      case CheckRule.ColdChain r ->
          say(
              "%s%s%s%s",
              "%s%s%s%s",
              new Localized(r.measure().equals("Temperature") ? "温度" : r.measure(), r.measure()),
              bound("不低于", "at least", limit(r.min(), RuleWords::plain)),
              bound("不高于", "at most", limit(r.max(), RuleWords::plain)),
              bound(
                  "，测量间隔不超过",
                  ", measured at least every",
                  r.gap() == null ? null : r.gap().text()));
      case CheckRule.Upstream r -> say("此前经过%s", "came through %s before", links(r.links()));
      case CheckRule.Licence r ->
          say(
              "%s持有有效的%s%s",
              "%s holds a valid %s%s",
              key(r.of()),
              document(r.document()),
              r.scope() == null ? NOTHING : scope(r.scope()));
      case CheckRule.Deadline r -> {
        Localized when =
            r.dayOfNextMonth() > 0
                ? new Localized(
                    "次月" + r.dayOfNextMonth() + "日前",
                    "by day " + r.dayOfNextMonth() + " of the next month")
                : within(limit(r.within(), Span::text));
        yield r.followedBy().isEmpty()
            ? say("上报时限：%s", "reported %s", when)
            : say("%s须有%s", "%s followed by %s", when, links(r.followedBy()));
      }
    };
  }

  private Localized scope(String scope) {
    boolean yesOrNo =
        pack.products().stream()
            .flatMap(product -> product.links().stream())
            .flatMap(link -> link.element(scope).stream())
            .anyMatch(element -> element.type() == ElementType.BOOLEAN);
    return yesOrNo
        ? say("；为%s的，许可范围须写明", "; where it is a %s, the scope must say so", element(scope))
        : say("，范围含%s", " whose scope covers %s", element(scope));
  }

  private static final Localized NOTHING = new Localized("\u200b", "\u200b");

  private Localized sequence(CheckRule.Sequence rule) {
    Set<Set<String>> before = new HashSet<>();
    rule.after().values().forEach(links -> before.add(Set.copyOf(links)));
    Set<String> ends = new TreeSet<>(rule.after().keySet());
    if (before.size() == 1) {
      Set<String> free = before.iterator().next();
      ends.removeAll(free);
      // Anything before anything, and nothing after the ends.
      if (!ends.isEmpty() && free.contains(CheckRule.Sequence.START)) {
        Set<String> others = new TreeSet<>(rule.after().keySet());
        others.removeAll(ends);
        return say("%s之后不得再有%s", "after %s there is no more %s", links(ends), links(others));
      }
    }
    List<Localized> parts = new ArrayList<>();
    for (Map.Entry<String, ? extends Collection<String>> entry : rule.after().entrySet()) {
      parts.add(after(links(List.of(entry.getKey())), new TreeSet<>(entry.getValue())));
    }
    return join(parts, "；", "; ");
  }

  private Localized after(Localized link, Set<String> before) {
    boolean first = before.remove(CheckRule.Sequence.START);
    if (before.isEmpty()) {
      return say("%s须最先", "%s comes first", link);
    }
    return first
        ? say("%s须最先，或在%s之后", "%s comes first or after %s", link, links(before))
        : say("%s须在%s之后", "%s comes after %s", link, links(before));
  }

  private static Localized tolerance(BigDecimal percent) {
    return percent.signum() == 0
        ? NOTHING
        : new Localized(
            "（允许差" + percent.toPlainString() + "%）",
            " (tolerance " + percent.toPlainString() + " %)");
  }

  private static Localized period(CheckPeriod period) {
    return switch (period) {
      case ALWAYS -> NOTHING;
      case DAY -> new Localized("每日", " a day");
      case MONTH -> new Localized("每月", " a month");
      case QUARTER -> new Localized("每季", " a quarter");
      case YEAR -> new Localized("每年", " a year");
    };
  }

  private static Localized within(@Nullable Localized limit) {
    return limit == null ? NOTHING : new Localized(limit.zh() + "之内", "within " + limit.en());
  }

  private static Localized bound(String zh, String en, @Nullable Localized limit) {
    return limit == null ? NOTHING : new Localized(zh + limit.zh(), " " + en + " " + limit.en());
  }

  private static Localized plain(BigDecimal number) {
    return new Localized(number.toPlainString(), number.toPlainString());
  }

  private static Localized percent(BigDecimal number) {
    return new Localized(number.toPlainString() + "%", number.toPlainString() + " %");
  }

  private <T> @Nullable Localized limit(@Nullable Limit<T> limit, Function<T, Localized> write) {
    return switch (limit) {
      case null -> null;
      case Limit.Fixed<T>(T value) -> write.apply(value);
      case Limit.OfElement<T> of -> element(of.element());
      case Limit.OfDocument<T>(String document) ->
          say("%s上的数量", "the quantity of the %s", document(document));
      case Limit.Table<T> table -> {
        List<Localized> parts = new ArrayList<>();
        table
            .values()
            .forEach(
                (word, value) ->
                    parts.add(
                        say(
                            "%s%s",
                            "%s %s",
                            ExpressionWords.word(pack, this, table.element(), word),
                            write.apply(value))));
        if (table.otherwise() != null) {
          Localized rest = write.apply(table.otherwise());
          parts.add(new Localized("其他：" + rest.zh(), "otherwise: " + rest.en()));
        }
        yield say("（按%s：%s）", "(by %s: %s)", element(table.element()), join(parts, "，", ", "));
      }
    };
  }

  private Localized links(Collection<String> ids) {
    return list(ids, this::link);
  }

  Localized link(String id) {
    return quoted(
        pack.products().stream()
            .flatMap(product -> product.link(id).stream())
            .map(Link::names)
            .findFirst()
            .orElse(new Localized(id, id)));
  }

  Localized document(String id) {
    DocumentType type = pack.documents().get(id);
    return type == null ? new Localized(id, id) : type.names();
  }

  Localized element(String id) {
    return pack.products().stream()
        .flatMap(product -> product.links().stream())
        .flatMap(link -> link.element(id).stream())
        .map(Element::names)
        .findFirst()
        .map(RuleWords::quoted)
        .orElseGet(() -> key(id));
  }

  private Localized key(String word) {
    return switch (word) {
      case CheckKeys.UNIT -> new Localized("追溯单元", "unit");
      case CheckKeys.PARENT -> new Localized("容器", "container");
      case CheckKeys.PARTY -> new Localized("责任主体", "party");
      case CheckKeys.PLACE -> new Localized("场所", "place");
      case CheckKeys.PRODUCT -> new Localized("产品", "product");
      case CheckKeys.SOURCE -> new Localized("交付方", "giver");
      case CheckKeys.DESTINATION -> new Localized("接收方", "receiver");
      default ->
          pack.products().stream()
                  .anyMatch(p -> p.links().stream().anyMatch(l -> l.elements().containsKey(word)))
              ? element(word)
              : new Localized(word, word);
    };
  }

  static Localized quoted(Localized text) {
    return new Localized("“" + text.zh() + "”", "\"" + text.en().toLowerCase(Locale.ROOT) + "\"");
  }

  private static Localized list(Collection<String> ids, Function<String, Localized> name) {
    return ids.isEmpty() ? NOTHING : join(ids.stream().sorted().map(name).toList(), "、", ", ");
  }

  private static Localized join(List<Localized> parts, String zh, String en) {
    return parts.isEmpty()
        ? NOTHING
        : new Localized(
            String.join(zh, parts.stream().map(Localized::zh).toList()),
            String.join(en, parts.stream().map(Localized::en).toList()));
  }

  private static Localized say(String zh, String en, @Nullable Localized... parts) {
    Object[] chinese = new Object[parts.length];
    Object[] english = new Object[parts.length];
    for (int i = 0; i < parts.length; i++) {
      Localized part = parts[i] == null ? NOTHING : parts[i];
      chinese[i] = part.zh();
      english[i] = part.en();
    }
    return new Localized(
        String.format(Locale.ROOT, zh, chinese).replace("\u200b", ""),
        String.format(Locale.ROOT, en, english).replace("\u200b", ""));
  }
}
