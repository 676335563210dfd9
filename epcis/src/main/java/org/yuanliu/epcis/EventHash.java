package org.yuanliu.epcis;

import java.util.Set;

/**
 * The event hash id of the Core Business Vocabulary (CBV 2.0 §8.9): a fingerprint of what an event
 * says, equal for all its written forms. Left out are {@code eventID}, {@code recordTime}, {@code
 * errorDeclaration} and {@code rdfs:comment}, which say nothing about what happened.
 *
 * <p>The hash leaves out the error declaration, the parties behind the report and the record time:
 * it identifies an event, it does not seal a record.
 *
 * <p>Who hashes many events one after the other uses an {@link EventHasher}.
 */
public final class EventHash {
  private EventHash() {}

  /** The id, as in {@code ni:///sha-256;…64 hex digits…?ver=CBV2.0} (RFC 6920). */
  public static String of(EpcisEvent event, CbvVersion version) {
    return of(event, version, Set.of());
  }

  /**
   * The id with some extensions left out, as when a repository adds its own fields to events that
   * it passes on.
   *
   * @param ignoredFields full names of extensions, as {@link DocumentHeader#ignoredFields()} has
   *     them
   */
  public static String of(EpcisEvent event, CbvVersion version, Set<String> ignoredFields) {
    return new EventHasher(version, ignoredFields).id(event);
  }

  /** The string before hashing. */
  public static String preHash(EpcisEvent event, CbvVersion version) {
    return preHash(event, version, Set.of());
  }

  /** The string before hashing, with some extensions left out. */
  public static String preHash(EpcisEvent event, CbvVersion version, Set<String> ignoredFields) {
    return new EventHasher(version, ignoredFields).preHash(event);
  }

  /** The 32 bytes of the hash. */
  public static byte[] digest(EpcisEvent event, CbvVersion version) {
    return new EventHasher(version, Set.of()).digest(event);
  }
}
