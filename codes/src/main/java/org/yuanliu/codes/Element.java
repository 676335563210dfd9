package org.yuanliu.codes;

import static java.util.Objects.requireNonNull;

/**
 * One application identifier with its value.
 *
 * @param value without percent-encoding; of the form that the identifier asks for
 */
public record Element(Ai ai, String value) {
  public Element {
    requireNonNull(ai, "ai is null");
    requireNonNull(value, "value is null");
  }
}
