package org.yuanliu.ledger.note;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yuanliu.ledger.Suite;

class CheckpointTest {
  /** The example of tlog-checkpoint and tlog-cosignature; its keys are not published. */
  private static final String EXAMPLE =
      """
      example.com/behind-the-sofa
      20852163
      CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

      \u2014 example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
      \u2014 witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==
      """;

  private static final String ROOT = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=";

  @Test
  void theExampleIsReadAndWrittenBack() throws NoteException {
    SignedCheckpoint signed = SignedCheckpoint.parse(EXAMPLE.getBytes(UTF_8));
    assertThat(signed.checkpoint().origin()).isEqualTo("example.com/behind-the-sofa");
    assertThat(signed.checkpoint().size()).isEqualTo(20_852_163);
    assertThat(HexFormat.of().formatHex(signed.checkpoint().root()))
        .isEqualTo("0ac5186a91863e8e1d90c808014aa89bf5da8e3ee1d9f07630f0378f68f1ab62");
    assertThat(signed.checkpoint().extensions()).isEmpty();
    assertThat(signed.note().signatures())
        .extracting(NoteSignature::name)
        .containsExactly("example.com/behind-the-sofa", "witness.example.com/w1");
    assertThat(signed.encode()).isEqualTo(EXAMPLE.getBytes(UTF_8));
  }

  /** tlog-cosignature, "Ed25519 signed message". */
  @Test
  void aCosignatureSignsTheLinesOfTheSpecification() {
    String text = "example.com/behind-the-sofa\n20852163\n" + ROOT + "\n";
    assertThat(new String(VerifiedSignature.cosigned(text, 1_679_315_147), UTF_8))
        .isEqualTo(
            """
            cosignature/v1
            time 1679315147
            example.com/behind-the-sofa
            20852163
            CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=
            """);
  }

  @ParameterizedTest
  @EnumSource
  void aCheckpointOfSeveralSignersLeadsBack(Suite suite) throws NoteException {
    Instant now = Instant.parse("2026-11-21T08:00:00.9Z");
    Checkpoint checkpoint = new Checkpoint("源流.example/西安", 1, new byte[32], List.of("more"));
    Signer log = NoteTest.signer("log", SignatureType.note(suite));
    Signer witness = NoteTest.signer("witness", SignatureType.cosignature(suite));
    SignedCheckpoint signed = SignedCheckpoint.sign(checkpoint, List.of(log), now);
    NoteSignature cosignature = Signing.sign(witness, checkpoint.text(), now);
    SignedCheckpoint cosigned =
        SignedCheckpoint.parse(signed.with(List.of(cosignature, cosignature)).encode());
    assertThat(cosigned.checkpoint()).isEqualTo(checkpoint);
    assertThat(cosigned.verify(List.of(witness.key(), log.key())))
        .extracting(VerifiedSignature::time)
        .containsExactly(
            java.util.Optional.empty(),
            java.util.Optional.of(Instant.parse("2026-11-21T08:00:00Z")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n",
        "log\n1\n",
        "log\n1\n" + ROOT,
        "\n1\n" + ROOT + "\n",
        "log\n\n" + ROOT + "\n",
        "log\n01\n" + ROOT + "\n",
        "log\n-1\n" + ROOT + "\n",
        "log\n+1\n" + ROOT + "\n",
        "log\n1 \n" + ROOT + "\n",
        "log\n١\n" + ROOT + "\n",
        "log\n9223372036854775808\n" + ROOT + "\n",
        "log\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2J=\n",
        "log\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jx\n",
        "log\n1\n" + ROOT + "\n\n",
        "log\n1\n" + ROOT + "\nmore\n\n",
        "log\n1\n" + ROOT + "\n\nmore\n"
      })
  void whatIsNoCheckpointIsRefused(String text) {
    assertThatThrownBy(() -> Checkpoint.parse(text)).isInstanceOf(NoteException.class);
  }

  @Test
  void theLargestSizeIsRead() throws NoteException {
    assertThat(Checkpoint.parse("log\n9223372036854775807\n" + ROOT + "\nmore\n"))
        .satisfies(checkpoint -> assertThat(checkpoint.size()).isEqualTo(Long.MAX_VALUE))
        .satisfies(checkpoint -> assertThat(checkpoint.extensions()).containsExactly("more"));
  }
}
