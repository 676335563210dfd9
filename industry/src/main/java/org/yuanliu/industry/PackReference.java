package org.yuanliu.industry;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.yuanliu.industry.Shape.Slot;
import org.yuanliu.industry.Shape.Value;

/** Every key of the pack format as Markdown, made from the format itself. */
public final class PackReference {
  private final StringBuilder text = new StringBuilder();
  private final Set<Shape> done = new LinkedHashSet<>();

  private PackReference() {}

  /** The tables, one for each mapping of the format. */
  public static String markdown() {
    PackReference reference = new PackReference();
    reference.table(PackFormat.PACK);
    return reference.text.toString();
  }

  private void table(Shape shape) {
    if (!done.add(shape)) {
      return;
    }
    text.append("\n### ").append(shape.name()).append('\n').append('\n');
    text.append(shape.says().zh()).append(" · ").append(shape.says().en()).append("\n\n");
    text.append("| key | value | 含义 | meaning |\n|---|---|---|---|\n");
    for (Slot key : shape.keys()) {
      text.append("| `").append(key.name()).append('`').append(key.required() ? " *" : "");
      text.append(" | ").append(value(key.value()));
      text.append(" | ").append(cell(key.says().zh()));
      text.append(" | ").append(cell(key.says().en())).append(" |\n");
    }
    for (Slot key : shape.keys()) {
      below(key.value());
    }
  }

  private void below(Value value) {
    switch (value) {
      case Value.Of of -> table(of.shape().get());
      case Value.OneOrMany(Value one) -> below(one);
      case Value.Many(Value one) -> below(one);
      case Value.Named(String ignored, Value one) -> below(one);
      case Value.Either(List<Value> values) -> values.forEach(this::below);
      case Value.Text ignored -> {}
      case Value.Word ignored -> {}
    }
  }

  private static String value(Value value) {
    return switch (value) {
      case Value.Text(String ignored, String example) ->
          example.equals("…") ? "text" : "`" + cell(example) + "`";
      case Value.Word(Set<String> words) ->
          "`" + String.join("` `", words.stream().sorted().toList()) + "`";
      case Value.OneOrMany(Value one) -> value(one) + " or a list";
      case Value.Many(Value one) -> "list of " + value(one);
      case Value.Named(String ignored, Value one) -> "name: " + value(one);
      case Value.Of of -> "[" + of.shape().get().name() + "](#" + anchor(of.shape().get()) + ")";
      case Value.Either(List<Value> values) ->
          String.join(" or ", values.stream().map(PackReference::value).toList());
    };
  }

  private static String anchor(Shape shape) {
    return shape.name().toLowerCase(java.util.Locale.ROOT);
  }

  private static String cell(String text) {
    return text.replace("|", "\\|");
  }
}
