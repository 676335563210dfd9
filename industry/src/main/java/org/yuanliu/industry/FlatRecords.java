package org.yuanliu.industry;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.yuanliu.codes.Code;
import org.yuanliu.codes.CodeReader;
import org.yuanliu.codes.Level;
import org.yuanliu.codes.Reading;
import org.yuanliu.codes.Reading.Ambiguous;
import org.yuanliu.codes.Reading.Found;
import org.yuanliu.codes.Reading.Unreadable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Checks the flat data elements of a link and makes its events of them. */
public final class FlatRecords {
  /** Values of one element: a lorry carries no more animals, a till's receipt has fewer lines. */
  static final int MAX_LIST = 2_000;

  /** Chars of a text for which the element says nothing. */
  static final int MAX_TEXT = 1_000;

  private static final Set<Level> UNITS =
      Set.of(Level.ITEM, Level.LOT, Level.LOGISTIC_UNIT, Level.ASSET, Level.PRODUCT);

  /** What a code may name where the element does not say by which schemes. */
  private static final Map<ElementType, Set<Level>> LEVELS =
      Map.of(ElementType.PARTY, Set.of(Level.PARTY), ElementType.PLACE, Set.of(Level.PLACE));

  private final Pack pack;
  private final CodeReader codes;
  private final ZoneId zone;

  /**
   * @param zone whose offset a time gets that was entered without one
   */
  public FlatRecords(Pack pack, CodeReader codes, ZoneId zone) {
    this.pack = requireNonNull(pack, "pack is null");
    this.codes = requireNonNull(codes, "codes is null");
    this.zone = requireNonNull(zone, "zone is null");
  }

  /**
   * What came of a record.
   *
   * @param events EPCIS events in JSON, without context: with prefix {@code yl}; empty if there are
   *     problems
   */
  public record Result(List<ObjectNode> events, List<Problem> problems) {
    public Result {
      events = List.copyOf(events);
      problems = List.copyOf(problems);
    }
  }

  /** What is wrong with one element. */
  public record Problem(String element, String code, Localized message) {
    public Problem {
      requireNonNull(element, "element is null");
      requireNonNull(code, "code is null");
      requireNonNull(message, "message is null");
    }

    /** The same, said of one of several values. */
    Problem ofItem(int number) {
      return new Problem(
          element,
          code,
          new Localized("第" + number + "个：" + message.zh(), "No. " + number + ": " + message.en()));
    }
  }

  /** The events of a record, or everything that is wrong with it. */
  public Result events(Product product, Link link, ObjectNode record) {
    requireNonNull(product, "product is null");
    requireNonNull(link, "link is null");
    requireNonNull(record, "record is null");
    List<Problem> problems = new ArrayList<>();
    if (link.events().isEmpty()) {
      problems.add(
          new Problem(
              "",
              "not_by_form",
              new Localized("本环节不能填表上报。", "This link is not reported by form.")));
      return new Result(List.of(), problems);
    }
    for (String name : record.propertyNames()) {
      if (!link.elements().containsKey(name)) {
        problems.add(
            new Problem(
                clip(name),
                "unknown_element",
                new Localized(
                    "本环节没有这个要素；有：" + String.join("、", link.elements().keySet()) + "。",
                    "The link has no such element; it has "
                        + String.join(", ", link.elements().keySet())
                        + ".")));
      }
    }
    Map<String, List<Object>> values = new LinkedHashMap<>();
    for (Element element : link.elements().values()) {
      List<Object> read = read(element, record.get(element.id()), problems);
      if (read.isEmpty()) {
        if (element.required()
            && problems.stream().noneMatch(p -> p.element().equals(element.id()))) {
          problems.add(
              new Problem(
                  element.id(),
                  "missing",
                  new Localized(
                      element.names().zh() + "必填。",
                      element.names().en() + " has to be filled in.")));
        }
      } else {
        values.put(element.id(), read);
      }
    }
    if (!problems.isEmpty()) {
      return new Result(List.of(), problems);
    }
    return new Result(new EventWriter(pack, product, link, values).events(), List.of());
  }

  private List<Object> read(Element element, @Nullable JsonNode node, List<Problem> problems) {
    if (node == null || node.isNull() || (node.isString() && node.asString().isBlank())) {
      return element.fixed() == null
          ? List.of()
          : values(element, List.of(textNode(element.fixed())), problems);
    }
    boolean many = element.list() || element.type() == ElementType.READINGS;
    if (node instanceof ArrayNode array) {
      if (!many) {
        return refuse(problems, element, "one_value", "这一项只能填一个。", "There is room for one value.");
      }
      if (array.size() > MAX_LIST) {
        return refuse(
            problems,
            element,
            "too_many",
            "最多填" + MAX_LIST + "个。",
            "There is room for " + MAX_LIST + " values.");
      }
      return values(element, array.valueStream().toList(), problems);
    }
    return values(element, List.of(node), problems);
  }

