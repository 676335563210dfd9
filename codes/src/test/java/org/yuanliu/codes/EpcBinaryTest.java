package org.yuanliu.codes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yuanliu.codes.Reading.Found;

/** The examples of the EPC Tag Data Standard, appendix E. */
class EpcBinaryTest {
  private static final PrefixTable PREFIXES = PrefixTable.of(Map.of("0614141", 7));
  private static final CodeReader READER = CodeReader.of(Divisions.standard());

  @ParameterizedTest
  @CsvSource({
    "3074257BF7194E4000001A85, sgtin-96:3.0614141.812345.6789",
    "3674257BF6B7A659B2C2BF100000000000000000000000000000, sgtin-198:3.0614141.712345.32a%2Fb",
    "3174257BF4499602D2000000, sscc-96:3.0614141.1234567890",
  })
  void theStandardsExamples(String hex, String tag) {
    Gs1Key key = EpcBinary.read(hex);
    assertThat(key).isNotNull();
    assertThat(READER.read("urn:epc:tag:" + tag)).isEqualTo(new Found(key));
    assertThat(READER.read(hex)).isEqualTo(new Found(key));
    assertThat(READER.read(hex.toLowerCase(java.util.Locale.ROOT))).isEqualTo(new Found(key));
    assertThat(EpcBinary.write(key, PREFIXES, 3)).isEqualTo(hex);
  }

  @Test
  void aSerialNumberTooLargeForTheSmallTagTakesTheLargeOne() {
    Gtin gtin = Gtin.of("80614141123458");
    assertThat(EpcBinary.write(new Sgtin(gtin, "274877906943"), PREFIXES, 0)).hasSize(24);
    for (String serial : new String[] {"274877906944", "007", "A", "1234567890123"}) {
      Sgtin item = new Sgtin(gtin, serial);
      String hex = EpcBinary.write(item, PREFIXES, 0);
      assertThat(hex).as(serial).hasSize(52).startsWith("36");
      assertThat(EpcBinary.read(hex)).isEqualTo(item);
      assertThat(EpcBinary.read(hex.substring(0, 50))).isEqualTo(item);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "3078257BF7194E4000001A85", // partition 6 with too large a number
        "307C257BF7194E4000001A85", // partition 7
        "3174257BF4499602D2000001", // bits that are to be zero
        "3074257BF7194E4000001A8",
        "3574257BF7194E4000001A85",
        "3674257BF6B7A659B2C2BF1000000000000000000000000000001",
        "3674257BF6B7A60000C2BF100000000000000000000000000000", // text after its end
        "3674257BF6B7800000000000000000000000000000000000000", // odd
        "zz74257BF7194E4000001A85",
      })
  void whatBreaksTheRulesIsNoEpc(String hex) {
    assertThat(EpcBinary.read(hex)).isNull();
  }

  @Test
  void withoutACompanyPrefixNothingIsWritten() {
    Sscc sscc = Sscc.of("106141411234567897");
    assertThat(EpcBinary.write(sscc, PrefixTable.empty(), 0)).isNull();
    assertThat(EpcBinary.write(sscc, PrefixTable.of(Map.of("0614", 4)), 0)).isNull();
    assertThat(EpcBinary.write(Gtin.of("80614141123458"), PREFIXES, 0)).isNull();
    assertThatThrownBy(() -> EpcBinary.write(sscc, PREFIXES, 8))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
