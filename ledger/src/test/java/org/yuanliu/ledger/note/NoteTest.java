package org.yuanliu.ledger.note;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yuanliu.ledger.Suite;

class NoteTest {
  /** The example of signed-note, "Verifier keys". */
  private static final String EXAMPLE_KEY =
      "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";

  private static final String EXAMPLE_SIGNATURE =
      "\u2014 example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYj"
          + "OBH3mFXmRKuwHjG1Yu72IneyaQM=\n";

  private static final String EXAMPLE = "This is an example message.\n\n" + EXAMPLE_SIGNATURE;

  /** The key and note that golang.org/x/mod/sumdb/note shows in its documentation. */
  private static final String PETER =
      "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";

  private static final String PETERS_NOTE =
      "If you think cryptography is the answer to your problem,\n"
          + "then you don't know what your problem is.\n\n"
          + "\u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZ"
          + "SNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";

  private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");
  private static final String TEXT = new Checkpoint("log.example/1", 7, new byte[32]).text();

  static Signer signer(String name, SignatureType type) {
    return PrivateKeys.signer(name, type, PrivateKeys.generate(type.suite(), new SecureRandom()));
  }

  private static Note note(String text) throws NoteException {
    return Note.parse(text.getBytes(UTF_8));
  }

  @Test
  void theExamplesOfOthersHold() throws NoteException {
    VerifierKey key = VerifierKey.parse(EXAMPLE_KEY);
    assertThat(key.name()).isEqualTo("example.com/foo");
    assertThat(key.id()).isEqualTo(0x530d903a);
    assertThat(key.type()).isEqualTo(SignatureType.ED25519);
    assertThat(key).hasToString(EXAMPLE_KEY);
    Note note = note(EXAMPLE);
    assertThat(note.text()).isEqualTo("This is an example message.\n");
    assertThat(note.verify(List.of(key))).extracting(VerifiedSignature::key).containsExactly(key);
    assertThat(note).hasToString(EXAMPLE);
    VerifierKey peter = VerifierKey.parse(PETER);
    assertThat(note(PETERS_NOTE).verify(List.of(key, peter))).hasSize(1);
    assertThatThrownBy(() -> note(PETERS_NOTE).verify(List.of(key)))
        .isInstanceOfSatisfying(
            NoteException.class,
            e -> assertThat(e.code()).isEqualTo(NoteException.Code.UNKNOWN_KEYS));
  }

  @ParameterizedTest
  @EnumSource
  void whatASignerSignsHoldsAndNothingElse(SignatureType type) throws NoteException {
    Signer signer = signer("log.example/1", type);
    VerifierKey key = signer.key();
    assertThat(VerifierKey.parse(key.toString())).isEqualTo(key);
    Note note = new Note(TEXT, List.of(Signing.sign(signer, TEXT, NOW)));
    assertThat(Note.parse(note.encode())).isEqualTo(note);
    VerifiedSignature verified = note.verify(List.of(key)).getFirst();
    assertThat(verified.key()).isEqualTo(key);
    assertThat(verified.time().isPresent()).isEqualTo(type.isCosignature());
    verified.time().ifPresent(time -> assertThat(time).isEqualTo(NOW));
    Note other = new Note(TEXT.replace("\n7\n", "\n8\n"), note.signatures());
    assertBad(other, key);
    byte[] signature = note.signatures().getFirst().signature();
    for (int bit = 0; bit < 8 * signature.length; bit++) {
      byte[] flipped = signature.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      assertBad(new Note(TEXT, List.of(new NoteSignature(key.name(), key.id(), flipped))), key);
    }
    for (int length : new int[] {1, 8, signature.length - 1, signature.length + 1}) {
      byte[] cut = java.util.Arrays.copyOf(signature, length);
      assertBad(new Note(TEXT, List.of(new NoteSignature(key.name(), key.id(), cut))), key);
    }
  }

  private static void assertBad(Note note, VerifierKey key) {
    assertThatThrownBy(() -> note.verify(List.of(key)))
        .isInstanceOfSatisfying(
            NoteException.class,
            e -> assertThat(e.code()).isEqualTo(NoteException.Code.BAD_SIGNATURE));
  }

  @Test
  void aBadSignatureByAKnownKeySpoilsTheNoteWhateverElseHolds() throws NoteException {
    Signer good = signer("good", SignatureType.ED25519);
    Signer bad = signer("bad", SignatureType.SM2);
    NoteSignature wrong = Signing.sign(bad, "another text\n", NOW);
    Note note = new Note(TEXT, List.of(Signing.sign(good, TEXT, NOW), wrong));
    assertThat(note.verify(List.of(good.key()))).hasSize(1);
    assertThatThrownBy(() -> note.verify(List.of(good.key(), bad.key())))
        .isInstanceOf(NoteException.class);
  }

