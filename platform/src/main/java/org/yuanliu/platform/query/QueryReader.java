package org.yuanliu.platform.query;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.yuanliu.epcis.LdContext;
import org.yuanliu.epcis.YlVocabulary;
import org.yuanliu.platform.binding.EpcisProblems;
import org.yuanliu.platform.binding.PageRequests;
import org.yuanliu.platform.problem.ProblemException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads queries of events from a query string or from JSON. A parameter that is not understood is
 * refused: to ignore it would answer another question than was asked.
 */
@Component
final class QueryReader {
  static final String ORDER_BY = "orderBy";
  static final String ORDER_DIRECTION = "orderDirection";
  static final String EVENT_COUNT_LIMIT = "eventCountLimit";
  static final String MAX_EVENT_COUNT = "maxEventCount";
  private static final String CONTEXT = "@context";

  /** Values of one parameter: more than fit into a request line of ordinary length. */
  static final int MAX_VALUES = 256;

  /** Parameters of one query: the standard has some seventy with a fixed name. */
  static final int MAX_PARAMETERS = 128;

  private final QueryCodes codes;
  private final PageRequests pages;

  QueryReader(QueryCodes codes, PageRequests pages) {
    this.codes = requireNonNull(codes, "codes is null");
    this.pages = requireNonNull(pages, "pages is null");
  }

  /**
   * A query from a query string, each parameter once, values separated by {@code |}.
   *
   * @param extensions the request's GS1-Extensions: {@code prefix=namespace, …}
   */
  EventQuery ofQueryString(Map<String, String> parameters, @Nullable String extensions) {
    Map<String, QueryValue> values = values(parameters);
    values.remove(PageRequests.NEXT_PAGE_TOKEN);
    return read(values, prefixes(extensions));
  }

  /** Parameters of a query string, their values separated by {@code |}. */
  static Map<String, QueryValue> values(Map<String, String> parameters) {
    Map<String, QueryValue> values = new LinkedHashMap<>();
    parameters.forEach((name, text) -> values.put(name, new QueryValue(name, split(name, text))));
    return values;
  }

  private static List<Literal> split(String name, String text) {
    List<Literal> literals = new ArrayList<>();
    for (String part : text.split("\\|", -1)) {
      literals.add(Literal.text(part));
      bound(name, literals);
    }
    return literals;
  }