  private static JsonNode textNode(String text) {
    return tools.jackson.databind.node.JsonNodeFactory.instance.stringNode(text);
  }

  private List<Object> values(Element element, List<JsonNode> nodes, List<Problem> problems) {
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < nodes.size(); i++) {
      List<Problem> found = new ArrayList<>();
      one(element, nodes.get(i), found).ifPresent(values::add);
      int number = i + 1;
      found.forEach(problem -> problems.add(nodes.size() == 1 ? problem : problem.ofItem(number)));
    }
    return values;
  }

  private Optional<Object> one(Element element, JsonNode node, List<Problem> problems) {
    if (element.type() == ElementType.READINGS) {
      return reading(element, node, problems);
    }
    if (element.type() == ElementType.UNIT && node instanceof ObjectNode object) {
      return unitWithQuantity(element, object, problems);
    }
    if (!node.isValueNode()) {
      refuse(problems, element, "wrong_kind", "这里要一个值。", "A plain value is due here.");
      return Optional.empty();
    }
    String text = node.asString().strip();
    try {
      return switch (element.type()) {
        case TEXT -> text(element, text, problems);
        case INTEGER ->
            number(element, new BigDecimal(text), problems).map(n -> (Object) n.longValueExact());
        case DECIMAL -> number(element, new BigDecimal(text), problems).map(n -> (Object) n);
        case BOOLEAN -> flag(element, text, problems);
        case DATE -> Optional.of(LocalDate.parse(text));
        case TIME -> Optional.of(time(text));
        case CODE -> word(element, text, problems);
        case UNIT -> code(element, text, problems).map(c -> new EventWriter.Unit(c, null, null));
        case PARTY, PLACE -> code(element, text, problems).map(c -> (Object) c.uri());
        case DOCUMENT -> text(element, text, problems);
        case READINGS -> Optional.empty();
      };
    } catch (NumberFormatException | ArithmeticException e) {
      refuse(problems, element, "not_a_number", "这里要一个数。", "A number is due here.");
    } catch (DateTimeException e) {
      boolean date = element.type() == ElementType.DATE;
      refuse(
          problems,
          element,
          "not_a_time",
          date ? "日期写成 2026-02-01 的样子。" : "时间写成 2026-02-01T08:30:00+08:00 的样子。",
          date
              ? "A date is written like 2026-02-01."
              : "A time is written like 2026-02-01T08:30:00+08:00.");
    }
    return Optional.empty();
  }

  private Optional<Object> text(Element element, String text, List<Problem> problems) {
    int max = element.max() == null ? MAX_TEXT : element.max().intValue();
    int min = element.min() == null ? 0 : element.min().intValue();
    int length = text.codePointCount(0, text.length());
    if (length > max || length < min) {
      refuse(
          problems,
          element,
          "length",
          "长度应在" + min + "到" + max + "个字符之间。",
          "Between " + min + " and " + max + " characters are due.");
      return Optional.empty();
    }
    return Optional.of(text);
  }

  private static Optional<BigDecimal> number(
      Element element, BigDecimal number, List<Problem> problems) {
    boolean low = element.min() != null && number.compareTo(element.min()) < 0;
    boolean high = element.max() != null && number.compareTo(element.max()) > 0;
    boolean huge = number.precision() > 30 || Math.abs(number.scale()) > 30;
    if (low || high) {
      Localized message = range(element.min(), element.max());
      refuse(problems, element, "range", message.zh(), message.en());
      return Optional.empty();
    }
    if (huge) {
      refuse(problems, element, "range", "位数过多。", "It has too many digits.");
      return Optional.empty();
    }
    return Optional.of(number);
  }

  /** What a number that is outside should have been. */
  private static Localized range(@Nullable BigDecimal min, @Nullable BigDecimal max) {
    if (min != null && max != null) {
      return new Localized(
          "应在 " + min.toPlainString() + " 到 " + max.toPlainString() + " 之间。",
          "It has to be between " + min.toPlainString() + " and " + max.toPlainString() + ".");
    }
    if (min != null) {
      return new Localized(
          "不得小于 " + min.toPlainString() + "。", "It must not be below " + min.toPlainString() + ".");
    }
    String most = requireNonNull(max, "no limit").toPlainString();
    return new Localized("不得大于 " + most + "。", "It must not be above " + most + ".");
  }

  private static Optional<Object> flag(Element element, String text, List<Problem> problems) {
    if (!text.equals("true") && !text.equals("false")) {
      refuse(problems, element, "not_a_flag", "这里填 true 或 false。", "true or false is due here.");
      return Optional.empty();
    }
    return Optional.of(Boolean.valueOf(text));
  }

  private OffsetDateTime time(String text) {
    boolean zoned = text.endsWith("Z") || text.matches(".*[+-][0-9]{2}:[0-9]{2}$");
    return zoned
        ? OffsetDateTime.parse(text)
        : java.time.LocalDateTime.parse(text).atZone(zone).toOffsetDateTime();
  }

  private Optional<Object> word(Element element, String text, List<Problem> problems) {
    CodeList list = pack.codeLists().get(String.valueOf(element.codeList()));
    CodeList.Word word = list == null ? null : list.words().get(text);
    if (word == null) {
      List<CodeList.Word> words = list == null ? List.of() : List.copyOf(list.words().values());
      refuse(
          problems,
          element,
          "not_in_list",
          words.stream()
              .map(one -> one.code() + " " + one.names().zh())
              .collect(Collectors.joining("、", "只能是：", "。")),
          words.stream()
              .map(one -> one.code() + " (" + one.names().en() + ")")
              .collect(Collectors.joining(", ", "It has to be one of ", ".")));
      return Optional.empty();
    }
    return Optional.of(word);
  }

  private Optional<Object> unitWithQuantity(
      Element element, ObjectNode object, List<Problem> problems) {
    if (!object.path("code").isString()) {
      refuse(
          problems,
          element,
          "wrong_kind",
          "写成 {\"code\": 编码, \"quantity\": 数量, \"uom\": 计量单位} 的样子，code 必填。",
          "It is written like {\"code\": …, \"quantity\": …, \"uom\": …}; code is needed.");
      return Optional.empty();
    }
    Optional<EventWriter.Coded> code =
        code(element, object.path("code").asString("").strip(), problems);
    try {
      JsonNode sent = object.get("quantity");
      BigDecimal quantity = sent == null ? null : new BigDecimal(sent.asString());
      String uom = object.path("uom").asString("");
      if (quantity != null && quantity.signum() < 0) {
        refuse(problems, element, "range", "数量不能为负。", "A quantity is not negative.");
        return Optional.empty();
      }
      return code.map(c -> new EventWriter.Unit(c, quantity, uom.isEmpty() ? null : uom));
    } catch (NumberFormatException e) {
      refuse(problems, element, "not_a_number", "数量要是一个数。", "The quantity is no number.");
      return Optional.empty();
    }
  }

  private Optional<Object> reading(Element element, JsonNode node, List<Problem> problems) {
    try {
      BigDecimal value = new BigDecimal(node.path("value").asString(""));
      return Optional.of(new EventWriter.Measured(time(node.path("time").asString("")), value));
    } catch (NumberFormatException | DateTimeException e) {
      refuse(
          problems,
          element,
          "not_a_reading",
          "每次测量要有 time 和 value。",
          "Each measurement has a time and a value.");
      return Optional.empty();
    }
  }

  /** A code in any written form; of several readings that of the element's schemes. */
  private Optional<EventWriter.Coded> code(Element element, String text, List<Problem> problems) {
    Reading reading = codes.read(text);
    List<Code> fitting =
        switch (reading) {
          case Found(Code code) -> List.of(code);
          case Ambiguous(List<Code> choices) -> choices;
          case Unreadable ignored -> List.of();
        };
    List<Code> wanted = wanted(element, fitting);
    if (wanted.size() == 1) {
      Code code = wanted.getFirst();
      boolean lot = code.level() == Level.LOT || code.level() == Level.PRODUCT;
      return Optional.of(new EventWriter.Coded(code.canonical(), lot));
    }
    boolean ownUri = text.startsWith("urn:") || text.startsWith("https://");
    if (fitting.isEmpty() && element.schemes().isEmpty() && ownUri && text.length() <= MAX_TEXT) {
      return Optional.of(new EventWriter.Coded(text, false));
    }
    if (wanted.isEmpty()) {
      Localized message = CodeWords.notDue(element, reading);
      refuse(problems, element, "not_a_code", message.zh(), message.en());
    } else {
      refuse(
          problems,
          element,
          "ambiguous_code",
          "这个编码有几种读法，请写成完整的 URI。",
          "This code can be read in several ways; write it as a URI.");
    }
    return Optional.empty();
  }

  private static List<Code> wanted(Element element, List<Code> fitting) {
    return fitting.stream()
        .filter(
            code ->
                element.schemes().isEmpty()
                    ? LEVELS.getOrDefault(element.type(), UNITS).contains(code.level())
                    : element.schemes().contains(code.scheme()))
        .toList();
  }

  private static List<Object> refuse(
      List<Problem> problems, Element element, String code, String zh, String en) {
    problems.add(new Problem(element.id(), code, new Localized(zh, en)));
    return List.of();
  }

  private static String clip(String text) {
    return text.length() <= 64 ? text : text.substring(0, 64);
  }
}
