package org.yuanliu.industry;

import dev.cel.common.types.CelType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.yuanliu.industry.PackNode.Mapping;

/** Reads checks. What they name must be there: links of the products, elements of these links. */
class CheckReader extends LinkReader {
  private static final String QUANTITY = Amount.Kind.QUANTITY.id();

  /** The links as products have them; one name may stand for several, where products change it. */
  private Map<String, List<Link>> linksInUse = Map.of();

  private Set<String> products = Set.of();

  CheckReader(String file) {
    super(file);
  }

  final Map<String, Check> checks(@Nullable PackNode node, List<Product> all) {
    Map<String, List<Link>> byName = new HashMap<>();
    all.forEach(
        product ->
            product
                .links()
                .forEach(l -> byName.computeIfAbsent(l.id(), x -> new ArrayList<>()).add(l)));
    linksInUse = byName;
    products = new LinkedHashSet<>(all.stream().map(Product::id).toList());
    return entries(node, this::check);
  }

  final Map<String, Statistic> statistics(@Nullable PackNode node) {
    return entries(
        node,
        (id, one) -> {
          Mapping fields = mapping(one);
          Set<String> on = linkNames(get(fields, "on"));
          String sum = text(get(fields, "sum"));
          if (!Set.of("events", "units", QUANTITY).contains(sum)) {
            requireElement(get(fields, "sum"), on);
          }
          return new Statistic(
              id,
              localized(get(fields, "names")),
              on,
              sum,
              List.copyOf(optionalTexts(fields, "by", this::text)));
        });
  }

  private Check check(String id, PackNode node) {
    Mapping fields = mapping(node);
    List<String> rules =
        CheckFormat.RULES.stream()
            .map(Shape.Slot::name)
            .filter(fields.fields()::containsKey)
            .toList();
    if (rules.size() != 1) {
      throw problem(
          node,
          PackRule.BAD_VALUE,
          "一项检查恰好写一种规则：" + String.join("、", rules),
          "a check has exactly one rule, this one has " + rules.size());
    }
    String rule = rules.getFirst();
    PackNode body = get(fields, rule);
    Set<String> on = judged(fields, rule, body, node);
    PackNode when = find(fields, "when");
    CheckLevel level = CheckLevel.valueOf(text(get(fields, "level")).toUpperCase(Locale.ROOT));
    CheckRule read = rule(rule, body, on);
    String moment = optionalText(fields, "moment");
    return new Check(
        id,
        level,
        moment == null ? usual(level, read) : Moment.valueOf(moment.toUpperCase(Locale.ROOT)),
        on,
        optionalTexts(fields, "products", name -> defined(name, products)),
        when == null ? null : expression(when, on),
        read,
        localized(get(fields, "message")),
        text(get(fields, "source")));
  }

  /** A balance names its links itself. */
  private Set<String> judged(Mapping fields, String rule, PackNode body, PackNode node) {
    PackNode on = find(fields, "on");
    if (on != null) {
      return linkNames(on);
    }
    if (rule.equals("balance")) {
      Set<String> links = new LinkedHashSet<>(mapping(get(mapping(body), "in")).fields().keySet());
      links.addAll(mapping(get(mapping(body), "out")).fields().keySet());
      return links;
    }
    if (rule.equals("sequence") && find(mapping(body), "after") != null) {
      return new LinkedHashSet<>(mapping(get(mapping(body), "after")).fields().keySet());
    }
    throw problem(node, PackRule.MISSING_KEY, "缺少“on”", "\"on\" is missing");
  }

  private static Moment usual(CheckLevel level, CheckRule rule) {
    boolean later =
        switch (rule) {
          case CheckRule.Interval interval -> interval.recurring();
          case CheckRule.Deadline deadline -> !deadline.followedBy().isEmpty();
          case CheckRule.Balance balance -> balance.settle() != null;
          case CheckRule.Upstream ignored -> true;
          case CheckRule.Holds ignored -> false;
          case CheckRule.Yield ignored -> false;
          case CheckRule.Quota ignored -> false;
          case CheckRule.Expiry ignored -> false;
          case CheckRule.Sequence ignored -> false;
          case CheckRule.State ignored -> false;
          case CheckRule.Once ignored -> false;
          case CheckRule.Permit ignored -> false;
          case CheckRule.ColdChain ignored -> false;
          case CheckRule.Licence ignored -> false;
        };
    return later ? Moment.LATER : level == CheckLevel.REFUSE ? Moment.ASK : Moment.RECORD;
  }

