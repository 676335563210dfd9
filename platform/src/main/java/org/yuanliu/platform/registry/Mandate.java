package org.yuanliu.platform.registry;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Leave to report for another (代报授权).
 *
 * @param reporter canonical URI of who may report
 * @param principal canonical URI of who answers
 * @param bizSteps the links it covers (full URIs); empty for all
 * @param evidence number or digest of the signed paper
 */
public record Mandate(
    String id,
    String reporter,
    String principal,
    Set<String> bizSteps,
    Period period,
    @Nullable String evidence) {
  public Mandate {
    bizSteps = Set.copyOf(bizSteps);
  }

  /** The two whose word a mandate needs. */
  public enum Side {
    REPORTER,
    PRINCIPAL
  }
}
