package org.yuanliu.ledger.tool;

import static java.util.Objects.requireNonNull;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.yuanliu.ledger.Suite;
import org.yuanliu.ledger.note.NoteException;
import org.yuanliu.ledger.note.SignedCheckpoint;
import org.yuanliu.ledger.note.VerifiedSignature;
import org.yuanliu.ledger.note.VerifierKey;
import org.yuanliu.ledger.receipt.Trust;

/**
 * Which log it is, and whose word counts for it.
 *
 * @param origin the first line of its checkpoints
 * @param trust keys of the log and of its witnesses
 * @param quorum how many of the witnesses must have cosigned, 0 or more
 */
record KnownLog(String origin, Trust trust, int quorum) {
  KnownLog {
    requireNonNull(origin, "origin is null");
    requireNonNull(trust, "trust is null");
    if (trust.log().isEmpty()) {
      throw new IllegalArgumentException("no key of the log");
    }
    if (trust.log().stream().map(VerifierKey::suite).distinct().count() != 1) {
      throw new IllegalArgumentException("the log's keys are of several suites");
    }
    if (quorum < 0 || quorum > trust.witnesses().size()) {
      throw new IllegalArgumentException(
          "a quorum of " + quorum + " among " + trust.witnesses().size() + " witnesses");
    }
  }

  Suite suite() {
    return trust.log().getFirst().suite();
  }

  /**
   * The checkpoint of these bytes, signed by this log and by as many witnesses as must be.
   *
   * @throws NoteException if it is not
   */
  SignedCheckpoint read(byte[] bytes) throws NoteException {
    SignedCheckpoint checkpoint = SignedCheckpoint.parse(bytes);
    if (!checkpoint.checkpoint().origin().equals(origin)) {
      throw new NoteException(
          NoteException.Code.UNKNOWN_KEYS,
          "the checkpoint is of the log "
              + checkpoint.checkpoint().origin()
              + ", not of "
              + origin);
    }
    checkpoint.verify(trust.log());
    if (quorum > 0) {
      Set<String> cosigned = new HashSet<>();
      for (VerifiedSignature signature : checkpoint.verify(trust.witnesses())) {
        cosigned.add(signature.key().name());
      }
      if (cosigned.size() < quorum) {
        throw new NoteException(
            NoteException.Code.UNKNOWN_KEYS,
            "cosigned by " + cosigned.size() + " known witnesses of " + quorum);
      }
    }
    return checkpoint;
  }

  /** The keys as their texts. */
  List<String> keys() {
    return java.util.stream.Stream.concat(trust.log().stream(), trust.witnesses().stream())
        .map(VerifierKey::toString)
        .toList();
  }
}
