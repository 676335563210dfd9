package org.yuanliu.industry;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * A kind of document that a pack's links ask for.
 *
 * @param id stable name within the pack
 * @param uri by which events cite it as a business transaction
 * @param expires whether it is good for some days only, so that it must tell until when
 * @param coversQuantity whether it is good for a quantity, so that it must tell for how much
 * @param source law and clause; null if the pack names none
 */
public record DocumentType(
    String id,
    String uri,
    Localized names,
    boolean expires,
    boolean coversQuantity,
    @Nullable String source) {
  public DocumentType {
    requireNonNull(id, "id is null");
    requireNonNull(uri, "uri is null");
    requireNonNull(names, "names is null");
  }
}
