package org.yuanliu.industry;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.yuanliu.industry.Shape.Slot;
import org.yuanliu.industry.Shape.Value;

/** What the keys of the pack format are made of: how values are written, and how keys are named. */
final class FormatWords {
  static final String ID = "[a-z][a-z0-9_-]{0,63}";

  /** Names that expressions use: no hyphen. */
  static final String ELEMENT_ID = "[a-z][a-z0-9_]{0,63}";

  static final String CODE_WORD = "[A-Za-z0-9][A-Za-z0-9._-]{0,63}";
  static final String DURATION = "([0-9]{1,4}) ?(min|h|d)";
  static final String SPAN = "([0-9]{1,4}) ?(min|h|d|mo|y)";
  static final String PERCENT = "([0-9]{1,3}(?:\\.[0-9]{1,3})?) ?%";
  static final String NUMBER = "-?[0-9]{1,15}(?:\\.[0-9]{1,9})?";
  static final String DATE = "[0-9]{4}-[0-9]{2}-[0-9]{2}";
  static final String VERSION = "[1-9][0-9]{0,5}";

  /** GB/T 7635.1 codes have eight digits. */
  static final String GOODS_CODE = "[0-9]{1,8}";

  static final String UOM = "[A-Z0-9]{2,3}";

  static final Value TEXT = new Value.Text("", "…");
  static final Value FLAG = new Value.Word(Set.of("true", "false"));
  static final Value NAME = new Value.Text(ID, "breeding");
  static final Value NAMES = new Value.OneOrMany(NAME);
  static final Value ELEMENT = new Value.Text(ELEMENT_ID, "ear_tags");
  static final Value URI =
      new Value.Text("[a-zA-Z][a-zA-Z0-9+.-]*:[^\\s\"<>\\\\^`{|}]+", "cbv:BizStep-shipping");
  static final Value DURATION_VALUE = new Value.Text(DURATION, "24 h");
  static final Value SPAN_VALUE = new Value.Text(SPAN, "15 d");
  static final Value PERCENT_VALUE = new Value.Text(PERCENT, "1 %");
  static final Value NUMBER_VALUE = new Value.Text(NUMBER, "30");

  static final Shape LOCALIZED =
      shape(
          "text",
          "中文和英文",
          "Chinese and English",
          req("zh", TEXT, "中文", "Chinese"),
          req("en", TEXT, "英文", "English"));
  static final Value BOTH = shaped(LOCALIZED);

  private FormatWords() {}

  static <E> Set<String> ids(E[] values, Function<E, String> id) {
    return Arrays.stream(values).map(id).collect(Collectors.toCollection(TreeSet::new));
  }

  static Value shaped(Shape shape) {
    return new Value.Of(() -> shape);
  }

  static Value either(Value... values) {
    return new Value.Either(List.of(values));
  }

  static Slot req(String name, Value value, String zh, String en) {
    return new Slot(name, true, value, new Localized(zh, en));
  }

  static Slot opt(String name, Value value, String zh, String en) {
    return new Slot(name, false, value, new Localized(zh, en));
  }

  static Shape shape(String name, String zh, String en, Slot... keys) {
    return new Shape(name, new Localized(zh, en), List.of(keys));
  }
}
