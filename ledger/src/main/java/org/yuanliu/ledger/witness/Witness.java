package org.yuanliu.ledger.witness;

import static java.util.Objects.requireNonNull;

import java.security.MessageDigest;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.yuanliu.ledger.MerkleTree;
import org.yuanliu.ledger.Suite;
import org.yuanliu.ledger.note.Checkpoint;
import org.yuanliu.ledger.note.NoteException;
import org.yuanliu.ledger.note.NoteSignature;
import org.yuanliu.ledger.note.Signer;
import org.yuanliu.ledger.note.Signing;
import org.yuanliu.ledger.note.VerifierKey;

/**
 * What a witness decides, in the order of tlog-witness: {@link #read} what came in; then, in one
 * atomic step of the caller's storage, {@link Submission#judge} it against the head that is stored
 * and store the new one; only after that {@link Accepted#cosign}.
 */
public final class Witness {
  private Witness() {}

  /** The first step's outcome: an answer already, or what the stored head must decide. */
  public sealed interface Reading {}

  /** The second step's outcome: an answer already, or what must be stored before it is answered. */
  public sealed interface Judgement {}

  /** An answer that needs nothing more. */
  public record Answered(WitnessAnswer answer) implements Reading, Judgement {
    public Answered {
      requireNonNull(answer, "answer is null");
    }
  }

  /**
   * Reads a request and checks the log's signature.
   *
   * @param trusted the keys that the witness trusts for a log's origin; none for a log that it does
   *     not watch. All keys of a log are of one suite.
   */
  public static Reading read(
      byte[] body, Function<String, ? extends Collection<VerifierKey>> trusted) {
    AddCheckpoint request;
    try {
      request = AddCheckpoint.parse(body);
    } catch (NoteException e) {
      return refused(WitnessAnswer.Reason.MALFORMED, e.getMessage());
    }
    Checkpoint checkpoint = request.checkpoint().checkpoint();
    Collection<VerifierKey> keys = trusted.apply(checkpoint.origin());
    if (keys.isEmpty()) {
      return refused(WitnessAnswer.Reason.UNKNOWN_LOG, "this log is not watched here");
    }
    try {
      request.checkpoint().verify(keys);
    } catch (NoteException e) {
      return refused(WitnessAnswer.Reason.NOT_SIGNED, e.getMessage());
    }
    if (request.oldSize() > checkpoint.size()) {
      return refused(WitnessAnswer.Reason.MALFORMED, "the old size is over the checkpoint's");
    }
    return new Submission(request, keys.iterator().next().suite());
  }

  private static Answered refused(WitnessAnswer.Reason reason, String detail) {
    return new Answered(new WitnessAnswer.Refused(reason, detail));
  }

  /** A request whose log is known and has signed. */
  public record Submission(AddCheckpoint request, Suite suite) implements Reading {
    public Submission {
      requireNonNull(request, "request is null");
      requireNonNull(suite, "suite is null");
    }

    /** The log that it is about. */
    public String origin() {
      return request.checkpoint().checkpoint().origin();
    }

    /**
     * Judges the request. Call it while the stored head cannot change, and store {@link
     * Accepted#head} before letting it change again.
     *
     * @param stored the head cosigned last, none if this log was never cosigned
     */
    public Judgement judge(Optional<WatchedHead> stored) {
      Checkpoint next = request.checkpoint().checkpoint();
      long cosigned = stored.map(WatchedHead::size).orElse(0L);
      if (request.oldSize() != cosigned) {
        return new Answered(new WitnessAnswer.Conflict(cosigned));
      }
      byte[] empty = suite.newHasher().hash();
      if (next.size() == 0 && !MessageDigest.isEqual(next.root(), empty)) {
        return refused(WitnessAnswer.Reason.INCONSISTENT, "an empty tree with another root");
      }
      byte[] oldRoot = stored.map(WatchedHead::root).orElse(empty);
      if (cosigned > 0
          && next.size() == cosigned
          && request.proof().isEmpty()
          && !MessageDigest.isEqual(next.root(), oldRoot)) {
        return refused(WitnessAnswer.Reason.FORKED, "another tree of size " + cosigned);
      }
      if (!MerkleTree.verifyConsistency(
          suite, cosigned, next.size(), oldRoot, next.root(), request.proof())) {
        return refused(
            WitnessAnswer.Reason.INCONSISTENT, "does not continue the tree of size " + cosigned);
      }
      return new Accepted(request, new WatchedHead(next.size(), next.root()));
    }
  }

  /**
   * A checkpoint that may be cosigned once its head is stored.
   *
   * @param head what to store
   */
  public record Accepted(AddCheckpoint request, WatchedHead head) implements Judgement {
    public Accepted {
      requireNonNull(request, "request is null");
      requireNonNull(head, "head is null");
    }

    /**
     * The answer 200.
     *
     * @param signers the witness's own, of cosignature types, one or more
     */
    public WitnessAnswer.Cosigned cosign(Collection<? extends Signer> signers, Instant now) {
      List<NoteSignature> signatures =
          signers.stream()
              .map(
                  signer -> {
                    if (!signer.key().type().isCosignature()) {
                      throw new IllegalArgumentException("no witness key: " + signer.key());
                    }
                    return Signing.sign(signer, request.checkpoint().note().text(), now);
                  })
              .toList();
      return new WitnessAnswer.Cosigned(signatures);
    }
  }
}
