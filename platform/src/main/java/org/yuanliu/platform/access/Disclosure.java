package org.yuanliu.platform.access;

import org.yuanliu.epcis.EpcisEvent;
import org.yuanliu.platform.journal.Entry;

/**
 * The one place that decides who may see what. Every read goes through it. What one may not see is
 * treated as absent: the same 404, no neighbour, no count.
 */
public interface Disclosure {

  /** May the viewer read this record (body and parties), be it without its commercial secrets? */
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
   * An event that the viewer may read, as he may see it: whole, or without what its pack marks as a
   * commercial secret. Whatever is shown, searched, compared or counted for him is this.
   *
   * @return the same entry where nothing is left out
   */
  Entry shown(Viewer viewer, Entry entry);

  /**
   * What anyone may see of an event upstream of a code he holds, or of that code's own: the public
   * page shows this and nothing else of the event.
   */
  PublicView publicView(EpcisEvent event);
}
