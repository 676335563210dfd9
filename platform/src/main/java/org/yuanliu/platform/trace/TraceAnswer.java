package org.yuanliu.platform.trace;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yuanliu.epcis.EpcisEvent;
import org.yuanliu.platform.journal.Standing;
import org.yuanliu.platform.retention.RemovedRecords;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code GET /api/v1/trace/{code}}: units and events are the nodes, flows lead unit → event → unit.
 *
 * @param roots canonical URIs that the walk began from
 * @param next token for the parameter {@code next}; null where this is all
 */
record TraceAnswer(
    List<String> roots,
    List<Unit> units,
    List<Event> events,
    List<Flow> flows,
    List<Party> parties,
    boolean truncated,
    @Nullable String next) {

  /**
   * @param removed what retention has dropped of its units, by URI
   */
  static TraceAnswer of(Trace trace, Map<String, RemovedRecords.Removed> removed) {
    return new TraceAnswer(
        trace.roots(),
        trace.units().stream().map(unit -> Unit.of(unit, removed.get(unit.uri()))).toList(),
        trace.events().stream().map(Event::of).toList(),
        trace.flows().stream().map(Flow::of).toList(),
        trace.parties().stream().map(Party::of).toList(),
        trace.truncated(),
        trace.next());
  }

  /**
   * @param depth flows away from the beginning; negative upstream
   * @param unknownUpstream whether nothing tells whence, and retention has dropped nothing of it
   * @param removed what retention has dropped; null where it has dropped nothing
   */
  record Unit(
      String uri,
      boolean lot,
      int depth,
      Certainty certainty,
      boolean unknownUpstream,
      @Nullable Removed removed) {
    static Unit of(Trace.TracedUnit unit, RemovedRecords.@Nullable Removed gone) {
      return new Unit(
          unit.uri(),
          unit.lot(),
          unit.depth(),
          unit.certainty(),
          unit.unknownUpstream() && gone == null,
          gone == null ? null : new Removed(gone.before(), gone.retentionClass(), gone.rule()));
    }
  }

  /**
   * @param before event time of the last record that was dropped
   * @param rule term and law
   */
  record Removed(Instant before, String retentionClass, String rule) {}

  /**
   * @param entry journal and position, as in {@code 1-42}
   * @param event the EPCIS event as it was sent, with its context
   * @param shared it is a container's and reached the unit by containment
   */
  record Event(
      String entry,
      ObjectNode event,
      String reporter,
      String principal,
      Instant recordTime,
      Standing standing,
      Certainty certainty,
      boolean shared,
      List<Trace.Flag> flags) {
    static Event of(Trace.TracedEvent event) {
      return new Event(
          event.ref().toString(),
          json(event.event()),
          event.reporter(),
          event.principal(),
          event.recordTime(),
          event.standing(),
          event.certainty(),
          event.shared(),
          event.flags().stream().sorted().toList());
    }
  }

  /**
   * @param via entries, as in {@link Event#entry}
   */
  record Flow(
      String from,
      String to,
      List<String> via,
      Trace.How how,
      Certainty certainty,
      boolean sameBatch,
      @Nullable BigDecimal quantity,
      @Nullable String uom) {
    static Flow of(Trace.Flow flow) {
      return new Flow(
          flow.from(),
          flow.to(),
          flow.via().stream().map(Object::toString).toList(),
          flow.how(),
          flow.certainty(),
          flow.sameBatch(),
          flow.quantity(),
          flow.uom());
    }
  }

  record Party(String uri, List<String> events) {
    static Party of(Trace.TracedParty party) {
      return new Party(party.uri(), party.events().stream().map(Object::toString).toList());
    }
  }

  /** The event as sent; its context at the head where it has one of its own. */
  static ObjectNode json(EpcisEvent event) {
    if (event.context().isDefault()) {
      return event.body();
    }
    ObjectNode whole = JsonNodeFactory.instance.objectNode();
    whole.set("@context", event.context().toJson());
    event.body().properties().forEach(member -> whole.set(member.getKey(), member.getValue()));
    return whole;
  }
}
