package org.yuanliu.platform.trace;

import java.util.Set;
import java.util.UUID;
import org.yuanliu.platform.journal.EntryRef;
import org.yuanliu.platform.trace.Trace.Flag;

/**
 * One piece of a walk's answer. A walk is a sequence of these, always the same; a page is a part of
 * it.
 */
sealed interface Step {

  /**
   * @param depth negative upstream
   * @param witness an event whose body names it
   */
  record OfUnit(
      UUID unit, boolean lot, int depth, boolean certain, boolean unknownUpstream, EntryRef witness)
      implements Step {}

  record OfEvent(EntryRef ref, boolean certain, boolean shared, Set<Flag> flags) implements Step {}

  record OfFlow(Edge edge, boolean certain, boolean sameBatch) implements Step {}
}
