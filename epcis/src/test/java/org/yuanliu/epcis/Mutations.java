package org.yuanliu.epcis;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Documents with one thing wrong, made from right ones: at every place a field dropped, a type
 * changed, an unknown field added, a bad value put. A place that was spoilt the same way in a
 * document before (same event type, same path, indices aside) is passed over.
 */
final class Mutations {
  /**
   * One spoilt document.
   *
   * @param what how, as in {@code put "no uri"}
   * @param shape where: event type and path without indices
   */
  record Mutant(ObjectNode document, String what, String shape) {
    @Override
    public String toString() {
      return what + " at " + shape;
    }
  }

  private static final String[] VALUES = {
    "null",
    "1",
    "1.5",
    "true",
    "\"\"",
    "\"no uri\"",
    "\"word\"",
    "\"x:y\"",
    "[]",
    "{}",
    "[1]",
    "\"urn:epcglobal:cbv:bizstep:shipping\"",
    "\"https://ns.gs1.org/cbv/BizStep-x\"",
    "\"https://gs1.org/voc/Temperature\"",
    "\"2026-02-30T00:00:00Z\"",
    "\"2026-02-01T00:00:00\"",
    "\"+14:30\"",
    "\"ADD\"",
    "\"DELETE\"",
    "\"KG\"",
    "\"kg\"",
    "\"0xff\""
  };

  private static final List<JsonNode> NODES = new ArrayList<>();

  static {
    for (String value : VALUES) {
      NODES.add(Documents.MAPPER.readTree(value));
    }
  }

  private final Set<String> seen = new HashSet<>();
  private final int sample;

  /**
   * @param sample gives one mutant in so many, always the same ones
   */
  Mutations(int sample) {
    this.sample = sample;
  }

  private boolean isNew(String mutation) {
    return seen.add(mutation) && Math.floorMod(mutation.hashCode(), sample) == 0;
  }

  /** Hands over every new mutant of a document; each is valid only during the call. */
  void of(ObjectNode document, Consumer<Mutant> sink) {
    visit(document, document, "", sink);
  }

  private void visit(ObjectNode root, JsonNode node, String shape, Consumer<Mutant> sink) {
    if (node instanceof ObjectNode object) {
      String here = shape;
      JsonNode type = object.get("type");
      if (type != null && type.isString() && object.has("eventTime")) {
        here = type.stringValue();
      }
      spoil(object, here, root, sink);
      for (Map.Entry<String, JsonNode> member : List.copyOf(object.properties())) {
        if (!member.getKey().equals("@context")) {
          visit(root, member.getValue(), here + '/' + member.getKey(), sink);
        }
      }
    } else if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        JsonNode before = array.get(i);
        for (JsonNode value : NODES) {
          String what = "put " + value;
          if (isNew(what + " at " + shape + "/*")) {
            array.set(i, value);
            sink.accept(new Mutant(root, what, shape + "/*"));
            array.set(i, before);
          }
        }
        visit(root, before, shape + "/*", sink);
      }
      if (!array.isEmpty() && isNew("twice at " + shape)) {
        array.add(array.get(0).deepCopy());
        sink.accept(new Mutant(root, "twice", shape));
        array.remove(array.size() - 1);
      }
    }
  }

  private void spoil(ObjectNode object, String shape, ObjectNode root, Consumer<Mutant> sink) {
    for (String name : new String[] {"bare", "ex:new", "parentID", "epcList", "ilmd", "action"}) {
      if (!object.has(name) && isNew("add " + name + " at " + shape)) {
        object.put(name, "urn:a:b");
        sink.accept(new Mutant(root, "add " + name, shape));
        object.remove(name);
      }
    }
    for (String name : List.copyOf(object.propertyNames())) {
      if (name.equals("@context")) {
        continue;
      }
      JsonNode before = object.get(name);
      String at = shape + '/' + name;
      if (isNew("drop at " + at)) {
        object.remove(name);
        sink.accept(new Mutant(root, "drop", at));
        object.set(name, before);
      }
      for (JsonNode value : NODES) {
        String what = "put " + value;
        if (isNew(what + " at " + at)) {
          object.set(name, value);
          sink.accept(new Mutant(root, what, at));
          object.set(name, before);
        }
      }
    }
  }
}
