package org.yuanliu.epcis;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;

/**
 * Hashes events one after the other as {@link EventHash} does, with buffers that are used again.
 * For one thread at a time.
 */
public final class EventHasher {
  private static final String ALGORITHM = "SHA-256";

  private final CbvVersion version;
  private final Set<String> ignoredFields;
  private final MessageDigest sha256;
  private final PreHashText text = new PreHashText();

  /**
   * A hasher of one profile, for one thread at a time.
   *
   * @param ignoredFields full names of extensions to leave out, as {@link
   *     DocumentHeader#ignoredFields()} has them
   */
  public EventHasher(CbvVersion version, Set<String> ignoredFields) {
    this.version = requireNonNull(version, "version is null");
    this.ignoredFields = Set.copyOf(ignoredFields);
    try {
      this.sha256 = MessageDigest.getInstance(ALGORITHM);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
  }

  /** The id, as in {@code ni:///sha-256;…64 hex digits…?ver=CBV2.0} (RFC 6920). */
  public String id(EpcisEvent event) {
    return id(digest(event));
  }

  /** The id of a hash that {@link #digest} gave. */
  public String id(byte[] digest) {
    return "ni:///sha-256;" + HexFormat.of().formatHex(digest) + "?ver=" + version.label();
  }

  /** The 32 bytes of the hash. */
  public byte[] digest(EpcisEvent event) {
    return sha256.digest(preHash(event).getBytes(StandardCharsets.UTF_8));
  }

  /** The string before hashing. */
  public String preHash(EpcisEvent event) {
    requireNonNull(event, "event is null");
    text.clear();
    new PreHash(event, version, ignoredFields, text).write();
    return text.toString();
  }
}
