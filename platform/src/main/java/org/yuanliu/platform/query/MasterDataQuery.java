package org.yuanliu.platform.query;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.yuanliu.codes.CanonicalUri;
import org.yuanliu.epcis.LdContext;
import org.yuanliu.platform.access.Disclosure;
import org.yuanliu.platform.access.SqlCondition;
import org.yuanliu.platform.access.Viewer;
import org.yuanliu.platform.binding.EpcisProblems;
import tools.jackson.databind.JsonNode;

/**
 * SimpleMasterDataQuery (EPCIS 2.0 §8.2.7.2): {@code vocabularyName}, {@code EQ_name}, {@code
 * WD_name}, {@code HASATTR}, {@code EQATTR_attrname}, {@code includeAttributes}, {@code
 * attributeNames}, {@code includeChildren}, {@code maxElementCount}.
 */
@Component
final class MasterDataQuery {
  /** Elements of one answer: without maxElementCount too, for an answer has no pages. */
  static final int MAX_ELEMENTS = 10_000;

  private final JdbcClient jdbc;
  private final Disclosure disclosure;
  private final MasterData masterData;

  MasterDataQuery(JdbcClient jdbc, Disclosure disclosure, MasterData masterData) {
    this.jdbc = requireNonNull(jdbc, "jdbc is null");
    this.disclosure = requireNonNull(disclosure, "disclosure is null");
    this.masterData = requireNonNull(masterData, "masterData is null");
  }

  /**
   * What is asked for.
   *
   * @param attributes full name to values; null: whatever the value
   */
  private record Asked(
      Set<String> types,
      Set<String> ids,
      Set<String> within,
      Map<String, @Nullable Set<String>> attributes,
      boolean includeAttributes,
      Set<String> attributeNames,
      boolean includeChildren,
      int max) {}

  /** The vocabularies with what was asked for of them, in the shape of {@code resultsBody}. */
  List<Map<String, Object>> poll(Map<String, QueryValue> parameters, Viewer viewer) {
    Asked asked = read(parameters);
    Map<String, List<Map<String, Object>>> byType = new LinkedHashMap<>();
    int count = 0;
    for (JsonNode element : rows(asked, viewer)) {
      if (!meets(element, asked)) {
        continue;
      }
      count++;
      if (count > asked.max()) {
        throw EpcisProblems.queryTooLarge(asked.max());
      }
      byType
          .computeIfAbsent(element.path("type").asString(""), type -> new ArrayList<>())
          .add(shown(element, asked));
    }
    List<Map<String, Object>> vocabularies = new ArrayList<>();
    byType.forEach(
        (type, elements) -> {
          Map<String, Object> vocabulary = new LinkedHashMap<>();
          vocabulary.put("type", type);
          vocabulary.put("vocabularyElementList", elements);
          vocabularies.add(vocabulary);
        });
    return vocabularies;
  }

  private List<JsonNode> rows(Asked asked, Viewer viewer) {
    SqlCondition visible = disclosure.condition(viewer);
    StringBuilder sql = new StringBuilder("select e.body from query_vocabulary e where (");
    sql.append(visible.sql()).append(')');
    Map<String, Object> values = new LinkedHashMap<>(visible.parameters());
    if (!asked.types().isEmpty()) {
      sql.append(" and e.type = any(:types)");
      values.put("types", asked.types().toArray(String[]::new));
    }
    if (!asked.ids().isEmpty()) {
      sql.append(" and e.id = any(:ids)");
      values.put("ids", asked.ids().toArray(String[]::new));
    }
    if (!asked.within().isEmpty()) {
      sql.append(" and e.id = any(:within)");
      values.put(
          "within", masterData.withDescendants(viewer, asked.within()).toArray(String[]::new));
    }
    sql.append(" order by e.type, e.id limit ").append(MAX_ELEMENTS + 1);
    List<String> bodies =
        jdbc.sql(sql.toString()).params(values).query((row, index) -> row.getString(1)).list();
    if (bodies.size() > MAX_ELEMENTS) {
      throw EpcisProblems.queryTooComplex(
          "主数据超过 " + MAX_ELEMENTS + " 项，请缩小范围。",
          "there are more than " + MAX_ELEMENTS + " elements; narrow the query.");
    }
    return bodies.stream().map(VocabularyJson.MAPPER::readTree).toList();
  }

