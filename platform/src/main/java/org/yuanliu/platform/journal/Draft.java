package org.yuanliu.platform.journal;

import static java.util.Objects.requireNonNull;

/**
 * A record that passed every check outside the journal, on its way in.
 *
 * @param identity what makes it the same record as another
 * @param reporter canonical URI of the party whose credential sent it
 * @param principal canonical URI of the party who answers for it
 * @param id the sender's event id, else the event hash; for other kinds the change's own id
 * @param hash the event hash (32 bytes)
 * @param hashVersion e.g. {@code CBV2.0}
 * @param body UTF-8, stored compressed
 * @param subject what the body says, decoded; handed to the projections
 */
public record Draft(
    EntryKind kind,
    Identity identity,
    String reporter,
    String principal,
    String id,
    byte[] hash,
    String hashVersion,
    Standing standing,
    Scope scope,
    Hot hot,
    byte[] body,
    Subject subject) {
  public Draft {
    requireNonNull(kind, "kind is null");
    requireNonNull(identity, "identity is null");
    requireNonNull(reporter, "reporter is null");
    requireNonNull(principal, "principal is null");
    requireNonNull(id, "id is null");
    requireNonNull(standing, "standing is null");
    requireNonNull(scope, "scope is null");
    requireNonNull(hot, "hot is null");
    requireNonNull(body, "body is null");
    requireNonNull(subject, "subject is null");
  }
}
