package org.yuanliu.platform.registry;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.yuanliu.platform.journal.Draft;

/**
 * Documents whose numbers are a person's: they stand in the registry as events cite them, sealed.
 */
public interface PersonalNumbers {
  /**
   * How a document is cited.
   *
   * @param type full URI of the business transaction type; null where it is not known
   * @param id as it was sent, with the number
   * @return empty where its number is nobody's, or sealed already
   */
  Optional<Sealed> seal(@Nullable String type, String id);

  /**
   * As what a document stands here that somebody asks for by its number.
   *
   * @return empty where nobody ever cited it, or its number is nobody's
   */
  Optional<String> known(String id);

  /**
   * @param id the URI without the number
   * @param value the number, encrypted, to be stored with what names it
   */
  record Sealed(String id, Draft.Attached value) {}
}
