package org.yuanliu.epcis;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An event that passed all checks: what the platform needs in typed form, and the whole event as
 * sent.
 *
 * @param eventTime when it happened, to the nanosecond; finer digits stay in the body
 * @param timeZoneOffset offset from UTC at the place of the event, as sent (+08:00)
 * @param eventId the sender's id; null where it gave none
 * @param action null for a transformation
 * @param bizStep business step as a full URI: {@code https://ref.gs1.org/cbv/BizStep-shipping} or
 *     one of another vocabulary
 * @param disposition likewise
 * @param readPoint the place where it happened, in canonical form
 * @param bizLocation the place where the units are afterwards, in canonical form
 * @param units every naming of a unit, in the order of the body
 * @param transformationId joins the parts of one transformation; in canonical form
 * @param body the event as sent, members in their order, without {@code @context}; not to be
 *     changed
 * @param context the context that holds for the body: the document's and the event's own
 */
public record EpcisEvent(
    EventType type,
    Instant eventTime,
    String timeZoneOffset,
    @Nullable String eventId,
    @Nullable Action action,
    @Nullable String bizStep,
    @Nullable String disposition,
    @Nullable String readPoint,
    @Nullable String bizLocation,
    List<UnitMention> units,
    List<BizTransaction> bizTransactions,
    List<SourceOrDestination> sources,
    List<SourceOrDestination> destinations,
    @Nullable String transformationId,
    @Nullable ErrorDeclaration errorDeclaration,
    ObjectNode body,
    LdContext context) {
  public EpcisEvent {
    requireNonNull(type, "type is null");
    requireNonNull(eventTime, "eventTime is null");
    requireNonNull(timeZoneOffset, "timeZoneOffset is null");
    units = List.copyOf(units);
    bizTransactions = List.copyOf(bizTransactions);
    sources = List.copyOf(sources);
    destinations = List.copyOf(destinations);
    requireNonNull(body, "body is null");
    requireNonNull(context, "context is null");
  }

  /**
   * An extension at event level, by its full name and whichever prefix the sender used.
   *
   * @param namespace such as {@link YlVocabulary#NAMESPACE}
   * @param localName such as {@code product}
   */
  public Optional<JsonNode> extension(String namespace, String localName) {
    requireNonNull(namespace, "namespace is null");
    requireNonNull(localName, "localName is null");
    for (Map.Entry<String, JsonNode> member : body.properties()) {
      String name = member.getKey();
      if (name.endsWith(localName)
          && name.indexOf(':') >= 0
          && context.expand(name).equals(namespace + localName)) {
        return Optional.of(member.getValue());
      }
    }
    return Optional.empty();
  }

  /**
   * The event as a repository hands it on: with its own record time, and an id where the sender
   * gave none.
   *
   * @param idIfNone taken only where the event has no id
   */
  public EpcisEvent stamped(String idIfNone, Instant recordTime) {
    requireNonNull(idIfNone, "idIfNone is null");
    ObjectNode stamped = body.objectNode();
    for (Map.Entry<String, JsonNode> member : body.properties()) {
      if (!member.getKey().equals("recordTime")) {
        stamped.set(member.getKey(), member.getValue());
      }
    }
    if (eventId == null) {
      stamped.put("eventID", idIfNone);
    }
    stamped.put("recordTime", recordTime.toString());
    return with(eventId == null ? idIfNone : eventId, stamped, context);
  }

  /**
   * The same event saying itself otherwise: its values in another form, or without some of them.
   *
   * @param other members as in {@link #body}
   * @param itsContext the context that holds for the other body
   */
  public EpcisEvent withBody(ObjectNode other, LdContext itsContext) {
    return with(eventId, other, itsContext);
  }

  /**
   * The same event naming others, whose body has to say the same ({@link #withBody}).
   *
   * @param transactions its {@code bizTransactionList}
   */
  public EpcisEvent withNamed(
      List<UnitMention> otherUnits,
      List<BizTransaction> transactions,
      List<SourceOrDestination> otherSources,
      List<SourceOrDestination> otherDestinations) {
    return new EpcisEvent(
        type,
        eventTime,
        timeZoneOffset,
        eventId,
        action,
        bizStep,
        disposition,
        readPoint,
        bizLocation,
        otherUnits,
        transactions,
        otherSources,
        otherDestinations,
        transformationId,
        errorDeclaration,
        body,
        context);
  }

  private EpcisEvent with(@Nullable String id, ObjectNode otherBody, LdContext otherContext) {
    return new EpcisEvent(
        type,
        eventTime,
        timeZoneOffset,
        id,
        action,
        bizStep,
        disposition,
        readPoint,
        bizLocation,
        units,
        bizTransactions,
        sources,
        destinations,
        transformationId,
        errorDeclaration,
        otherBody,
        otherContext);
  }
}