  private CheckRule rule(String rule, PackNode body, Set<String> on) {
    return switch (rule) {
      case "holds" -> new CheckRule.Holds(expression(body, on));
      case "balance" -> balance(mapping(body));
      case "yield" -> yields(mapping(body), on);
      case "quota" -> quota(mapping(body), on);
      case "expiry" -> expiry(mapping(body));
      case "interval" -> interval(mapping(body), on);
      case "sequence" -> sequence(mapping(body), on);
      case "state" -> state(mapping(body), on);
      case "once" -> once(mapping(body), on);
      case "permit" -> permit(mapping(body), on);
      case "coldChain" -> coldChain(mapping(body));
      case "upstream" -> new CheckRule.Upstream(linkNames(get(mapping(body), "links")));
      case "licence" -> licence(mapping(body), on);
      case "deadline" -> deadline(mapping(body), on);
      default -> throw new IllegalStateException("a rule without reader: " + rule);
    };
  }

  private CheckRule balance(Mapping fields) {
    Map<String, Amount> in = amounts(get(fields, "in"));
    Map<String, Amount> out = amounts(get(fields, "out"));
    Set<String> links = new LinkedHashSet<>(in.keySet());
    links.addAll(out.keySet());
    PackNode settle = find(fields, "settle");
    boolean exact = flag(find(fields, "exact"));
    if (settle != null && !exact) {
      throw problem(
          settle,
          PackRule.BAD_VALUE,
          "settle 只用于 exact: true",
          "\"settle\" is for exact: true alone");
    }
    return new CheckRule.Balance(
        key(fields, links),
        period(fields),
        in,
        out,
        percentOr(find(fields, "tolerance"), BigDecimal.ZERO),
        exact,
        settle == null ? null : spanLimit(settle));
  }

  private CheckRule yields(Mapping fields, Set<String> on) {
    PackNode min = find(fields, "min");
    PackNode max = find(fields, "max");
    requireOne(fields, "min", "max");
    return new CheckRule.Yield(
        amount(find(fields, "input"), Amount.Kind.INPUTS, on),
        amount(find(fields, "output"), Amount.Kind.OUTPUTS, on),
        min == null ? null : limit(min, this::percent),
        max == null ? null : limit(max, this::percent));
  }

  private CheckRule quota(Mapping fields, Set<String> on) {
    PackNode minus = find(fields, "minus");
    return new CheckRule.Quota(
        key(fields, on),
        period(fields),
        amount(find(fields, "amount"), Amount.Kind.QUANTITY, on),
        minus == null ? Map.of() : amounts(minus),
        limit(get(fields, "limit"), this::number));
  }

  private CheckRule expiry(Mapping fields) {
    PackNode of = get(fields, "of");
    requireAnyElement(of);
    PackNode plus = find(fields, "plus");
    PackNode left = find(fields, "left");
    return new CheckRule.Expiry(
        text(of),
        plus == null ? null : spanLimit(plus),
        left == null ? null : spanLimit(left),
        flag(find(fields, "required")));
  }

  private CheckRule interval(Mapping fields, Set<String> on) {
    PackNode min = find(fields, "min");
    PackNode max = find(fields, "max");
    PackNode recurring = find(fields, "recurring");
    requireOne(fields, "min", "max");
    if (flag(recurring) && max == null) {
      throw problem(
          fields, PackRule.MISSING_KEY, "recurring 要有 max", "\"recurring\" needs \"max\"");
    }
    PackNode ends = find(fields, "ends");
    return new CheckRule.Interval(
        key(fields, on),
        linkNames(get(fields, "since")),
        min == null ? null : spanLimit(min),
        max == null ? null : spanLimit(max),
        flag(recurring),
        ends == null ? Set.of() : linkNames(ends),
        flag(find(fields, "required")));
  }

  private CheckRule sequence(Mapping fields, Set<String> on) {
    requireOne(fields, "after", "ends");
    PackNode ends = find(fields, "ends");
    if (ends != null) {
      return new CheckRule.Sequence(key(fields, on), endedBy(linkNames(ends), on));
    }
    Map<String, Set<String>> after =
        entries(
            get(fields, "after"),
            (link, node) -> {
              linkName(new PackNode.Scalar(node.line(), link));
              return texts(
                  node,
                  before ->
                      text(before).equals(CheckRule.Sequence.START)
                          ? CheckRule.Sequence.START
                          : linkName(before));
            });
    return new CheckRule.Sequence(key(fields, on), after);
  }

