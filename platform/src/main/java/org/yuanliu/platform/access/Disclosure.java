package org.yuanliu.platform.access;

/**
 * The one place that decides who may see what. Every read goes through it. What one may not see is
 * treated as absent: the same 404, no neighbour, no count.
 */
public interface Disclosure {

  /** May the viewer read this record as a whole (body and parties)? */
  boolean mayRead(Viewer viewer, EntryFacts facts);

  /**
   * The same decision as a condition on the columns of {@code entry e} (see the migration of the
   * journal), for queries that page and count.
   */
  SqlCondition condition(Viewer viewer);
}
