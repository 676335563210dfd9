package org.yuanliu.platform.access;

import org.yuanliu.epcis.EpcisEvent;

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

  /**
   * May the viewer read the personal values of this record? Who may not sees their commitments, and
   * that they are there, where he may read the record.
   */
  boolean mayReadPersonal(Viewer viewer, EntryFacts facts);

  /**
   * What anyone may see of an event upstream of a code he holds, or of that code's own: the public
   * page shows this and nothing else of the event.
   */
  PublicView publicView(EpcisEvent event);
}
