package org.yuanliu.platform.query;

/** Told of a named query that goes, in the transaction in which it goes. */
public interface NamedQueryRemoval {
  /**
   * @param owner canonical URI of the party whose name it was
   */
  void removed(String owner, String name);
}