  @Test
  void aKeyOfTheSameNameOrTheSameIdAloneIsAnother() throws NoteException {
    Signer signer = signer("log", SignatureType.ED25519);
    Note note = new Note(TEXT, List.of(Signing.sign(signer, TEXT, NOW)));
    VerifierKey sameName = signer("log", SignatureType.ED25519).key();
    VerifierKey sameKeyOtherName =
        new VerifierKey("other", SignatureType.ED25519, signer.key().publicKey());
    for (VerifierKey key : List.of(sameName, sameKeyOtherName)) {
      assertThatThrownBy(() -> note.verify(List.of(key)))
          .isInstanceOfSatisfying(
              NoteException.class,
              e -> assertThat(e.code()).isEqualTo(NoteException.Code.UNKNOWN_KEYS));
    }
    assertThat(note.verify(List.of(sameName, signer.key()))).hasSize(1);
  }

  @Test
  void sixteenSignaturesAndMoreAreReadButNotWithoutEnd() throws NoteException {
    NoteSignature one = note(EXAMPLE).signatures().getFirst();
    String text = "This is an example message.\n";
    Note most = new Note(text, Collections.nCopies(Note.MAX_SIGNATURES, one));
    assertThat(Note.parse(most.encode()).signatures()).hasSize(64);
    assertThatThrownBy(() -> note(most + EXAMPLE_SIGNATURE))
        .isInstanceOfSatisfying(
            NoteException.class, e -> assertThat(e.code()).isEqualTo(NoteException.Code.TOO_LARGE));
    String filler = "x".repeat(Note.MAX_BYTES - EXAMPLE.length() - 3) + "\n";
    byte[] full = (filler + "\n" + EXAMPLE_SIGNATURE).getBytes(UTF_8);
    String padding = "y".repeat(Note.MAX_BYTES - full.length);
    assertThat(note(padding + filler + "\n" + EXAMPLE_SIGNATURE).encode()).hasSize(Note.MAX_BYTES);
    assertThatThrownBy(() -> note(padding + "z" + filler + "\n" + EXAMPLE_SIGNATURE))
        .isInstanceOfSatisfying(
            NoteException.class, e -> assertThat(e.code()).isEqualTo(NoteException.Code.TOO_LARGE));
  }

  @Test
  void theLastBlankLineSeparates() throws NoteException {
    assertThat(note("a\n\nb\n\n" + EXAMPLE_SIGNATURE).text()).isEqualTo("a\n\nb\n");
    assertThat(note("\n\n" + EXAMPLE_SIGNATURE).text()).isEqualTo("\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n",
        "\n\n",
        "text\n",
        "text\n\n",
        "text\n\n\n",
        "text\n\n— k AAAAAAE=",
        "text\n\n— k AAAAAA==\n",
        "text\n\n— k AAAAAAE\n",
        "text\n\n— k AAAAAAF=\n",
        "text\n\n— k AAAAAAE= \n",
        "text\n\n—  AAAAAAE=\n",
        "text\n\n— AAAAAAE=\n",
        "text\n\n- k AAAAAAE=\n",
        "text\n\n—k AAAAAAE=\n",
        "text\n\n— k+k AAAAAAE=\n",
        "text\n\n— k k AAAAAAE=\n",
        "text\n\n— k\u00a0k AAAAAAE=\n",
        "text\n\n— k\u3000k AAAAAAE=\n",
        "text\n\n— k\u0085k AAAAAAE=\n",
        "text\n\n— k AAAA_AE=\n",
        "te\tt\n\n— k AAAAAAE=\n",
        "te\rt\n\n— k AAAAAAE=\n",
        "te\u0000t\n\n— k AAAAAAE=\n",
        "text\n\n— k AAAAAAE=\nmore\n",
        "text\n\nmore\n— k AAAAAAE=\n"
      })
  void whatIsNoNoteIsRefused(String text) {
    assertThatThrownBy(() -> note(text))
        .isInstanceOfSatisfying(
            NoteException.class, e -> assertThat(e.code()).isEqualTo(NoteException.Code.MALFORMED));
  }

  @Test
  void bytesThatAreNotUtf8AreRefused() {
    byte[] latin = ("t\u00e9xt\n\n" + "x").getBytes(StandardCharsets.ISO_8859_1);
    assertThatThrownBy(() -> Note.parse(latin)).isInstanceOf(NoteException.class);
  }

  /** Whatever comes in: a note that is written back byte by byte, or a NoteException. */
  @Property(tries = 2_000)
  void aNoteIsReadInOneWayOnlyOrRefused(@ForAll long seed, @ForAll @IntRange(max = 6) int changes) {
    byte[] bytes = changed((EXAMPLE + EXAMPLE_SIGNATURE).getBytes(UTF_8), seed, changes);
    try {
      assertThat(Note.parse(bytes).encode()).isEqualTo(bytes);
    } catch (NoteException e) {
      assertThat(e.getMessage()).isNotBlank();
    }
  }

  @Property(tries = 2_000)
  void aKeyIsReadInOneWayOnlyOrRefused(@ForAll long seed, @ForAll @IntRange(max = 3) int changes) {
    String text = new String(changed(EXAMPLE_KEY.getBytes(UTF_8), seed, changes), UTF_8);
    try {
      assertThat(VerifierKey.parse(text)).hasToString(text);
    } catch (NoteException e) {
      assertThat(e.getMessage()).isNotBlank();
    }
  }

