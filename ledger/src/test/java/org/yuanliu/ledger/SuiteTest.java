package org.yuanliu.ledger;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SuiteTest {
  /** GB/T 32905-2016, A.1 and A.2. */
  @Test
  void sm3OfTheStandardsExamples() {
    assertThat(hash(Suite.SM3_SM2, "abc"))
        .isEqualTo("66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");
    assertThat(hash(Suite.SM3_SM2, "abcd".repeat(16)))
        .isEqualTo("debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732");
  }

  /** FIPS 180-4's example of one block. */
  @Test
  void sha256OfTheStandardsExample() {
    assertThat(hash(Suite.SHA256_ED25519, "abc"))
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  }

  @ParameterizedTest
  @EnumSource
  void prefixesKeepLeavesAndNodesApart(Suite suite) {
    Hasher hasher = suite.newHasher();
    byte[] left = hasher.hash(new byte[] {1});
    byte[] right = hasher.hash(new byte[] {2});
    assertThat(hasher.leaf(left)).isEqualTo(hasher.hash(new byte[] {0}, left));
    assertThat(hasher.node(left, right)).isEqualTo(hasher.hash(new byte[] {1}, left, right));
    assertThat(hasher.node(left, right)).isNotEqualTo(hasher.node(right, left));
  }

  @ParameterizedTest
  @EnumSource
  void isFoundByItsCodeAndName(Suite suite) {
    assertThat(Suite.ofCode(suite.code())).isEqualTo(suite);
    assertThat(Suite.ofId(suite.id())).isEqualTo(suite);
  }

  @Test
  void storedCodesNeverChange() {
    assertThat(Suite.SHA256_ED25519.code()).isEqualTo((byte) 1);
    assertThat(Suite.SM3_SM2.code()).isEqualTo((byte) 2);
    assertThatThrownBy(() -> Suite.ofCode((byte) 3)).hasMessage("no suite has the code 3");
    assertThatThrownBy(() -> Suite.ofId("md5")).hasMessage("no suite is named md5");
  }

  private static String hash(Suite suite, String text) {
    return HexFormat.of().formatHex(suite.newHasher().hash(text.getBytes(US_ASCII)));
  }
}
