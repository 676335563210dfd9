package org.yuanliu.industry;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.yuanliu.industry.Shape.Slot;
import org.yuanliu.industry.Shape.Value;

/**
 * The pack format as a JSON Schema (draft 2020-12), made from the format that the reader itself
 * goes by. Plain values are texts, as the reader takes them; where an editor reads {@code 1} or
 * {@code true} as a number or a truth value, that is let through.
 */
public final class PackSchema {
  /** Where the schema is published. */
  public static final String ID = "https://yuanliu.org/ns/pack.schema.json";

  private PackSchema() {}

  /** The schema as maps, lists and texts, ready to be written as JSON. */
  public static Map<String, Object> json() {
    Map<String, Object> definitions = new LinkedHashMap<>();
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    schema.put("$id", ID);
    schema.put("title", PackFormat.PACK.says().en() + " / " + PackFormat.PACK.says().zh());
    schema.putAll(object(PackFormat.PACK, definitions));
    schema.put("$defs", definitions);
    return schema;
  }

  private static Map<String, Object> object(Shape shape, Map<String, Object> definitions) {
    Map<String, Object> properties = new LinkedHashMap<>();
    for (Slot key : shape.keys()) {
      Map<String, Object> property = new LinkedHashMap<>(value(key.value(), definitions));
      property.put("description", key.says().en() + " / " + key.says().zh());
      properties.put(key.name(), property);
    }
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("type", "object");
    object.put("properties", properties);
    List<String> required = shape.keys().stream().filter(Slot::required).map(Slot::name).toList();
    if (!required.isEmpty()) {
      object.put("required", required);
    }
    object.put("additionalProperties", false);
    return object;
  }

  private static Map<String, Object> value(Value value, Map<String, Object> definitions) {
    return switch (value) {
      case Value.Text(String pattern, String example) -> text(pattern);
      case Value.Word(Set<String> words) -> words(words);
      case Value.OneOrMany(Value one) ->
          Map.of("anyOf", List.of(value(one, definitions), list(one, definitions)));
      case Value.Many(Value one) -> list(one, definitions);
      case Value.Named(String pattern, Value one) -> {
        Map<String, Object> named = new LinkedHashMap<>();
        named.put("type", "object");
        named.put("minProperties", 1);
        named.put("propertyNames", Map.of("pattern", "^(?:" + pattern + ")$"));
        named.put("additionalProperties", value(one, definitions));
        yield named;
      }
      case Value.Of of -> reference(of.shape().get(), definitions);
      case Value.Either(List<Value> values) -> {
        List<Object> choices = new ArrayList<>();
        values.forEach(choice -> choices.add(value(choice, definitions)));
        yield Map.of("anyOf", choices);
      }
    };
  }

  private static Map<String, Object> list(Value one, Map<String, Object> definitions) {
    Map<String, Object> list = new LinkedHashMap<>();
    list.put("type", "array");
    list.put("minItems", 1);
    list.put("items", value(one, definitions));
    return list;
  }

  private static Map<String, Object> text(String pattern) {
    Map<String, Object> text = new LinkedHashMap<>();
    text.put("type", List.of("string", "number", "boolean"));
    text.put("minLength", 1);
    if (!pattern.isEmpty()) {
      text.put("pattern", "^(?:" + pattern + ")$");
    }
    return text;
  }

  private static Map<String, Object> words(Set<String> words) {
    List<Object> values = new ArrayList<>(words.stream().sorted().toList());
    if (words.contains("true")) {
      values.add(true);
      values.add(false);
    }
    return Map.of("enum", values);
  }

  private static Map<String, Object> reference(Shape shape, Map<String, Object> definitions) {
    if (!definitions.containsKey(shape.name())) {
      // Its name first: a requirement may hold requirements.
      definitions.put(shape.name(), Map.of());
      definitions.put(shape.name(), object(shape, definitions));
    }
    return Map.of("$ref", "#/$defs/" + shape.name());
  }
}
