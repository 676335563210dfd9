package org.yuanliu.platform.query;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * The order of results ({@code orderBy}, {@code orderDirection}).
 *
 * @param field of the extension that orders; null unless {@code by} is FIELD
 */
public record EventOrder(By by, @Nullable FieldName field, boolean descending) {
  /** What orders. */
  public enum By {
    /** Nothing was said: by event time where an index gives it so, else in order of record. */
    ANY,
    EVENT_TIME,
    RECORD_TIME,
    FIELD
  }

  static final EventOrder ANY = new EventOrder(By.ANY, null, false);

  public EventOrder {
    requireNonNull(by, "by is null");
    if ((by == By.FIELD) != (field != null)) {
      throw new IllegalArgumentException("a field orders, or it does not");
    }
  }
}
