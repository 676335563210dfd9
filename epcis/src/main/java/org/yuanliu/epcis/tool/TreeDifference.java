package org.yuanliu.epcis.tool;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.yuanliu.epcis.CbvVocabulary;
import org.yuanliu.epcis.LdContext;
import tools.jackson.databind.JsonNode;

/**
 * Where two trees say different things. Not counted as such: an array of one item and that item, an
 * empty array and none, a number and its text, a compact URI and the full one, a word of the CBV
 * and its URI, for JSON-LD and XML do not tell these apart.
 */
final class TreeDifference {
  private TreeDifference() {}

  /** JSON pointers with both values. */
  static List<String> between(JsonNode before, JsonNode after, LdContext context) {
    List<String> found = new ArrayList<>();
    compare("", before, after, context, found);
    return found;
  }

  private static void compare(
      String at, JsonNode before, JsonNode after, LdContext context, List<String> found) {
    JsonNode one = single(before);
    JsonNode two = single(after);
    if (isNothing(one) && isNothing(two)) {
      return;
    }
    if (one.isObject() && two.isObject()) {
      Set<String> names = new TreeSet<>(one.propertyNames());
      names.addAll(two.propertyNames());
      for (String name : names) {
        String escaped = name.replace("~", "~0").replace("/", "~1");
        compare(at + '/' + escaped, one.path(name), two.path(name), context, found);
      }
    } else if (one.isArray() && two.isArray() && one.size() == two.size()) {
      for (int i = 0; i < one.size(); i++) {
        compare(at + '/' + i, one.get(i), two.get(i), context, found);
      }
    } else if (!sameLiteral(one, two, context)) {
      found.add(at + ": " + shown(one) + " became " + shown(two));
    }
  }

  private static JsonNode single(JsonNode node) {
    return node.isArray() && node.size() == 1 ? single(node.get(0)) : node;
  }

  private static boolean isNothing(JsonNode node) {
    return node.isMissingNode()
        || (node.isContainer() && node.isEmpty())
        || (node.isString() && node.stringValue().isEmpty());
  }

  private static boolean sameLiteral(JsonNode one, JsonNode two, LdContext context) {
    if (!one.isValueNode() || !two.isValueNode()) {
      return false;
    }
    if (one.isNumber() && two.isNumber()) {
      return one.decimalValue().compareTo(two.decimalValue()) == 0;
    }
    String before = one.asString();
    String after = two.asString();
    return context.expand(before).equals(context.expand(after))
        || (one.isString() && two.isString() && isSameTerm(before, after, context));
  }

  /** Whether two texts are one value of a vocabulary of the standard. */
  private static boolean isSameTerm(String one, String two, LdContext context) {
    for (CbvVocabulary vocabulary : CbvVocabulary.values()) {
      String term = vocabulary.canonical(one, context);
      if (term != null && term.equals(vocabulary.canonical(two, context))) {
        return true;
      }
    }
    return false;
  }

  private static String shown(JsonNode node) {
    String text = node.isMissingNode() ? "nothing" : node.toString();
    return text.length() <= 120 ? text : text.substring(0, 120) + "…";
  }
}
