package org.yuanliu.epcis;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * A business document that an event cites (EPCIS 2.0 §7.3.5.3).
 *
 * @param type kind of document as a full URI, such as {@code https://ref.gs1.org/cbv/BTT-po}; null
 *     where not stated
 * @param id the document's identifier in canonical form
 */
public record BizTransaction(@Nullable String type, String id) {
  public BizTransaction {
    requireNonNull(id, "id is null");
  }
}
