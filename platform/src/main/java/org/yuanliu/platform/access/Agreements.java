package org.yuanliu.platform.access;

import java.util.Set;

/** What partner platforms were promised; who keeps organisations knows, access only asks. */
public interface Agreements {
  /**
   * The data sets that are agreed with a party now.
   *
   * @param codes canonical URIs of every code that it has
   */
  Set<Agreed> with(Set<String> codes);
}