  /**
   * A query from its JSON form (query-schema.json).
   *
   * @param context what prefixes mean beside the query's own {@code @context}
   */
  EventQuery ofJson(JsonNode query, LdContext context) {
    if (!query.isObject()) {
      throw invalid("query 应为对象。", "query is to be an object.");
    }
    LdContext known = context;
    Map<String, QueryValue> values = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> member : query.properties()) {
      String name = member.getKey();
      if (name.equals(CONTEXT)) {
        known = with(known, member.getValue());
      } else {
        values.put(name, new QueryValue(name, literals(name, member.getValue())));
      }
    }
    return read(values, known);
  }

  private static LdContext with(LdContext context, JsonNode more) {
    try {
      return context.with(more);
    } catch (IllegalArgumentException e) {
      throw EpcisProblems.parameter(CONTEXT, "不是 JSON-LD 上下文。", "is no context of JSON-LD.");
    }
  }

  private static List<Literal> literals(String name, JsonNode value) {
    List<Literal> literals = new ArrayList<>();
    if (value.isArray()) {
      for (JsonNode item : value) {
        literals.add(literal(name, item));
        bound(name, literals);
      }
      if (literals.isEmpty()) {
        throw EpcisProblems.parameter(name, "值不能为空。", "there is no value.");
      }
    } else if (value.isNull()) {
      literals.add(Literal.text(""));
    } else {
      literals.add(literal(name, value));
    }
    return literals;
  }

  private static Literal literal(String name, JsonNode value) {
    if (value.isString()) {
      return Literal.text(value.stringValue());
    }
    if (value.isNumber()) {
      return new Literal(value.asString(), true);
    }
    if (value.isBoolean()) {
      return Literal.text(value.asString());
    }
    throw EpcisProblems.parameter(
        name, "应为文本、数字、真假值或其数组。", "texts, numbers or truth values are due, or an array of them.");
  }

  private static void bound(String name, List<Literal> literals) {
    if (literals.size() > MAX_VALUES) {
      throw EpcisProblems.parameter(
          name, "最多 " + MAX_VALUES + " 个值。", "has at most " + MAX_VALUES + " values.");
    }
  }

  /** {@code prefix=namespace, prefix2=namespace2} over those that are always known. */
  static LdContext prefixes(@Nullable String extensions) {
    ObjectNode known = JsonNodeFactory.instance.objectNode();
    known.put(YlVocabulary.PREFIX, YlVocabulary.NAMESPACE);
    if (extensions != null) {
      for (String one : extensions.split(",", -1)) {
        int equals = one.indexOf('=');
        if (equals > 0) {
          known.put(one.substring(0, equals).strip(), one.substring(equals + 1).strip());
        }
      }
    }
    return with(LdContext.DEFAULT, known);
  }

  private EventQuery read(Map<String, QueryValue> values, LdContext context) {
    if (values.size() > MAX_PARAMETERS) {
      throw invalid(
          "参数最多 " + MAX_PARAMETERS + " 个。", "there are at most " + MAX_PARAMETERS + " parameters.");
    }
    CriterionReader reader = new CriterionReader(codes, context);
    List<Criterion> criteria = new ArrayList<>();
    Map<String, List<String>> source = new TreeMap<>();
    for (QueryValue value : values.values()) {
      switch (value.name()) {
        case ORDER_BY,
            ORDER_DIRECTION,
            EVENT_COUNT_LIMIT,
            MAX_EVENT_COUNT,
            PageRequests.PER_PAGE -> {
          // Read below: they depend on one another.
        }
        default -> {
          Criterion criterion = reader.read(value);
          if (criterion != null) {
            criteria.add(criterion);
          }
        }
      }
      if (!value.name().equals(PageRequests.PER_PAGE)) {
        source.put(value.name(), value.values().stream().map(Literal::text).sorted().toList());
      }
    }
    QueryValue perPage = values.get(PageRequests.PER_PAGE);
    EventOrder order = order(values, context);
    Integer countLimit = count(values.get(EVENT_COUNT_LIMIT));
    Integer maxCount = count(values.get(MAX_EVENT_COUNT));
    if (countLimit != null && maxCount != null) {
      throw EpcisProblems.parameter(
          MAX_EVENT_COUNT,
          "不能与 eventCountLimit 一起使用。",
          "cannot be used together with eventCountLimit.");
    }
    if (countLimit != null && order.by() == EventOrder.By.ANY) {
      throw EpcisProblems.parameter(
          EVENT_COUNT_LIMIT, "须与 orderBy 一起使用。", "goes together with orderBy.");
    }
    return new EventQuery(
        criteria,
        order,
        countLimit,
        maxCount,
        perPage == null ? null : pages.size(perPage.single()),
        source + "\n" + context.toJson());
  }

  private static @Nullable Integer count(@Nullable QueryValue value) {
    if (value == null) {
      return null;
    }
    try {
      int count = Integer.parseInt(value.single());
      if (count >= 1) {
        return count;
      }
    } catch (NumberFormatException e) {
      // Refused below, like any other that is no number.
    }
    throw value.refused("应为正整数。", "a positive number is due.");
  }

  private static EventOrder order(Map<String, QueryValue> values, LdContext context) {
    QueryValue by = values.get(ORDER_BY);
    QueryValue direction = values.get(ORDER_DIRECTION);
    boolean descending =
        switch (direction == null ? "DESC" : direction.single()) {
          case "DESC" -> true;
          case "ASC" -> false;
          default ->
              throw EpcisProblems.parameter(ORDER_DIRECTION, "应为 ASC 或 DESC。", "is ASC or DESC.");
        };
    if (by == null) {
      if (direction != null) {
        throw direction.refused("须与 orderBy 一起使用。", "goes together with orderBy.");
      }
      return EventOrder.ANY;
    }
    String field = by.single();
    return switch (field) {
      case "eventTime" -> new EventOrder(EventOrder.By.EVENT_TIME, null, descending);
      case "recordTime" -> new EventOrder(EventOrder.By.RECORD_TIME, null, descending);
      default -> {
        int colon = field.indexOf(':');
        if (colon <= 0 || colon == field.length() - 1) {
          throw by.refused(
              "应为 eventTime、recordTime 或扩展字段的全名。",
              "is eventTime, recordTime or the full name of an extension field.");
        }
        yield new EventOrder(EventOrder.By.FIELD, FieldName.of(field, context), descending);
      }
    };
  }

  private static ProblemException invalid(String zh, String en) {
    return new ProblemException(EpcisProblems.queryInvalid(zh, en));
  }
}
