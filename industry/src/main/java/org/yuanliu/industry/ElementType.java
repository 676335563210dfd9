package org.yuanliu.industry;

import java.util.Locale;

/** What a data element's value is, in flat records and in forms. */
public enum ElementType {
  TEXT,
  /** A whole number. */
  INTEGER,
  /** A number with decimals. */
  DECIMAL,
  BOOLEAN,
  /** A day, {@code 2026-02-01}. */
  DATE,
  /** A moment with its offset, {@code 2026-02-01T08:30:00+08:00}. */
  TIME,
  /** One of the words of a code list. */
  CODE,
  /** The code of a trace unit (追溯单元): an item, a lot or a logistic unit. */
  UNIT,
  /** The code of a party (主体). */
  PARTY,
  /** The code of a place. */
  PLACE,
  /** The number of a document. */
  DOCUMENT,
  /** Measurements in their order: objects with {@code time} and {@code value}. */
  READINGS;

  /** As people call it. */
  public Localized names() {
    return switch (this) {
      case TEXT -> new Localized("文本", "text");
      case INTEGER -> new Localized("整数", "whole number");
      case DECIMAL -> new Localized("小数", "decimal number");
      case BOOLEAN -> new Localized("是否", "yes or no");
      case DATE -> new Localized("日期", "date");
      case TIME -> new Localized("时间", "date and time");
      case CODE -> new Localized("代码", "word of a list");
      case UNIT -> new Localized("追溯单元编码", "code of a trace unit");
      case PARTY -> new Localized("主体码", "code of a party");
      case PLACE -> new Localized("地点编码", "code of a place");
      case DOCUMENT -> new Localized("单证号", "number of a document");
      case READINGS -> new Localized("测量记录", "measurements");
    };
  }

  /** The word for it in a pack. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
