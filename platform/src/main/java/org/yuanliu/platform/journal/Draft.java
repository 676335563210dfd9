package org.yuanliu.platform.journal;

import static java.util.Objects.requireNonNull;

import java.util.List;

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
 * @param attached what is stored beside the entry, in its transaction, and is no part of it: not in
 *     the leaf, and not there when the journal is read again
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
    Subject subject,
    List<Attached> attached) {
  /** Something of another capability that comes with a draft. */
  public interface Attached {}

  /** With nothing attached. */
  public Draft(
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
    this(
        kind,
        identity,
        reporter,
        principal,
        id,
        hash,
        hashVersion,
        standing,
        scope,
        hot,
        body,
        subject,
        List.of());
  }

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
    attached = List.copyOf(attached);
  }
}
