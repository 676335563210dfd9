package org.yuanliu.industry;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yuanliu.industry.PackNode.Field;
import org.yuanliu.industry.PackNode.Mapping;
import org.yuanliu.industry.PackNode.Scalar;
import org.yuanliu.industry.PackNode.Sequence;

/** One change at one place of a file. */
final class Mutation {
  enum Kind {
    /** Another text stands there. */
    OTHER_TEXT,
    /** Nothing stands there. */
    EMPTY,
    LIST,
    MAPPING,
    /** The place is gone. */
    REMOVED,
    /** A key that nobody knows stands beside it. */
    MORE
  }

  private final int place;
  private final Kind kind;
  private int seen = -1;

  private Mutation(int place, Kind kind) {
    this.place = place;
    this.kind = kind;
  }

  static int count(PackNode node) {
    Mutation counting = new Mutation(Integer.MAX_VALUE, Kind.EMPTY);
    counting.walk(node);
    return counting.seen + 1;
  }

  static PackNode at(PackNode root, int place, Kind kind) {
    PackNode mutated = new Mutation(place, kind).walk(root);
    return mutated == null ? new Scalar(1, "") : mutated;
  }

  private PackNode walk(PackNode node) {
    seen++;
    if (seen == place) {
      return switch (kind) {
        case OTHER_TEXT -> new Scalar(node.line(), "Ünknown thing!");
        case EMPTY -> new Scalar(node.line(), "");
        case LIST -> new Sequence(node.line(), List.of());
        case MAPPING -> new Mapping(node.line(), Map.of());
        case REMOVED -> null;
        case MORE -> {
          Map<String, Field> fields = new LinkedHashMap<>();
          if (node instanceof Mapping mapping) {
            fields.putAll(mapping.fields());
          }
          fields.put("Ünknown", new Field(node.line(), new Scalar(node.line(), "x")));
          yield new Mapping(node.line(), fields);
        }
      };
    }
    return switch (node) {
      case Scalar scalar -> scalar;
      case Sequence sequence -> {
        List<PackNode> items = new ArrayList<>();
        for (PackNode item : sequence.items()) {
          PackNode walked = walk(item);
          if (walked != null) {
            items.add(walked);
          }
        }
        yield new Sequence(sequence.line(), items);
      }
      case Mapping mapping -> {
        Map<String, Field> fields = new LinkedHashMap<>();
        mapping
            .fields()
            .forEach(
                (key, field) -> {
                  PackNode walked = walk(field.value());
                  if (walked != null) {
                    fields.put(key, new Field(field.line(), walked));
                  }
                });
        yield new Mapping(mapping.line(), fields);
      }
    };
  }
}
