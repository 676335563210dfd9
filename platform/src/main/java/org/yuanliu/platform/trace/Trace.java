package org.yuanliu.platform.trace;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yuanliu.epcis.EpcisEvent;
import org.yuanliu.platform.journal.EntryRef;
import org.yuanliu.platform.journal.Standing;

/**
 * The answer of a walk: units and events are the nodes, flows lead unit → event → unit.
 *
 * @param roots the units that the walk began from (canonical URIs, equivalents included)
 * @param truncated true where a limit cut the answer; {@code next} then continues it
 */
public record Trace(
    List<String> roots,
    List<TracedUnit> units,
    List<TracedEvent> events,
    List<Flow> flows,
    List<TracedParty> parties,
    boolean truncated,
    @Nullable String next) {

  /**
   * @param depth flows away from the beginning; negative upstream, positive downstream
   * @param unknownUpstream nothing in the chain says where it came from, though it was not made
   *     here
   */
  public record TracedUnit(
      String uri, boolean lot, int depth, Certainty certainty, boolean unknownUpstream) {}

  /**
   * @param shared true where the event is the container's and reached the unit by containment
   */
  public record TracedEvent(
      EntryRef ref,
      EpcisEvent event,
      String reporter,
      String principal,
      Instant recordTime,
      Standing standing,
      Certainty certainty,
      boolean shared,
      Set<Flag> flags) {}

  /**
   * How one unit came to be (part of) another, or the same lot passed from one holder to another.
   *
   * @param from canonical URI, upstream
   * @param to canonical URI, downstream
   * @param via the events that say so: one for a transformation; two (giving, taking) for a joint
   *     by document or a change of custody
   * @param certainty of the whole way from the beginning to here
   * @param sure whether this step by itself is certain
   * @param sameBatch true where a single item can no longer be told from its batch
   */
  public record Flow(
      String from,
      String to,
      List<EntryRef> via,
      How how,
      Certainty certainty,
      boolean sure,
      boolean sameBatch,
      @Nullable BigDecimal quantity,
      @Nullable String uom) {}

  public enum How {
    /** One event names both as input and output (or two that share a transformationID). */
    TRANSFORMATION,
    /** Both sides cite the same document and the goods are compatible. */
    DOCUMENT,
    /** The same lot, given by one holder and taken by another. */
    CUSTODY,
    /** One of several batches: attribution is inferred. */
    INFERRED,
    /** Two codes of the same thing. */
    EQUIVALENT
  }

  public enum Flag {
    /** The clocks of linked events disagree. */
    CLOCKS_DISAGREE,
    /** Containment ended because the child was seen elsewhere. */
    IMPLIED_UNPACKING,
    /** The counterparty's own record confirms it. */
    CONFIRMED,
    /** Stored later than the next link's record. */
    LATE
  }

  /**
   * @param uri canonical URI
   * @param events what it answers for
   */
  public record TracedParty(String uri, List<EntryRef> events) {}
}
