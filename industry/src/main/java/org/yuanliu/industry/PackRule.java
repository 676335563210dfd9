package org.yuanliu.industry;

import java.util.Locale;

/** The rules that a pack's file must keep. */
public enum PackRule {
  /** It is one YAML document, not too long and not too deep, without aliases. */
  SYNTAX,
  /** A key is one of those known at its place. */
  UNKNOWN_KEY,
  /** A key is there once. */
  DUPLICATE_KEY,
  /** A required key is there. */
  MISSING_KEY,
  /** A mapping, a list or a plain value where one is due. */
  WRONG_KIND,
  /** A value has the form and the range that its place asks for. */
  BAD_VALUE,
  /** A name that is used is defined in the file. */
  UNDEFINED_NAME,
  /** What must be told apart differs. */
  NOT_UNIQUE,
  /** An expression is well typed, answers yes or no, and is no larger than allowed. */
  EXPRESSION;

  /** The stable name in messages, {@code unknown-key} for instance. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
