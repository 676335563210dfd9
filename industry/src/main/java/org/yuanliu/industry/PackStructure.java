package org.yuanliu.industry;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yuanliu.industry.PackNode.Field;
import org.yuanliu.industry.PackNode.Mapping;
import org.yuanliu.industry.PackNode.Scalar;
import org.yuanliu.industry.PackNode.Sequence;
import org.yuanliu.industry.Shape.Slot;
import org.yuanliu.industry.Shape.Value;

/** Whether a file has the structure of the format: every mistake of that kind at once. */
final class PackStructure {
  private final String file;
  private final List<PackProblem> problems = new ArrayList<>();

  private PackStructure(String file) {
    this.file = requireNonNull(file, "file is null");
  }

  /**
   * @throws PackException with every key that is unknown or missing and every value that has not
   *     the form that its place asks for
   */
  static void require(String file, PackNode root, Shape shape) {
    PackStructure structure = new PackStructure(file);
    structure.mapping(root, shape);
    if (!structure.problems.isEmpty()) {
      throw new PackException(structure.problems);
    }
  }

  private void mapping(PackNode node, Shape shape) {
    if (!(node instanceof Mapping mapping)) {
      report(node.line(), PackRule.WRONG_KIND, "这里要“名称: 值”", "names with values are due here");
      return;
    }
    Map<String, Field> fields = mapping.fields();
    for (Map.Entry<String, Field> entry : fields.entrySet()) {
      Slot key =
          shape.keys().stream()
              .filter(k -> k.name().equals(entry.getKey()))
              .findFirst()
              .orElse(null);
      if (key == null) {
        List<String> known = shape.keys().stream().map(Slot::name).sorted().toList();
        report(
            entry.getValue().line(),
            PackRule.UNKNOWN_KEY,
            "不认识“" + entry.getKey() + "”，这里可以写：" + String.join("、", known),
            "\"" + entry.getKey() + "\" is not known here; known are: " + String.join(", ", known));
      } else {
        value(entry.getValue().value(), key.value(), key);
      }
    }
    for (String key : shape.required().stream().sorted().toList()) {
      if (!fields.containsKey(key)) {
        report(
            mapping.line(), PackRule.MISSING_KEY, "缺少“" + key + "”", "\"" + key + "\" is missing");
      }
    }
  }

  private void value(PackNode node, Value value, Slot key) {
    switch (value) {
      case Value.Text(String pattern, String example) -> text(node, pattern, example, key);
      case Value.Word(Set<String> words) -> word(node, words, key);
      case Value.OneOrMany(Value one) -> {
        if (node instanceof Sequence sequence) {
          items(sequence, one, key);
        } else {
          value(node, one, key);
        }
      }
      case Value.Many(Value one) -> {
        if (node instanceof Sequence sequence) {
          items(sequence, one, key);
        } else {
          report(node.line(), PackRule.WRONG_KIND, "这里要一个列表", "a list is due here");
        }
      }
      case Value.Named(String pattern, Value one) -> named(node, pattern, one, key);
      case Value.Of of -> mapping(node, of.shape().get());
      case Value.Either(List<Value> values) -> value(node, choose(node, values), key);
    }
  }

  private void items(Sequence sequence, Value one, Slot key) {
    if (sequence.items().isEmpty()) {
      report(sequence.line(), PackRule.BAD_VALUE, "列表不能是空的", "the list is empty");
    }
    sequence.items().forEach(item -> value(item, one, key));
  }

  private void named(PackNode node, String pattern, Value one, Slot key) {
    if (!(node instanceof Mapping mapping)) {
      report(node.line(), PackRule.WRONG_KIND, "这里要“名称: 值”", "names with values are due here");
      return;
    }
    if (mapping.fields().isEmpty()) {
      report(node.line(), PackRule.BAD_VALUE, "这里不能是空的", "nothing is here");
    }
    mapping
        .fields()
        .forEach(
            (name, field) -> {
              if (!Pattern.matches(pattern, name)) {
                report(
                    field.line(),
                    PackRule.BAD_VALUE,
                    "名称“" + name + "”不合要求：" + pattern,
                    "the name \"" + name + "\" is not of the form " + pattern);
              } else {
                value(field.value(), one, key);
              }
            });
  }

  /** The kind of node tells which of the alternatives is meant. */
  private static Value choose(PackNode node, List<Value> values) {
    boolean plain = node instanceof Scalar;
    for (Value value : values) {
      boolean forPlain = value instanceof Value.Text || value instanceof Value.Word;
      if (forPlain == plain) {
        return value;
      }
    }
    return values.getFirst();
  }

  private void text(PackNode node, String pattern, String example, Slot key) {
    String text = plain(node);
    if (text != null && !pattern.isEmpty() && !Pattern.matches(pattern, text)) {
      report(
          node.line(),
          PackRule.BAD_VALUE,
          key.name() + "（" + key.says().zh() + "）写成 " + example + " 的样子，不是“" + text + "”",
          "\"" + key.name() + "\" is written like " + example + ", not \"" + text + "\"");
    }
  }

  private void word(PackNode node, Set<String> words, Slot key) {
    String text = plain(node);
    if (text != null && !words.contains(text)) {
      List<String> sorted = words.stream().sorted().toList();
      report(
          node.line(),
          PackRule.BAD_VALUE,
          key.name() + "：“" + text + "”不在其中：" + String.join("、", sorted),
          "\"" + key.name() + "\": \"" + text + "\" is none of " + String.join(", ", sorted));
    }
  }

  private @Nullable String plain(PackNode node) {
    if (!(node instanceof Scalar(int line, String text))) {
      report(node.line(), PackRule.WRONG_KIND, "这里要一个值", "a plain value is due here");
      return null;
    }
    if (text.isEmpty()) {
      report(line, PackRule.BAD_VALUE, "这里要一个值，不能空着", "a value is due here");
      return null;
    }
    return text;
  }

  private void report(int line, PackRule rule, String zh, String en) {
    problems.add(new PackProblem(file, line, rule, new Localized(zh, en)));
  }
}
