package org.yuanliu.industry;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A limit that a check compares with: a number (percentages as 100ths) or a {@link Span}.
 *
 * @param <T> BigDecimal or Span
 */
public sealed interface Limit<T> {
  /** The same for all. */
  record Fixed<T>(T value) implements Limit<T> {
    public Fixed {
      requireNonNull(value, "value is null");
    }
  }

  /**
   * What an element says, of this event or of an earlier one of the same unit.
   *
   * @param unit unit of the span; null for a number, and for a span in days
   */
  record OfElement<T>(String element, Span.@Nullable Unit unit) implements Limit<T> {
    public OfElement {
      requireNonNull(element, "element is null");
    }
  }

  /**
   * What a document is good for, that the event cites or that its party holds.
   *
   * @param document key among the pack's documents
   */
  record OfDocument<T>(String document) implements Limit<T> {
    public OfDocument {
      requireNonNull(document, "document is null");
    }
  }

  /**
   * By the value of an element, as the kind of gas or the area.
   *
   * @param otherwise for values that the table does not have; null if there is no limit then
   */
  record Table<T>(String element, Map<String, T> values, @Nullable T otherwise)
      implements Limit<T> {
    public Table {
      requireNonNull(element, "element is null");
      values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }
  }
}
