package org.yuanliu.industry;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * How long records are kept.
 *
 * @param id name of the retention class, by which records with the same term are stored together
 * @param keep how long; null for ever
 * @param from what the term runs from
 * @param source law and clause
 */
public record Retention(String id, @Nullable Span keep, From from, String source) {
  /** What the term runs from. */
  public enum From {
    RECORD("record"),
    /** The end of the shelf life or validity that the record names, else the record. */
    EXPIRY("expiry");

    private final String id;

    From(String id) {
      this.id = id;
    }

    /** The word for it in a pack. */
    public String id() {
      return id;
    }
  }

  public Retention {
    requireNonNull(id, "id is null");
    requireNonNull(from, "from is null");
    requireNonNull(source, "source is null");
  }
}
