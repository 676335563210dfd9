package org.yuanliu.ledger.receipt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.HexFormat;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CommitmentsTest {
  private static final String NUMBER = "ab".repeat(32);
  private static final String VALUE = "cd".repeat(32);

  @Test
  void valuesAndNumbersOfDocumentsAreFoundWhereverTheyStand() {
    String value = Base64.getEncoder().encodeToString(HexFormat.of().parseHex(VALUE));
    assertThat(
            Commitments.in(
                """
                {"a": [{"b": {"yl:commitment": "%s"}}],
                 "bizTransactionList": [{"type": "t",
                   "bizTransaction": "urn:yuanliu:document:prescription:sealed.%s"}]}
                """
                    .formatted(value, NUMBER)))
        .isEqualTo(Set.of(NUMBER, VALUE));
  }

  @Test
  void whatOnlyLooksLikeOneIsNone() {
    for (String uri :
        new String[] {
          "urn:yuanliu:document:prescription:" + NUMBER,
          "urn:yuanliu:document:prescription:unsealed." + NUMBER,
          "urn:yuanliu:document:prescription:sealed." + NUMBER.substring(2),
          "urn:yuanliu:document:prescription:sealed." + NUMBER + "0",
          "urn:yuanliu:document:prescription:sealed." + NUMBER.toUpperCase(java.util.Locale.ROOT),
          "https://elsewhere.example/prescription:sealed." + NUMBER,
          "sealed." + NUMBER
        }) {
      assertThat(Commitments.in("{\"x\": \"" + uri + "\"}")).as(uri).isEmpty();
    }
  }
}
