package org.yuanliu.platform.access;

import java.util.Set;

/** Under which codes a party is known; the registry knows, access only asks. */
public interface PartyCodes {
  /**
   * Canonical URIs of every code of the party, merged ones included; at least the one asked for.
   */
  Set<String> codesOf(String party);
}
