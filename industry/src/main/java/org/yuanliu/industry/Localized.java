package org.yuanliu.industry;

import static java.util.Objects.requireNonNull;

/** A text for people, in Chinese and in English; neither may be blank. */
public record Localized(String zh, String en) {
  public Localized {
    requireNonNull(zh, "zh is null");
    requireNonNull(en, "en is null");
    if (zh.isBlank() || en.isBlank()) {
      throw new IllegalArgumentException("a text lacks a language: zh=" + zh + ", en=" + en);
    }
  }
}
