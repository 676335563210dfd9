package org.yuanliu.platform.personal;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.yuanliu.platform.registry.PersonalNumbers;

/** Seals the numbers of documents for the registry. */
@Component
final class SealedDocuments implements PersonalNumbers {
  private final PersonalSeal seal;

  SealedDocuments(PersonalSeal seal) {
    this.seal = requireNonNull(seal, "seal is null");
  }

  @Override
  public Optional<Sealed> seal(@Nullable String type, String id) {
    return seal.document(type, id).map(one -> new Sealed(one.id(), one.value()));
  }

  @Override
  public Optional<String> known(String id) {
    return seal.knownDocument(id);
  }
}
