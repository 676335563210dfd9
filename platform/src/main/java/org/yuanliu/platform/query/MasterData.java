package org.yuanliu.platform.query;

import java.util.Map;
import java.util.Set;

/** What master data say of the elements of vocabularies (EPCIS 2.0 §6.5). */
interface MasterData {
  /** These elements and all below them, at any depth. */
  Set<String> withDescendants(Set<String> ids);

  /** An element's attributes by their full names; empty where nothing is known of it. */
  Map<String, Set<String>> attributes(String id);
}
