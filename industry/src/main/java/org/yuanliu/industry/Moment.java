package org.yuanliu.industry;

import java.util.Locale;

/** When a check can be judged. */
public enum Moment {
  /** Before the act, and again when it is recorded. */
  ASK,
  /** When the event is recorded. */
  RECORD,
  /** By the passing of time: something has not happened. */
  LATER;

  /** The word for it in a pack. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
