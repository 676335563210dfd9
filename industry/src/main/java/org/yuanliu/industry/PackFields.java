package org.yuanliu.industry;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.yuanliu.industry.PackNode.Field;
import org.yuanliu.industry.PackNode.Mapping;
import org.yuanliu.industry.PackNode.Scalar;
import org.yuanliu.industry.PackNode.Sequence;

/** Takes the nodes of a file apart: mappings with known keys, lists, plain values. */
class PackFields {
  final String file;

  PackFields(String file) {
    this.file = file;
  }

  /** A list of plain values, or a single one. */
  final List<String> texts(PackNode node) {
    return List.copyOf(texts(node, this::text));
  }

  final String text(PackNode node) {
    if (!(node instanceof Scalar(int line, String text))) {
      throw problem(node, PackRule.WRONG_KIND, "这里要一个值", "a plain value is due here");
    }
    if (text.isEmpty()) {
      throw PackNode.Reader.problem(
          file, line, PackRule.BAD_VALUE, "这里要一个值，不能空着", "a value is due here");
    }
    return text;
  }

  final <T> Set<T> optionalTexts(Mapping fields, String key, Function<PackNode, T> read) {
    PackNode node = find(fields, key);
    return node == null ? Set.of() : texts(node, read);
  }

  final <T> Set<T> texts(PackNode node, Function<PackNode, T> read) {
    return new LinkedHashSet<>(
        node instanceof Scalar ? List.of(read.apply(node)) : items(node, read));
  }

  final <T> List<T> items(PackNode node, Function<PackNode, T> read) {
    if (!(node instanceof Sequence(int line, List<PackNode> nodes))) {
      throw problem(node, PackRule.WRONG_KIND, "这里要一个列表", "a list is due here");
    }
    if (nodes.isEmpty()) {
      throw PackNode.Reader.problem(file, line, PackRule.BAD_VALUE, "列表不能是空的", "the list is empty");
    }
    List<T> items = new ArrayList<>();
    List<PackProblem> problems = new ArrayList<>();
    for (PackNode item : nodes) {
      collecting(problems, () -> items.add(read.apply(item)));
    }
    refuse(problems);
    return items;
  }

  final <T> Map<String, T> entries(@Nullable PackNode node, BiFunction<String, PackNode, T> read) {
    Map<String, T> entries = new LinkedHashMap<>();
    if (node == null) {
      return entries;
    }
    if (!(node instanceof Mapping(int line, Map<String, Field> fields))) {
      throw problem(node, PackRule.WRONG_KIND, "这里要“名称: 值”", "names with values are due here");
    }
    List<PackProblem> problems = new ArrayList<>();
    fields.forEach(
        (key, field) ->
            collecting(problems, () -> entries.put(key, read.apply(key, field.value()))));
    refuse(problems);
    return entries;
  }

  /** The node as a mapping; its keys have been looked at with the structure of the file. */
  final Mapping mapping(PackNode node) {
    if (!(node instanceof Mapping mapping)) {
      throw problem(node, PackRule.WRONG_KIND, "这里要“名称: 值”", "names with values are due here");
    }
    return mapping;
  }

  static PackNode get(Mapping mapping, String key) {
    PackNode node = find(mapping, key);
    if (node == null) {
      throw new IllegalStateException("a required key was not checked: " + key);
    }
    return node;
  }

  static @Nullable PackNode find(Mapping mapping, String key) {
    Field field = mapping.fields().get(key);
    return field == null ? null : field.value();
  }

  final PackException problem(PackNode node, PackRule rule, String zh, String en) {
    return PackNode.Reader.problem(file, node.line(), rule, zh, en);
  }

  /** The field of that name, for a mistake in what it says. */
  static PackNode entry(Mapping mapping, String key) {
    return get(mapping, key);
  }

  static void collecting(List<PackProblem> problems, Runnable reading) {
    try {
      reading.run();
    } catch (PackException e) {
      problems.addAll(e.problems());
    }
  }

  static void refuse(List<PackProblem> problems) {
    if (!problems.isEmpty()) {
      throw new PackException(problems);
    }
  }
}
