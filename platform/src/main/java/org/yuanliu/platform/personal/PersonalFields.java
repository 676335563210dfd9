package org.yuanliu.platform.personal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yuanliu.epcis.LdContext;
import org.yuanliu.epcis.YlVocabulary;
import org.yuanliu.industry.Element;
import org.yuanliu.industry.Link;
import org.yuanliu.industry.Pack;
import org.yuanliu.industry.PackSet;
import org.yuanliu.industry.Product;
import org.yuanliu.industry.Target;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * The extension fields that any version of any pack marks personal, wherever in an event they stand
 * and of whatever link it is: what nobody recognises is no reason to keep a person's number in
 * clear.
 */
final class PersonalFields {
  static final String COMMITMENT = YlVocabulary.PREFIX + ":" + YlVocabulary.COMMITMENT;

  private final PackSet packs;

  /** By local name, then by full name. */
  private final Map<String, Map<String, Field>> fields = new HashMap<>();

  /**
   * A field.
   *
   * @param name local name
   * @param person which person of a record it tells of
   * @param identity whether it is the number of his document
   */
  record Field(String name, String person, boolean identity) {}

  /**
   * A value found in a body, and where it can be replaced.
   *
   * @param path tells the values of one event apart
   * @param text the value; of anything but a plain value its JSON
   */
  record Found(Field field, String path, String text, Place place) {}

  /** A place in a tree. */
  sealed interface Place {
    void put(JsonNode node);
  }

  private record Member(ObjectNode object, String name) implements Place {
    @Override
    public void put(JsonNode node) {
      object.set(name, node);
    }
  }

  private record Item(ArrayNode array, int index) implements Place {
    @Override
    public void put(JsonNode node) {
      array.set(index, node);
    }
  }

  PersonalFields(PackSet packs) {
    this.packs = packs;
    for (Pack pack : packs.all()) {
      for (Product product : pack.products()) {
        for (Link link : product.links()) {
          link.elements().values().forEach(this::add);
        }
      }
    }
  }

  PackSet packs() {
    return packs;
  }

  private void add(Element element) {
    if (!element.personal()
        || !(element.becomes() instanceof Target.Extension(boolean ilmd, var name, var member))) {
      return;
    }
    String full = member.isEmpty() ? name : member;
    String local = local(full);
    fields
        .computeIfAbsent(local, l -> new HashMap<>())
        .put(
            full,
            new Field(
                local,
                element.person() == null ? element.id() : element.person(),
                element.identity()));
  }

  private static String local(String name) {
    int from =
        Math.max(name.lastIndexOf(':'), Math.max(name.lastIndexOf('/'), name.lastIndexOf('#')));
    return name.substring(from + 1);
  }

  /** Whether there may be any in a tree: the names alone, before their prefixes are looked at. */
  boolean maybeIn(JsonNode node) {
    if (node instanceof ObjectNode object) {
      for (Map.Entry<String, JsonNode> member : object.properties()) {
        if (fields.containsKey(local(member.getKey())) || deeper(member.getValue())) {
          return true;
        }
      }
    } else if (node instanceof ArrayNode array) {
      for (JsonNode item : array) {
        if (deeper(item)) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean deeper(JsonNode node) {
    return node.isContainer() && maybeIn(node);
  }

  /** All values of a body in its order. Commitments that stand there already are no values. */
  List<Found> in(ObjectNode body, LdContext context) {
    List<Found> found = new ArrayList<>();
    walk(body, "", false, context, found);
    return found;
  }

  private void walk(
      JsonNode node, String path, boolean extension, LdContext context, List<Found> found) {
    switch (node) {
      case ObjectNode object -> {
        for (Map.Entry<String, JsonNode> member : List.copyOf(object.properties())) {
          String name = member.getKey();
          Field field = field(name, extension, context);
          if (field == null) {
            walk(
                member.getValue(),
                path + "/" + name,
                extension || name.indexOf(':') >= 0,
                context,
                found);
          } else {
            value(
                field,
                path + "/" + field.name(),
                member.getValue(),
                new Member(object, name),
                found);
          }
        }
      }
      case ArrayNode array -> {
        for (int i = 0; i < array.size(); i++) {
          walk(array.get(i), path + "/" + i, extension, context, found);
        }
      }
      default -> {}
    }
  }

  /** Within an object of ours members may stand without a prefix. */
  private @Nullable Field field(String name, boolean extension, LdContext context) {
    Map<String, Field> candidates = fields.get(local(name));
    if (candidates == null) {
      return null;
    }
    Field field = candidates.get(context.expand(name));
    return field == null && extension && name.indexOf(':') < 0
        ? candidates.values().iterator().next()
        : field;
  }

  private static void value(
      Field field, String path, JsonNode value, Place place, List<Found> found) {
    switch (value) {
      case ArrayNode array -> {
        for (int i = 0; i < array.size(); i++) {
          value(field, path + "/" + i, array.get(i), new Item(array, i), found);
        }
      }
      case ObjectNode object when isCommitment(object) -> {}
      case ObjectNode object -> found.add(new Found(field, path, object.toString(), place));
      default -> {
        if (!value.isNull()) {
          found.add(new Found(field, path, value.asString(), place));
        }
      }
    }
  }

  private static boolean isCommitment(ObjectNode object) {
    return object.size() == 1
        && object.get(COMMITMENT) instanceof StringNode text
        && Commitment.isOne(text.stringValue());
  }

  /** What stands in a value's place. */
  static ObjectNode commitment(String base64) {
    return JsonNodeFactory.instance.objectNode().put(COMMITMENT, base64);
  }
}
