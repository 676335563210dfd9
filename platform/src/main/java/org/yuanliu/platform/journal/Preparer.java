package org.yuanliu.platform.journal;

import static java.util.Objects.requireNonNull;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.yuanliu.codes.UnitKey;
import org.yuanliu.ledger.Leaf;
import org.yuanliu.ledger.Suite;

/** The part of the writer's work that any thread can do, and the checks that need no database. */
final class Preparer {
  /** What the standard's four-digit years can say, and every database stores. */
  static final Instant MIN_EVENT_TIME = Instant.parse("0001-01-01T00:00:00Z");

  static final Instant MAX_EVENT_TIME = Instant.parse("9999-12-31T23:59:59.999999999Z");

  /**
   * Codecs kept for the next submissions: a new one takes a quarter of a megabyte from the system
   * and more time than it takes to compress an event.
   */
  private static final int IDLE_CODECS = 16;

  private final String log;
  private final Suite suite;
  private final int maxEntries;
  private final int maxBodyBytes;
  private final List<Projection> projections;
  private final SecureRandom random = new SecureRandom();
  private final ArrayBlockingQueue<BodyCodec> idleCodecs = new ArrayBlockingQueue<>(IDLE_CODECS);

  Preparer(
      String log, Suite suite, int maxEntries, int maxBodyBytes, List<Projection> projections) {
    this.log = requireNonNull(log, "log is null");
    this.suite = requireNonNull(suite, "suite is null");
    this.maxEntries = maxEntries;
    this.maxBodyBytes = maxBodyBytes;
    this.projections = List.copyOf(projections);
  }

  /**
   * A submission ready for the writer.
   *
   * @throws IllegalArgumentException if the journal can never store it: too many entries, too long
   *     a body or id, a character that the database has no place for
   */
  Pending prepare(Submission submission) {
    List<Draft> drafts = submission.drafts();
    if (drafts.size() > maxEntries) {
      throw new IllegalArgumentException(
          "a submission of " + drafts.size() + " entries, more than " + maxEntries);
    }
    byte[] salts = new byte[drafts.size() * Leaf.SALT_BYTES];
    random.nextBytes(salts);
    Leaves leaves = new Leaves(log, suite);
    List<PreparedDraft> prepared = new ArrayList<>(drafts.size());
    Map<String, UUID> parties = new HashMap<>();
    long bytes = 0;
    BodyCodec bodies = codec();
    try {
      for (Draft draft : drafts) {
        byte[] digest = leaves.bodyDigest(draft.body());
        check(submission, draft, digest, leaves);
        int from = prepared.size() * Leaf.SALT_BYTES;
        byte[] storedBody = bodies.encode(draft.body());
        bytes += storedBody.length;
        projections.forEach(projection -> projection.prepare(draft));
        prepared.add(
            new PreparedDraft(
                draft,
                parties.computeIfAbsent(draft.reporter(), uri -> UnitKey.of(uri).value()),
                parties.computeIfAbsent(draft.principal(), uri -> UnitKey.of(uri).value()),
                UnitKey.of(draft.id()).value(),
                storedBody,
                digest,
                Arrays.copyOfRange(salts, from, from + Leaf.SALT_BYTES)));
      }
    } finally {
      if (!idleCodecs.offer(bodies)) {
        bodies.close();
      }
    }
    return new Pending(submission.captureId(), prepared, bytes, new CompletableFuture<>());
  }

  private BodyCodec codec() {
    BodyCodec idle = idleCodecs.poll();
    return idle == null ? new BodyCodec(maxBodyBytes) : idle;
  }

  private static void check(Submission submission, Draft draft, byte[] digest, Leaves leaves) {
    // Throws for what a leaf can't hold; time and position are not known yet and always fit.
    leaves.leafRecord(
        0,
        Instant.EPOCH,
        submission.captureId(),
        draft.reporter(),
        draft.principal(),
        draft.id(),
        draft.hash(),
        draft.hashVersion(),
        digest);
    requireStorable(draft.reporter());
    requireStorable(draft.principal());
    requireStorable(draft.id());
    requireStorable(draft.hashVersion());
    requireStorable(draft.scope().division());
    requireStorable(draft.scope().industry());
    requireStorable(draft.hot().eventType());
    requireStorable(draft.hot().bizStep());
    requireStorable(draft.hot().bizLocation());
    Instant time = draft.hot().eventTime();
    if (time != null && (time.isBefore(MIN_EVENT_TIME) || time.isAfter(MAX_EVENT_TIME))) {
      throw new IllegalArgumentException("an event time that cannot be stored: " + time);
    }
  }

  private static void requireStorable(@Nullable String text) {
    if (text != null && text.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("a text with U+0000 cannot be stored");
    }
  }
}
