package org.yuanliu.epcis;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
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
  public DocumentHeader {
    requireNonNull(kind, "kind is null");
    requireNonNull(schemaVersion, "schemaVersion is null");
    requireNonNull(creationDate, "creationDate is null");
    requireNonNull(body, "body is null");
    requireNonNull(context, "context is null");
    ignoredFields = Set.copyOf(ignoredFields);
  }
}
