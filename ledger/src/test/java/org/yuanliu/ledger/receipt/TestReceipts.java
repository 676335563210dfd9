package org.yuanliu.ledger.receipt;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.yuanliu.ledger.Hasher;
import org.yuanliu.ledger.Leaf;
import org.yuanliu.ledger.LeafRecord;
import org.yuanliu.ledger.MemoryTiles;
import org.yuanliu.ledger.Suite;
import org.yuanliu.ledger.TileTree;
import org.yuanliu.ledger.note.Checkpoint;
import org.yuanliu.ledger.note.PrivateKeys;
import org.yuanliu.ledger.note.SignatureType;
import org.yuanliu.ledger.note.SignedCheckpoint;
import org.yuanliu.ledger.note.Signer;
import org.yuanliu.ledger.note.Signing;

/**
 * Receipts that are the same every time but for SM2's signatures, which hold a random number. The
 * keys were made for these tests by OpenSSL and guard nothing.
 */
public final class TestReceipts {
  public static final String LOG = "trace.example/xian";
  public static final String WITNESS = "trace.example/shaanxi";
  public static final Instant WITNESSED = Instant.parse("2026-11-21T08:00:05Z");
  public static final Instant RECORDED = Instant.parse("2026-11-21T08:00:00.123456Z");

  private static final int SIZE = 1_000;
  private static final int POSITION = 517;

  private TestReceipts() {}

  /** The log's signer. */
  public static Signer log(Suite suite) {
    return PrivateKeys.signer(
        LOG,
        SignatureType.note(suite),
        Base64.getDecoder()
            .decode(
                switch (suite) {
                  case SHA256_ED25519 ->
                      "MC4CAQAwBQYDK2VwBCIEIFnNgOa7W6tVyJJW7hx4p6P4yqziiSnFG83wBj5fC/g9";
                  case SM3_SM2 ->
                      "MIGHAgEAMBMGByqGSM49AgEGCCqBHM9VAYItBG0wawIBAQQgeZfTXCmasz3fhakbunYh6NuO3i7h3md6Emt/G6arldGhRANCAAQIlY1srjueFbXG1n1niqH0m2MnUzVPLs6+lWb7WMlcVoKbBj5S5wUPZuIV3kLPQTy+E5ae2mwBZWg/fwK8/+8G";
                }));
  }

  /** The witness's signer. */
  public static Signer witness(Suite suite) {
    return PrivateKeys.signer(
        WITNESS,
        SignatureType.cosignature(suite),
        Base64.getDecoder()
            .decode(
                switch (suite) {
                  case SHA256_ED25519 ->
                      "MC4CAQAwBQYDK2VwBCIEIPULAqBa4Otir+zRs30gODqdQctNh/VFUa20fLxYyT5L";
                  case SM3_SM2 ->
                      "MIGHAgEAMBMGByqGSM49AgEGCCqBHM9VAYItBG0wawIBAQQgzevbS1OUWeoK01Vf9TpaqXX+9q0U0QTGK3EHHHSSMnShRANCAASm9TcwMMW6gHrZDnGgApNz3oK0PXmobgVHyYJ6RzMBrwfRNLCaCFs2ZsDoi9gGo1l15R3mxaHZqNDR0QbU6XEt";
                }));
  }

  public static Trust trust(Suite suite) {
    return Trust.of(List.of(log(suite).key(), witness(suite).key()));
  }

  /** A receipt whose content is open, with one personal value shown and one erased. */
  public static Receipt receipt(Suite suite) {
    Hasher hasher = suite.newHasher();
    byte[] shown = PersonalValue.commit(suite, hasher.hash(new byte[] {1}), "王某".getBytes(UTF_8));
    byte[] erased = PersonalValue.commit(suite, hasher.hash(new byte[] {2}), "x".getBytes(UTF_8));
    String body =
        """
        {"type":"ObjectEvent","eventID":"urn:uuid:0197-1","yl:productName":"猪肉 🐖",\
        "yl:driver":{"yl:commitment":"%s"},"yl:buyers":[{"yl:commitment":"%s"}]}\
        """
            .formatted(
                Base64.getEncoder().encodeToString(shown),
                Base64.getEncoder().encodeToString(erased));
    return receipt(
        suite,
        body,
        new Content.Body(body),
        List.of(
            new PersonalValue.Shown(shown, hasher.hash(new byte[] {1}), "王某"),
            new PersonalValue.Erased(erased, Instant.parse("2026-11-22T00:00:00Z"))));
  }

  /** A receipt of a record that no longer has its body. */
  public static Receipt erased(Suite suite) {
    return receipt(
        suite, "{}", new Content.Erased(Instant.parse("2028-11-21T00:00:00Z"), "保存期满"), List.of());
  }

  /** The same record for those who may not see it. */
  public static SealedReceipt sealed(Suite suite) {
    Receipt receipt = receipt(suite);
    return new SealedReceipt(
        suite,
        LOG,
        POSITION,
        Leaf.hash(suite, Leaf.data(suite, receipt.salt(), receipt.leafRecord())),
        receipt.proof(),
        receipt.checkpoint());
  }

  private static Receipt receipt(
      Suite suite, String body, Content content, List<PersonalValue> values) {
    Hasher hasher = suite.newHasher();
    LeafRecord leafRecord =
        new LeafRecord(
            LOG,
            POSITION,
            RECORDED,
            "urn:yuanliu:uscc:91610100MA6TTTTT0X",
            "urn:yuanliu:operator:6101020001234",
            "0197a8c0-0000-7000-8000-000000000001",
            "urn:uuid:0197-1",
            hasher.hash(new byte[] {3}),
            "CBV2.0",
            hasher.hash(body.getBytes(UTF_8)));
    byte[] salt = hasher.hash(new byte[] {4});
    List<byte[]> leaves = new ArrayList<>();
    for (int i = 0; i < SIZE; i++) {
      leaves.add(hasher.leaf(new byte[] {(byte) i, (byte) (i >> 8)}));
    }
    leaves.set(POSITION, Leaf.hash(suite, Leaf.data(suite, salt, leafRecord)));
    TileTree tree = new TileTree(suite, SIZE, MemoryTiles.of(suite, leaves));
    Checkpoint checkpoint = new Checkpoint(LOG, SIZE, tree.root());
    SignedCheckpoint signed =
        SignedCheckpoint.sign(checkpoint, List.of(log(suite)), WITNESSED)
            .with(List.of(Signing.sign(witness(suite), checkpoint.text(), WITNESSED)));
    return new Receipt(
        suite, leafRecord, salt, content, values, tree.inclusionProof(POSITION), signed);
  }
}
