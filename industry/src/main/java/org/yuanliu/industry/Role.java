package org.yuanliu.industry;

import static java.util.Objects.requireNonNull;

import java.util.Set;

/**
 * A part that parties play (主体类型).
 *
 * @param id stable name within the pack
 * @param licences keys of documents, any of which entitles to it; empty if none is asked for
 */
public record Role(String id, Localized names, Set<String> licences) {
  public Role {
    requireNonNull(id, "id is null");
    requireNonNull(names, "names is null");
    licences = Set.copyOf(licences);
  }
}
