package org.yuanliu.platform.access;

import java.util.Optional;

/** Where a party is registered; the registry knows, others only ask. */
public interface PartyDivisions {
  /**
   * Its division code; empty where the party, or its place, is not known.
   *
   * @param party canonical URI of any of its codes
   */
  Optional<String> divisionOf(String party);
}
