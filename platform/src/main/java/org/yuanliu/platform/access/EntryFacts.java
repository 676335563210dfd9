package org.yuanliu.platform.access;

import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the policy has to know of a record. The keys are UnitKeys of canonical party URIs.
 *
 * @param named parties named in the record, beside reporter and principal
 */
public record EntryFacts(
    UUID reporter,
    UUID principal,
    Set<UUID> named,
    @Nullable String division,
    @Nullable String industry) {}