  /** Anything may come before anything, but for the ends. */
  private static Map<String, Set<String>> endedBy(Set<String> ends, Set<String> on) {
    Set<String> any = new LinkedHashSet<>(on);
    any.add(CheckRule.Sequence.START);
    any.removeAll(ends);
    Map<String, Set<String>> after = new LinkedHashMap<>();
    on.forEach(link -> after.put(link, any));
    ends.forEach(link -> after.put(link, any));
    return after;
  }

  private CheckRule state(Mapping fields, Set<String> on) {
    Set<String> last = linkNames(get(fields, "last"));
    requireOne(fields, "is", "equals");
    PackNode element = get(fields, "element");
    if (!CheckKeys.WORDS.contains(text(element))) {
      requireElement(element, last);
    }
    PackNode equal = find(fields, "equals");
    if (equal != null && !CheckKeys.WORDS.contains(text(equal))) {
      requireElement(equal, on);
    }
    return new CheckRule.State(
        key(fields, on),
        last,
        text(element),
        optionalTexts(fields, "is", this::text),
        equal == null ? null : text(equal),
        flag(find(fields, "required")));
  }

  private CheckRule once(Mapping fields, Set<String> on) {
    PackNode back = find(fields, "back");
    PackNode limit = find(fields, "limit");
    return new CheckRule.Once(
        key(fields, on),
        back == null ? Set.of() : linkNames(back),
        limit == null ? new Limit.Fixed<>(BigDecimal.ONE) : limit(limit, this::number));
  }

  private CheckRule permit(Mapping fields, Set<String> on) {
    PackNode subject = find(fields, "subject");
    PackNode required = find(fields, "required");
    return new CheckRule.Permit(
        documentName(get(fields, "document")),
        amount(find(fields, "amount"), Amount.Kind.QUANTITY, on),
        percentOr(find(fields, "tolerance"), BigDecimal.ZERO),
        subject == null ? null : keyWord(subject, on),
        required == null || flag(required));
  }

  private CheckRule coldChain(Mapping fields) {
    PackNode min = find(fields, "min");
    PackNode max = find(fields, "max");
    PackNode gap = find(fields, "gap");
    PackNode from = find(fields, "from");
    return new CheckRule.ColdChain(
        Objects.requireNonNullElse(optionalText(fields, "measure"), "Temperature"),
        min == null ? null : limit(min, this::number),
        max == null ? null : limit(max, this::number),
        gap == null ? null : span(gap),
        from == null ? Set.of() : linkNames(from),
        flag(find(fields, "required")));
  }

  private CheckRule licence(Mapping fields, Set<String> on) {
    PackNode of = find(fields, "of");
    PackNode scope = find(fields, "scope");
    return new CheckRule.Licence(
        documentName(get(fields, "document")),
        of == null ? CheckKeys.PARTY : keyWord(of, on),
        scope == null ? null : keyWord(scope, on));
  }

  private CheckRule deadline(Mapping fields, Set<String> on) {
    requireOne(fields, "within", "dayOfNextMonth");
    PackNode within = find(fields, "within");
    PackNode day = find(fields, "dayOfNextMonth");
    PackNode followedBy = find(fields, "followedBy");
    return new CheckRule.Deadline(
        key(fields, on),
        within == null ? null : spanLimit(within),
        day == null ? 0 : whole(day),
        followedBy == null ? Set.of() : linkNames(followedBy),
        flag(find(fields, "orBefore")));
  }

  private void requireOne(Mapping fields, String first, String second) {
    if (find(fields, first) == null && find(fields, second) == null) {
      throw problem(
          fields,
          PackRule.MISSING_KEY,
          "要有 " + first + " 或 " + second,
          "\"" + first + "\" or \"" + second + "\" is missing");
    }
  }

  private BigDecimal percentOr(@Nullable PackNode node, BigDecimal otherwise) {
    return node == null ? otherwise : percent(node);
  }

  private Limit<Span> spanLimit(PackNode node) {
    return limit(node, this::span);
  }

