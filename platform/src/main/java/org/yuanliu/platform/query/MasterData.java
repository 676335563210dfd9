package org.yuanliu.platform.query;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.yuanliu.platform.access.Disclosure;
import org.yuanliu.platform.access.SqlCondition;
import org.yuanliu.platform.access.Viewer;
import org.yuanliu.platform.binding.EpcisProblems;
import tools.jackson.databind.JsonNode;

/**
 * What master data say of the elements of vocabularies (EPCIS 2.0 §6.5), as far as the viewer may
 * see who said it.
 */
@Component
final class MasterData {
  /**
   * Places below one another: a nation, its provinces, cities, markets, halls and stalls are six.
   */
  static final int MAX_DEPTH = 32;

  /** Elements within those that a query names. */
  static final int MAX_DESCENDANTS = 10_000;

  private final JdbcClient jdbc;
  private final Disclosure disclosure;

  MasterData(JdbcClient jdbc, Disclosure disclosure) {
    this.jdbc = requireNonNull(jdbc, "jdbc is null");
    this.disclosure = requireNonNull(disclosure, "disclosure is null");
  }

  /**
   * These elements and all below them; one statement a level, and circles end.
   *
   * @throws org.yuanliu.platform.problem.ProblemException 413 QueryTooComplexException past the
   *     limits
   */
  Set<String> withDescendants(Viewer viewer, Set<String> ids) {
    SqlCondition visible = disclosure.condition(viewer);
    Set<String> all = new LinkedHashSet<>(ids);
    Set<String> level = all;
    for (int depth = 0; !level.isEmpty(); depth++) {
      List<String> children =
          jdbc.sql(
                  """
                  select distinct e.child from query_child e
                  where e.parent = any(:parents) and (%s) limit %d\
                  """
                      .formatted(visible.sql(), MAX_DESCENDANTS + 1))
              .params(visible.parameters())
              .param("parents", level.toArray(String[]::new))
              .query((row, index) -> row.getString(1))
              .list();
      level = new HashSet<>(children);
      level.removeAll(all);
      all.addAll(level);
      if (all.size() > MAX_DESCENDANTS || depth > MAX_DEPTH) {
        throw EpcisProblems.queryTooComplex(
            "所查地点之下的地点超过 " + MAX_DESCENDANTS + " 个。",
            "there are more than " + MAX_DESCENDANTS + " places within those asked for.");
      }
    }
    return Set.copyOf(all);
  }

  /** An element's attributes by their full names; empty where nothing is known of it. */
  Map<String, Set<String>> attributes(Viewer viewer, String id) {
    SqlCondition visible = disclosure.condition(viewer);
    Map<String, Set<String>> found = new HashMap<>();
    jdbc.sql("select e.body from query_vocabulary e where e.id = :id and (" + visible.sql() + ")")
        .params(visible.parameters())
        .param("id", id)
        .query((row, index) -> row.getString(1))
        .list()
        .forEach(body -> addAttributes(VocabularyJson.MAPPER.readTree(body), found));
    return found;
  }

  private static void addAttributes(JsonNode element, Map<String, Set<String>> found) {
    for (JsonNode attribute : element.path("attributes")) {
      List<JsonNode> leaves = new ArrayList<>();
      EventFields.leaves(attribute.path("attribute"), leaves);
      Set<String> values =
          found.computeIfAbsent(attribute.path("id").asString(""), name -> new HashSet<>());
      leaves.forEach(leaf -> values.add(leaf.asString("")));
    }
  }
}
