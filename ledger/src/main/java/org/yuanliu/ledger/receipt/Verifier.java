package org.yuanliu.ledger.receipt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.yuanliu.ledger.Leaf;
import org.yuanliu.ledger.LeafRecord;
import org.yuanliu.ledger.MerkleTree;
import org.yuanliu.ledger.Suite;
import org.yuanliu.ledger.note.Checkpoint;
import org.yuanliu.ledger.note.NoteException;
import org.yuanliu.ledger.note.NoteSignature;
import org.yuanliu.ledger.note.SignedCheckpoint;
import org.yuanliu.ledger.note.VerifiedSignature;
import org.yuanliu.ledger.note.VerifierKey;

/**
 * Checks a receipt with public keys and nothing else: no network, no clock. Every check is made
 * whatever the others say, so that the findings name all that does not hold.
 */
public final class Verifier {
  private final Suite suite;
  private final SignedCheckpoint checkpoint;
  private final Trust trust;
  private final List<Finding> findings = new ArrayList<>();

  private Verifier(Suite suite, SignedCheckpoint checkpoint, Trust trust) {
    this.suite = suite;
    this.checkpoint = checkpoint;
    this.trust = requireNonNull(trust, "trust is null");
  }

  /** What the receipt proves to whom trusts these keys. */
  public static Verification verify(Receipt receipt, Trust trust) {
    return new Verifier(receipt.suite(), receipt.checkpoint(), trust).verify(receipt);
  }

  /** What the sealed receipt proves to whom trusts these keys. */
  public static Verification verify(SealedReceipt receipt, Trust trust) {
    return new Verifier(receipt.suite(), receipt.checkpoint(), trust).verify(receipt);
  }

  private Verification verify(SealedReceipt receipt) {
    inclusion(receipt.log(), receipt.position(), receipt.leafHash(), receipt.proof());
    logSignature();
    Optional<Instant> witnessed = witnesses();
    findings.add(Finding.notProved(Finding.Code.SEALED, receipt.position()));
    findings.add(Finding.notProved(Finding.Code.LATER));
    return new Verification(findings, witnessed);
  }

  private Verification verify(Receipt receipt) {
    content(receipt);
    LeafRecord leafRecord = receipt.leafRecord();
    byte[] data = Leaf.data(suite, receipt.salt(), leafRecord);
    inclusion(leafRecord.log(), leafRecord.position(), Leaf.hash(suite, data), receipt.proof());
    logSignature();
    Optional<Instant> witnessed = witnesses();
    findings.add(Finding.notProved(Finding.Code.RECORD_TIME, leafRecord.recordTime()));
    findings.add(
        Finding.notProved(Finding.Code.TRUTH, leafRecord.reporter(), leafRecord.principal()));
    findings.add(Finding.notProved(Finding.Code.LATER));
    return new Verification(findings, witnessed);
  }

  private void content(Receipt receipt) {
    switch (receipt.content()) {
      case Content.Body(String text) -> {
        byte[] digest = suite.newHasher().hash(text.getBytes(UTF_8));
        if (MessageDigest.isEqual(digest, receipt.leafRecord().bodyDigest())) {
          findings.add(Finding.proved(Finding.Code.CONTENT));
        } else {
          findings.add(Finding.refuted(Finding.Code.CONTENT));
        }
        values(receipt, Commitments.in(text));
      }
      case Content.Erased(Instant at, String reason) -> {
        findings.add(Finding.notProved(Finding.Code.CONTENT_ERASED, at, reason));
        values(receipt, Set.of());
      }
      case Content.Withheld() -> {
        findings.add(Finding.notProved(Finding.Code.CONTENT_WITHHELD));
        values(receipt, Set.of());
      }
    }
  }

  /** Every value belongs to a commitment of the body, and none to the same one twice. */
  private void values(Receipt receipt, Set<String> commitments) {
    Set<String> open = new HashSet<>(commitments);
    int shown = 0;
    int erased = 0;
    for (PersonalValue value : receipt.values()) {
      boolean known = open.remove(HexFormat.of().formatHex(value.commitment()));
      if (!known || (value instanceof PersonalValue.Shown opened && !fits(opened))) {
        findings.add(Finding.refuted(Finding.Code.VALUES));
        return;
      }
      switch (value) {
        case PersonalValue.Shown ignored -> shown++;
        case PersonalValue.Erased ignored -> erased++;
      }
    }
    if (shown > 0) {
      findings.add(Finding.proved(Finding.Code.VALUES, shown));
    }
    if (erased > 0) {
      findings.add(Finding.notProved(Finding.Code.VALUES_ERASED, erased));
    }
    if (!open.isEmpty()) {
      findings.add(Finding.notProved(Finding.Code.VALUES_WITHHELD, open.size()));
    }
  }

  private boolean fits(PersonalValue.Shown shown) {
    return MessageDigest.isEqual(
        PersonalValue.commit(suite, shown.salt(), shown.value().getBytes(UTF_8)),
        shown.commitment());
  }

  private void inclusion(String log, long position, byte[] leafHash, List<byte[]> proof) {
    Checkpoint signed = checkpoint.checkpoint();
    boolean included =
        log.equals(signed.origin())
            && MerkleTree.verifyInclusion(
                suite, position, signed.size(), leafHash, proof, signed.root());
    findings.add(
        included
            ? Finding.proved(Finding.Code.INCLUSION, log, position, signed.size())
            : Finding.refuted(Finding.Code.INCLUSION));
  }

  private void logSignature() {
    List<VerifierKey> keys =
        trust.log().stream()
            .filter(key -> key.name().equals(checkpoint.checkpoint().origin()))
            .filter(key -> key.suite() == suite)
            .toList();
    try {
      VerifierKey key = checkpoint.verify(keys).getFirst().key();
      findings.add(
          Finding.proved(
              Finding.Code.LOG_SIGNATURE, key.name(), HexFormat.of().toHexDigits(key.id())));
    } catch (NoteException e) {
      findings.add(Finding.refuted(Finding.Code.LOG_SIGNATURE, e.getMessage()));
    }
  }

  /** The earliest confirmation of each known witness; returns the earliest of all. */
  private Optional<Instant> witnesses() {
    List<VerifiedSignature> verified = List.of();
    try {
      verified = checkpoint.verify(trust.witnesses());
    } catch (NoteException e) {
      if (e.code() == NoteException.Code.BAD_SIGNATURE) {
        findings.add(Finding.refuted(Finding.Code.WITNESS, e.getMessage()));
      }
    }
    if (verified.isEmpty()) {
      findings.add(Finding.notProved(Finding.Code.NO_WITNESS));
    }
    for (VerifiedSignature signature : verified) {
      findings.add(
          Finding.proved(
              Finding.Code.WITNESS, signature.key().name(), signature.time().orElseThrow()));
    }
    List<VerifierKey> known =
        Stream.concat(trust.log().stream(), trust.witnesses().stream()).toList();
    for (NoteSignature signature : checkpoint.note().signatures()) {
      if (known.stream().noneMatch(signature::isBy)) {
        findings.add(Finding.notProved(Finding.Code.WITNESS_UNKNOWN, signature.name()));
      }
    }
    return verified.stream()
        .map(VerifiedSignature::time)
        .flatMap(Optional::stream)
        .min(Comparator.naturalOrder());
  }
}
