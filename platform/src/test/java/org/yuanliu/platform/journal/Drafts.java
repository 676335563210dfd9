package org.yuanliu.platform.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.yuanliu.codes.UnitKey;

/** Drafts of the tests: an id and what it says. */
final class Drafts {
  static final String REPORTER = "urn:yuanliu:uscc:91610000MA6TXXXX1A";
  static final String OTHER = "urn:yuanliu:operator:6101000000001";
  static final Instant TIME = Instant.parse("2026-03-01T00:00:00.123456Z");

  private Drafts() {}

  /** The subject of the tests' entries. */
  record Said(String text) implements Subject {}

  static final class SaidCodec implements SubjectCodec {
    @Override
    public EntryKind kind() {
      return EntryKind.EVENT;
    }

    @Override
    public Said decode(byte[] body) {
      return new Said(new String(body, UTF_8));
    }
  }

  static Draft draft(String id, String said) {
    return draft(REPORTER, id, said);
  }

  static Draft draft(String principal, String id, String said) {
    return draft(principal, id, said, new Hot("ObjectEvent", TIME, "step", "place"));
  }

  static Draft draft(String principal, String id, String said, Hot hot) {
    return new Draft(
        EntryKind.EVENT,
        identity(principal, id, said),
        REPORTER,
        principal,
        id,
        sha256(said.getBytes(UTF_8)),
        "CBV2.0",
        Standing.DECLARED,
        new Scope("610100", "meat", Set.of(UnitKey.of(OTHER).value())),
        hot,
        said.getBytes(UTF_8),
        new Said(said));
  }

  static Identity identity(String principal, String id, String said) {
    ByteBuffer key = ByteBuffer.wrap(sha256((principal + "\n" + id).getBytes(UTF_8)));
    return new Identity(new UUID(key.getLong(), key.getLong()), sha256(said.getBytes(UTF_8)));
  }

  static Submission submission(Draft... drafts) {
    return new Submission(UUID.randomUUID(), Arrays.asList(drafts));
  }

  static Submission submission(List<Draft> drafts) {
    return new Submission(UUID.randomUUID(), drafts);
  }

  static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
