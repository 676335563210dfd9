package org.yuanliu.platform.registry;

import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Bounds on what people type. */
final class Texts {
  /** Long names of firms reach 60; addresses twice that. */
  static final int MAX_LENGTH = 500;

  static final int MAX_NAMES = 100;

  private Texts() {}

  static void names(List<Party.DatedName> names) {
    if (names.isEmpty()) {
      throw Refusals.invalid("/names", "name-missing", "主体必须有名称。", "A party has a name.");
    }
    size("/names", names, MAX_NAMES);
    for (int i = 0; i < names.size(); i++) {
      required("/names/" + i + "/name", names.get(i).name());
    }
  }

  static String required(String pointer, @Nullable String text) {
    if (text == null || text.isBlank()) {
      throw Refusals.invalid(pointer, "value-missing", "此处必须填写。", "A value is needed here.");
    }
    if (text.length() > MAX_LENGTH) {
      throw tooLong(pointer);
    }
    return text;
  }

  static @Nullable String optional(String pointer, @Nullable String text) {
    if (text != null && text.length() > MAX_LENGTH) {
      throw tooLong(pointer);
    }
    return text;
  }

  static void size(String pointer, Collection<?> values, int max) {
    if (values.size() > max) {
      throw Refusals.invalid(
          pointer, "too-many", "最多%d项。".formatted(max), "At most %d of them.".formatted(max));
    }
  }

  private static RuntimeException tooLong(String pointer) {
    return Refusals.invalid(
        pointer,
        "text-too-long",
        "内容超过%d字。".formatted(MAX_LENGTH),
        "The text is longer than %d characters.".formatted(MAX_LENGTH));
  }
}
