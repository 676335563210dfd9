package org.yuanliu.epcis;

import static java.util.Objects.requireNonNull;

/**
 * One end of a transfer (EPCIS 2.0 §7.3.5.4).
 *
 * @param type what the end stands for, as a full URI such as {@code
 *     https://ref.gs1.org/cbv/SDT-owning_party}
 * @param id the party or place in canonical form
 */
public record SourceOrDestination(String type, String id) {
  public SourceOrDestination {
    requireNonNull(type, "type is null");
    requireNonNull(id, "id is null");
  }
}
