package org.yuanliu.platform.access;

import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yuanliu.epcis.EpcisEvent;

/** Leaves out of an event what packs mark as a commercial secret; who keeps the packs knows. */
public interface SecretFields {
  /**
   * The event without what is secret in it; the same one where there is nothing.
   *
   * @param industry id of the pack; null for an event of none
   * @param reader UnitKeys of the reader's own codes: that he is named is no secret to him
   */
  EpcisEvent without(EpcisEvent event, @Nullable String industry, Set<UUID> reader);
}