  private <T> Limit<T> limit(PackNode node, Function<PackNode, T> read) {
    if (node instanceof PackNode.Scalar) {
      return new Limit.Fixed<>(read.apply(node));
    }
    Mapping fields = mapping(node);
    PackNode element = find(fields, "element");
    PackNode document = find(fields, "document");
    PackNode by = find(fields, "by");
    if (Stream.of(element, document, by).filter(Objects::nonNull).count() != 1) {
      throw problem(
          node,
          PackRule.BAD_VALUE,
          "限值只写 element、document、by 中的一个",
          "a limit is a value, or has one of element, document and by");
    }
    if (element != null) {
      requireAnyElement(element);
      String unit = optionalText(fields, "unit");
      return new Limit.OfElement<>(text(element), unit == null ? null : spanUnit(unit));
    }
    if (document != null) {
      return new Limit.OfDocument<>(documentName(document));
    }
    requireAnyElement(get(fields, "by"));
    PackNode otherwise = find(fields, "otherwise");
    return new Limit.Table<>(
        text(get(fields, "by")),
        entries(find(fields, "values"), (value, limit) -> read.apply(limit)),
        otherwise == null ? null : read.apply(otherwise));
  }

  private Map<String, Amount> amounts(PackNode node) {
    return entries(
        node,
        (link, amount) -> {
          linkName(new PackNode.Scalar(amount.line(), link));
          return amount(amount, Amount.Kind.QUANTITY, Set.of(link));
        });
  }

  private Amount amount(@Nullable PackNode node, Amount.Kind otherwise, Set<String> on) {
    if (node == null) {
      return new Amount.Counted(otherwise);
    }
    String word = text(node);
    for (Amount.Kind kind : Amount.Kind.values()) {
      // A link may well have an element that is called quantity; that is the clearer meaning.
      if (kind.id().equals(word) && !hasElement(word, on)) {
        return new Amount.Counted(kind);
      }
    }
    requireElement(node, on);
    return new Amount.OfElement(word);
  }

  private List<String> key(Mapping fields, Set<String> on) {
    PackNode node = find(fields, "key");
    return node == null
        ? List.of(CheckKeys.UNIT)
        : List.copyOf(texts(node, word -> keyWord(word, on)));
  }

  private String keyWord(PackNode node, Set<String> on) {
    if (!CheckKeys.WORDS.contains(text(node))) {
      requireElement(node, on);
    }
    return text(node);
  }

  private CheckPeriod period(Mapping fields) {
    String word = optionalText(fields, "period");
    return word == null ? CheckPeriod.ALWAYS : CheckPeriod.valueOf(word.toUpperCase(Locale.ROOT));
  }

  private Set<String> linkNames(PackNode node) {
    return texts(node, this::linkName);
  }

  private String linkName(PackNode node) {
    return defined(node, linksInUse.keySet());
  }

  private boolean hasElement(String name, Set<String> on) {
    return on.stream()
        .flatMap(link -> linksInUse.getOrDefault(link, List.of()).stream())
        .anyMatch(link -> link.elements().containsKey(name));
  }

  /** An element of at least one of the links. */
  private void requireElement(PackNode node, Set<String> on) {
    Set<String> known = new LinkedHashSet<>();
    on.stream()
        .flatMap(link -> linksInUse.getOrDefault(link, List.of()).stream())
        .forEach(link -> known.addAll(link.elements().keySet()));
    defined(node, known);
  }

  private void requireAnyElement(PackNode node) {
    requireElement(node, linksInUse.keySet());
  }

  private Expression expression(PackNode node, Set<String> on) {
    Map<String, CelType> variables = Expressions.standardVariables();
    for (String name : on) {
      for (Link link : linksInUse.getOrDefault(name, List.of())) {
        for (Element element : link.elements().values()) {
          CelType type = Expressions.type(element);
          CelType other = variables.putIfAbsent(element.id(), type);
          if (other != null && !other.equals(type)) {
            throw problem(
                node,
                PackRule.NOT_UNIQUE,
                "要素“" + element.id() + "”在几个环节里类型不同，或是保留的名称",
                "the element \""
                    + element.id()
                    + "\" is of different types in these links, or a reserved name");
          }
        }
      }
    }
    try {
      return Expressions.compile(text(node), variables);
    } catch (IllegalArgumentException e) {
      throw problem(
          node, PackRule.EXPRESSION, "表达式有错：" + e.getMessage(), "expression: " + e.getMessage());
    }
  }
}
