package org.yuanliu.epcis;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;

/**
 * The event hash id of the Core Business Vocabulary (CBV 2.0 §8.9): a fingerprint of what an event
 * says, equal for all its written forms. Left out are {@code eventID}, {@code recordTime}, {@code
 * errorDeclaration} and {@code rdfs:comment}, which say nothing about what happened.
 *
 * <p>The hash leaves out the error declaration, the parties behind the report and the record time:
 * it identifies an event, it does not seal a record.
 */
public final class EventHash {
  private static final MessageDigest SHA_256 = lookedUp();

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
    return "ni:///sha-256;"
        + HexFormat.of().formatHex(digest(event, version, ignoredFields))
        + "?ver="
        + version.label();
  }

  /** The string before hashing. */
  public static String preHash(EpcisEvent event, CbvVersion version) {
    return preHash(event, version, Set.of());
  }

  /** The string before hashing, with some extensions left out. */
  public static String preHash(EpcisEvent event, CbvVersion version, Set<String> ignoredFields) {
    requireNonNull(event, "event is null");
    requireNonNull(version, "version is null");
    requireNonNull(ignoredFields, "ignoredFields is null");
    return new PreHash(event, version, ignoredFields).write().toString();
  }

  /** The 32 bytes of the hash. */
  public static byte[] digest(EpcisEvent event, CbvVersion version) {
    return digest(event, version, Set.of());
  }

  private static byte[] digest(EpcisEvent event, CbvVersion version, Set<String> ignoredFields) {
    byte[] text = preHash(event, version, ignoredFields).getBytes(StandardCharsets.UTF_8);
    return sha256().digest(text);
  }

  /** A digest of its own for each call: a copy of one that is never fed, as looking one up costs. */
  private static MessageDigest sha256() {
    try {
      return (MessageDigest) SHA_256.clone();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("the digests of the JDK can be copied", e);
    }
  }

  private static MessageDigest lookedUp() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