  private static byte[] changed(byte[] bytes, long seed, int changes) {
    Random random = new Random(seed);
    List<Byte> list = new ArrayList<>();
    for (byte b : bytes) {
      list.add(b);
    }
    byte[] likely = "\n \u2014+=A0".getBytes(UTF_8);
    for (int i = 0; i < changes; i++) {
      int at = random.nextInt(list.size());
      byte value =
          random.nextBoolean() ? likely[random.nextInt(likely.length)] : (byte) random.nextInt();
      switch (random.nextInt(3)) {
        case 0 -> list.remove(at);
        case 1 -> list.add(at, value);
        default -> list.set(at, value);
      }
    }
    byte[] changed = new byte[list.size()];
    for (int i = 0; i < changed.length; i++) {
      changed[i] = list.get(i);
    }
    return changed;
  }

  @Test
  void keysThatAreNoneAreRefused() {
    String point = Base64.getEncoder().encodeToString(new byte[66]);
    for (String vkey :
        List.of(
            "",
            "name",
            "name+00000000",
            EXAMPLE_KEY.replace("530d903a", "530d903b"),
            EXAMPLE_KEY.replace("530d903a", "530D903A"),
            EXAMPLE_KEY.replace("foo", "fox"),
            EXAMPLE_KEY + "=",
            "a b+" + EXAMPLE_KEY,
            "n".repeat(1_025),
            "name+00000000+" + point)) {
      assertThatThrownBy(() -> VerifierKey.parse(vkey)).isInstanceOf(NoteException.class);
    }
    assertThatThrownBy(() -> new VerifierKey("n", SignatureType.SM2, new byte[65]))
        .isInstanceOf(IllegalArgumentException.class);
    byte[] offCurve = new byte[65];
    offCurve[0] = 4;
    offCurve[64] = 1;
    assertThatThrownBy(() -> new VerifierKey("n", SignatureType.SM2, offCurve))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new VerifierKey("n", SignatureType.ED25519, new byte[31]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new VerifierKey("n n", SignatureType.ED25519, new byte[32]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theSameKeyHasAnotherIdForEveryTypeAndName() {
    byte[] key = signer("a", SignatureType.SM2).key().publicKey();
    assertThat(
            List.of(
                new VerifierKey("a", SignatureType.SM2, key).id(),
                new VerifierKey("a", SignatureType.SM2_COSIGNATURE, key).id(),
                new VerifierKey("b", SignatureType.SM2, key).id()))
        .doesNotHaveDuplicates();
  }

  @Test
  void aSignerThatGivesSomethingElseIsFoundOut() {
    Signer signer = signer("a", SignatureType.ED25519);
    Signer liar =
        new Signer() {
          @Override
          public VerifierKey key() {
            return signer.key();
          }

          @Override
          public byte[] sign(byte[] message) {
            return signer.sign("something else".getBytes(UTF_8));
          }
        };
    assertThatThrownBy(() -> Signing.sign(liar, TEXT, NOW)).isInstanceOf(SignerException.class);
    Signer witness = signer("w", SignatureType.SM2_COSIGNATURE);
    assertThatThrownBy(() -> Signing.sign(witness, TEXT, Instant.EPOCH))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Signing.sign(signer, "no line feed", NOW))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** The JDK's Ed25519 is another implementation than ours. */
  @Test
  void theJdkAndTheLogReadEachOthersSignaturesAndKeys() throws Exception {
    KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    byte[] pkcs8 = pair.getPrivate().getEncoded();
    Signer ours = PrivateKeys.signer("a", SignatureType.ED25519, pkcs8);
    byte[] message = TEXT.getBytes(UTF_8);
    Signature theirs = Signature.getInstance("Ed25519");
    theirs.initSign(pair.getPrivate());
    theirs.update(message);
    // Ed25519 is deterministic: one key gives one signature.
    assertThat(ours.sign(message)).isEqualTo(theirs.sign());
    byte[] x509 = pair.getPublic().getEncoded();
    assertThat(ours.key().publicKey())
        .isEqualTo(Arrays.copyOfRange(x509, x509.length - 32, x509.length));

    byte[] generated = PrivateKeys.generate(Suite.SHA256_ED25519, new SecureRandom());
    assertThat(generated).hasSameSizeAs(pkcs8);
    theirs.initSign(
        KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(generated)));
    theirs.update(message);
    VerifierKey key = PrivateKeys.signer("a", SignatureType.ED25519, generated).key();
    assertThat(key.verify(message, theirs.sign())).isTrue();
  }

  @Test
  void aPrivateKeyIsOfOneSuite() {
    byte[] ed25519 = PrivateKeys.generate(Suite.SHA256_ED25519, new SecureRandom());
    byte[] sm2 = PrivateKeys.generate(Suite.SM3_SM2, new SecureRandom());
    assertThatThrownBy(() -> PrivateKeys.signer("n", SignatureType.SM2, ed25519))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> PrivateKeys.signer("n", SignatureType.ED25519, sm2))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> PrivateKeys.signer("n", SignatureType.SM2, new byte[10]))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