  private static boolean meets(JsonNode element, Asked asked) {
    for (Map.Entry<String, @Nullable Set<String>> wanted : asked.attributes().entrySet()) {
      boolean found = false;
      for (JsonNode attribute : element.path("attributes")) {
        Set<String> values = wanted.getValue();
        found |=
            attribute.path("id").asString("").equals(wanted.getKey())
                && (values == null || values.contains(attribute.path("attribute").asString("")));
      }
      if (!found) {
        return false;
      }
    }
    return true;
  }

  private static Map<String, Object> shown(JsonNode element, Asked asked) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("id", element.path("id").asString(""));
    if (asked.includeAttributes()) {
      List<JsonNode> attributes =
          element
              .path("attributes")
              .valueStream()
              .filter(
                  attribute ->
                      asked.attributeNames().isEmpty()
                          || asked.attributeNames().contains(attribute.path("id").asString("")))
              .toList();
      if (!attributes.isEmpty()) {
        map.put("attributes", attributes);
      }
    }
    if (asked.includeChildren() && !element.path("children").isEmpty()) {
      map.put("children", element.path("children"));
    }
    return map;
  }

  private static Asked read(Map<String, QueryValue> parameters) {
    Set<String> types = new TreeSet<>();
    Set<String> ids = new TreeSet<>();
    Set<String> within = new TreeSet<>();
    Map<String, @Nullable Set<String>> attributes = new LinkedHashMap<>();
    Set<String> names = new TreeSet<>();
    boolean includeAttributes = true;
    boolean includeChildren = true;
    int max = MAX_ELEMENTS;
    LdContext context = QueryReader.prefixes(null);
    for (QueryValue value : parameters.values()) {
      switch (value.name()) {
        case "vocabularyName" ->
            value.texts().forEach(text -> types.add(VocabularyNames.type(context.expand(text))));
        case "EQ_name" -> value.texts().forEach(text -> ids.add(CanonicalUri.of(text)));
        case "WD_name" -> value.texts().forEach(text -> within.add(CanonicalUri.of(text)));
        case "HASATTR" ->
            value.texts().forEach(text -> attributes.put(attribute(text, context), null));
        case "attributeNames" -> value.texts().forEach(text -> names.add(attribute(text, context)));
        case "includeAttributes" -> includeAttributes = flag(value);
        case "includeChildren" -> includeChildren = flag(value);
        case "maxElementCount" -> max = count(value);
        default -> {
          if (!value.name().startsWith("EQATTR_") || value.name().length() == 7) {
            throw value.refused("不支持此参数。", "this parameter is not supported.");
          }
          attributes.put(attribute(value.name().substring(7), context), Set.copyOf(value.texts()));
        }
      }
    }
    return new Asked(
        types, ids, within, attributes, includeAttributes, names, includeChildren, max);
  }

  private static String attribute(String text, LdContext context) {
    return VocabularyNames.attribute(context.expand(text));
  }

  private static boolean flag(QueryValue value) {
    return switch (value.single()) {
      case "true" -> true;
      case "false" -> false;
      default -> throw value.refused("应为 true 或 false。", "is true or false.");
    };
  }

  private static int count(QueryValue value) {
    try {
      int count = Integer.parseInt(value.single());
      if (count >= 1) {
        return Math.min(count, MAX_ELEMENTS);
      }
    } catch (NumberFormatException e) {
      // Refused below, like any other that is no number.
    }
    throw value.refused("应为正整数。", "a positive number is due.");
  }
}
