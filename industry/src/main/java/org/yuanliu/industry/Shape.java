package org.yuanliu.industry;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * A mapping of the pack format: its keys, which of them must be there, what each means. The reader
 * takes its keys from here, the JSON schema and the reference are made from it: the three can't
 * differ.
 *
 * @param name stable name, by which the schema refers to it
 */
record Shape(String name, Localized says, List<Slot> keys) {
  Shape {
    requireNonNull(name, "name is null");
    requireNonNull(says, "says is null");
    keys = List.copyOf(keys);
  }

  Set<String> required() {
    return keys.stream().filter(Slot::required).map(Slot::name).collect(Collectors.toSet());
  }

  Set<String> optional() {
    return keys.stream().filter(key -> !key.required()).map(Slot::name).collect(Collectors.toSet());
  }

  Slot key(String key) {
    return keys.stream().filter(k -> k.name().equals(key)).findFirst().orElseThrow();
  }

  /** The same keys, none of them required: what a pick may change. */
  Shape allOptional(String newName, Localized newSays, Slot... more) {
    List<Slot> loose =
        keys.stream().map(key -> new Slot(key.name(), false, key.value(), key.says())).toList();
    return new Shape(
        newName,
        newSays,
        java.util.stream.Stream.concat(List.of(more).stream(), loose.stream()).toList());
  }

  /** One key. */
  record Slot(String name, boolean required, Value value, Localized says) {}

  /** What may stand as a value. */
  sealed interface Value {
    /**
     * A plain value.
     *
     * @param pattern regular expression that the whole text fits; empty for any text
     * @param example shown in the reference
     */
    record Text(String pattern, String example) implements Value {}

    /** One of some words. */
    record Word(Set<String> words) implements Value {}

    /** One or a list. */
    record OneOrMany(Value value) implements Value {}

    record Many(Value value) implements Value {}

    /** Names with values. */
    record Named(String keyPattern, Value value) implements Value {}

    record Of(Supplier<Shape> shape) implements Value {}

    /** Any of several. */
    record Either(List<Value> values) implements Value {}
  }
}
