package org.yuanliu.platform.capture;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import org.yuanliu.epcis.EpcisEvent;
import org.yuanliu.epcis.ErrorDeclaration;
import org.yuanliu.platform.journal.Identity;
import tools.jackson.databind.JsonNode;

/**
 * What makes two events the same record (design: "Identity"): principal, event id and the error
 * declaration, if there is one; and what the event says.
 *
 * <p>The event hash says nothing of the error declaration, of comments and of what lies below a
 * millisecond. The first is part of the key, so that a declaration stands beside the event it
 * withdraws; the others are added to the content, so that a change in them is seen.
 */
final class EventIdentity {
  private static final byte NOTHING = 0;
  private static final byte SOMETHING = 1;
  private static final String COMMENT = "http://www.w3.org/2000/01/rdf-schema#comment";

  /** Never fed anything: to copy it takes a third of the time that asking for a new one takes. */
  private static final MessageDigest UNUSED = newDigest();

  private EventIdentity() {}

  /**
   * @param principal canonical URI of who answers for the event
   * @param eventId the sender's id, else the event hash
   * @param hash the event hash, 32 bytes
   */
  static Identity of(String principal, String eventId, EpcisEvent event, byte[] hash) {
    return new Identity(key(principal, eventId, event), content(event, hash));
  }

  private static UUID key(String principal, String eventId, EpcisEvent event) {
    MessageDigest digest = sha256();
    JsonDigest.text(digest, principal);
    JsonDigest.text(digest, eventId);
    declaration(digest, event);
    ByteBuffer bits = ByteBuffer.wrap(digest.digest());
    return new UUID(bits.getLong(), bits.getLong());
  }

  private static void declaration(MessageDigest digest, EpcisEvent event) {
    ErrorDeclaration declaration = event.errorDeclaration();
    if (declaration == null) {
      digest.update(NOTHING);
      return;
    }
    digest.update(SOMETHING);
    instant(digest, declaration.declarationTime());
    JsonDigest.text(digest, declaration.reason() == null ? "" : declaration.reason());
    TreeSet<String> corrective = new TreeSet<>(declaration.correctiveEventIds());
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(corrective.size()).flip());
    corrective.forEach(id -> JsonDigest.text(digest, id));
    JsonNode sent = event.body().get("errorDeclaration");
    if (sent != null) {
      JsonDigest.extensions(digest, sent, event.context());
    }
  }

  private static byte[] content(EpcisEvent event, byte[] hash) {
    MessageDigest digest = sha256();
    digest.update(hash);
    instant(digest, event.eventTime());
    for (Map.Entry<String, JsonNode> member : event.body().properties()) {
      String name = member.getKey();
      if (name.endsWith("comment") && event.context().expand(name).equals(COMMENT)) {
        JsonDigest.value(digest, member.getValue(), event.context());
      }
    }
    return digest.digest();
  }

  private static void instant(MessageDigest digest, Instant time) {
    digest.update(
        ByteBuffer.allocate(Long.BYTES + Integer.BYTES)
            .putLong(time.getEpochSecond())
            .putInt(time.getNano())
            .flip());
  }

  private static MessageDigest sha256() {
    try {
      return (MessageDigest) UNUSED.clone();
    } catch (CloneNotSupportedException e) {
      return newDigest(); // another provider than the platform's own
    }
  }

  private static MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
