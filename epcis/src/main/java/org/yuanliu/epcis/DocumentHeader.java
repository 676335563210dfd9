package org.yuanliu.epcis;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The fields of a document around its events, in the JSON form whatever syntax it came in.
 *
 * @param kind what the document is for
 * @param id the document's own identifier, as sent
 * @param schemaVersion version of EPCIS that the sender wrote by, such as 2.0
 * @param creationDate when the document was made
 * @param instanceIdentifier the document's number at its sender
 * @param sender identifier of the sending party, as sent
 * @param receiver identifier of the receiving party, as sent
 * @param body the document as sent, without its context and its events: {@code epcisHeader} with
 *     master data and extensions are here; of a query document {@code epcisBody} without its events
 * @param context the document's context
 * @param ignoredFields full names of event extensions that the document asks to leave out of event
 *     hashes (a member "ignoreFields" in any namespace); a wish of the sender, which {@link
 *     EventHash} follows only when told to
 */
public record DocumentHeader(
    DocumentKind kind,
    @Nullable String id,
    String schemaVersion,
    Instant creationDate,
    @Nullable String instanceIdentifier,
    @Nullable String sender,
    @Nullable String receiver,
    ObjectNode body,
    LdContext context,
    Set<String> ignoredFields) {
  private static final String VERSION = "2.0";

  public DocumentHeader {
    requireNonNull(kind, "kind is null");
    requireNonNull(schemaVersion, "schemaVersion is null");
    requireNonNull(creationDate, "creationDate is null");
    requireNonNull(body, "body is null");
    requireNonNull(context, "context is null");
    ignoredFields = Set.copyOf(ignoredFields);
  }

  /** The header of a new EPCISDocument. */
  public static DocumentHeader capture(Instant creationDate) {
    requireNonNull(creationDate, "creationDate is null");
    return made(DocumentKind.CAPTURE, creationDate, frame(DocumentKind.CAPTURE, creationDate));
  }

  /**
   * The header of a new EPCISQueryDocument.
   *
   * @param subscriptionId null where nobody subscribed to the query
   */
  public static DocumentHeader query(
      Instant creationDate, String queryName, @Nullable String subscriptionId) {
    requireNonNull(creationDate, "creationDate is null");
    requireNonNull(queryName, "queryName is null");
    ObjectNode body = frame(DocumentKind.QUERY, creationDate);
    ObjectNode results = body.putObject("epcisBody").putObject("queryResults");
    results.put("queryName", queryName);
    if (subscriptionId != null) {
      results.put("subscriptionID", subscriptionId);
    }
    results.putObject("resultsBody");
    return made(DocumentKind.QUERY, creationDate, body);
  }

  /**
   * The header of a new EPCISQueryDocument that answers a query of master data.
   *
   * @param vocabularyList in the shape of {@code resultsBody}
   */
  public static DocumentHeader masterDataQuery(
      Instant creationDate, String queryName, JsonNode vocabularyList) {
    DocumentHeader header = query(creationDate, queryName, null);
    ((ObjectNode) header.body().at("/epcisBody/queryResults/resultsBody"))
        .set("vocabularyList", vocabularyList);
    return header;
  }

  private static ObjectNode frame(DocumentKind kind, Instant creationDate) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("type", kind.term());
    body.put("schemaVersion", VERSION);
    return body.put("creationDate", creationDate.truncatedTo(ChronoUnit.MILLIS).toString());
  }

  private static DocumentHeader made(DocumentKind kind, Instant creationDate, ObjectNode body) {
    return new DocumentHeader(
        kind, null, VERSION, creationDate, null, null, null, body, LdContext.DEFAULT, Set.of());
  }

  /**
   * The same with another context, whose prefixes the document then declares once for all events.
   */
  public DocumentHeader withContext(LdContext other) {
    return new DocumentHeader(
        kind,
        id,
        schemaVersion,
        creationDate,
        instanceIdentifier,
        sender,
        receiver,
        body,
        other,
        ignoredFields);
  }
}
