package org.yuanliu.industry;

import static java.util.Objects.requireNonNull;

import java.util.Set;

/**
 * A kind of test.
 *
 * @param id stable name within the pack
 * @param bizSteps business steps by which events report it
 * @param overruledBy methods whose later pass takes back this one's fail
 */
public record TestMethod(
    String id, Localized names, Set<String> bizSteps, Set<String> overruledBy) {
  public TestMethod {
    requireNonNull(id, "id is null");
    requireNonNull(names, "names is null");
    bizSteps = Set.copyOf(bizSteps);
    overruledBy = Set.copyOf(overruledBy);
  }
}
