package org.yuanliu.codes;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yuanliu.codes.CreditCode.Exemption;
import org.yuanliu.codes.Reading.Ambiguous;
import org.yuanliu.codes.Reading.Found;
import org.yuanliu.codes.Reading.Unreadable;
import org.yuanliu.codes.Refusal.Reason;

class CodeReaderTest {
  private static final CodeReader READER =
      CodeReader.of(Divisions.standard())
          .withClock(
              Clock.fixed(Instant.parse("2026-11-22T00:00:00Z"), ZoneOffset.UTC), ZoneOffset.UTC);
  private static final String LOT = "https://id.gs1.org/01/09521234543213/10/ABC";
  private static final String TRACE = "urn:yuanliu:trace:61010200100010000045";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "61010200100010000045",
        " 6101 0200 1000 1000 0045 ",
        "6101-0200-1000-1000-0045",
        "6101 0200–1000—1000−0045",
        "６１０１０２００１０００１０００００４５",
        "\uFEFF61010200100010000045\r\n",
        "urn:yuanliu:trace:61010200100010000045",
        "URN:YUANLIU:trace:61010200100010000045",
        "https://trace.example.cn/t/61010200100010000045",
        "https://trace.example.cn:8443/t/61010200100010000045?lang=en#timeline",
        "http://127.0.0.1:8080/yl/t/6101%200200%201000%201000%200045",
        "trace.example.cn/t/61010200100010000045",
        "https://trace.example.cn/t/urn%3Ayuanliu%3Atrace%3A61010200100010000045",
        "https://old.example.cn/t/https%3A%2F%2Ftrace.example.cn%2Ft%2F61010200100010000045",
        "]Q1https://trace.example.cn/t/61010200100010000045",
        "]C061010200100010000045",
      })
  void readsATraceCodeHoweverItIsWritten(String text) {
    assertThat(found(text)).isEqualTo(TraceCode.of("61010200100010000045"));
    assertThat(found(text).canonical()).isEqualTo(TRACE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        LOT,
        "https://example.com/01/09521234543213/10/ABC",
        "https://example.com/some/shop/01/9521234543213/10/ABC/?17=261231&linkType=gs1:pip",
        "HTTP://EXAMPLE.COM/01/09521234543213/10/ABC#x",
        "id.gs1.org/01/09521234543213/10/ABC",
        "https://example.com/01/09521234543213/22/2A/10/ABC",
        "https://example.com/01/09521234543213/10/%41BC",
        "urn:epc:class:lgtin:9521234.054321.ABC",
        "(01)09521234543213(10)ABC",
        "（０１）０９５２１２３４５４３２１３（１０）ＡＢＣ",
        "(01) 0952 1234 5432 13 (10) ABC",
        "(10)ABC(01)09521234543213(17)261231",
        "]C1010952123454321310ABC",
        "]d2010952123454321317261231" + "10ABC\u001D3103000500",
        "]Q310ABC\u001D0109521234543213",
        "]C12001" + "0109521234543213" + "10ABC",
        "\u001D010952123454321310ABC",
        "010952123454321310ABC",
        "https://trace.example.cn/t/(01)09521234543213(10)ABC",
      })
  void readsALotHoweverItIsWritten(String text) {
    assertThat(found(text)).isEqualTo(new Lgtin(Gtin.of("9521234543213"), "ABC"));
  }

  @ParameterizedTest
  @CsvSource({
    "91440101ma5cjq4n59, urn:yuanliu:uscc:91440101MA5CJQ4N59",
    "urn:yuanliu:uscc:91440101MA5CJQ4N59, urn:yuanliu:uscc:91440101MA5CJQ4N59",
    "161012412345678, urn:yuanliu:eartag:161012412345678",
    "6101020010000007, urn:yuanliu:batch:6101020010000007",
    "610102001, urn:yuanliu:node:610102001",
    "610102, urn:yuanliu:division:610102",
    "3101150010002, urn:yuanliu:operator:3101150010002",
    "06901234567892, https://id.gs1.org/01/06901234567892",
    "106141411234567897, https://id.gs1.org/00/106141411234567897",
    "00106141411234567897, https://id.gs1.org/00/106141411234567897",
    "96385074, https://id.gs1.org/01/00000096385074",
    "]E0 06901234567892, https://id.gs1.org/01/06901234567892",
    "urn:epc:id:sgtin:0614141.107346.2018, https://id.gs1.org/01/10614141073464/21/2018",
    "(01)09521234543213(10)A(21)9, https://id.gs1.org/01/09521234543213/21/9",
    "(414)9521234543213(254)A, https://id.gs1.org/414/9521234543213/254/A",
    "(8010)9521234PART(8011)7, https://id.gs1.org/8010/9521234PART/8011/7",
    "(01)09521234543213(10)A\\(2, https://id.gs1.org/01/09521234543213/10/A%282",
  })
  void readsOtherCodes(String text, String canonical) {
    assertThat(found(text).canonical()).isEqualTo(canonical);
  }

  @Test
  void whatFitsSeveralSchemesIsAChoice() {
    assertThat(canonical(READER.read("6901234567892")))
        .containsExactly(
            "https://id.gs1.org/01/06901234567892", "https://id.gs1.org/414/6901234567892");
    assertThat(canonical(READER.read("6101020010001")))
        .containsExactly(
            "https://id.gs1.org/01/06101020010001",
            "https://id.gs1.org/414/6101020010001",
            "urn:yuanliu:operator:6101020010001",
            "urn:yuanliu:detonator:2020.6101020010001",
            "urn:yuanliu:detonator:2010.6101020010001");
    assertThat(canonical(READER.read("(01)09521234543213(414)9521234543213")))
        .containsExactly(
            "https://id.gs1.org/01/09521234543213", "https://id.gs1.org/414/9521234543213");
  }

  @Test
  void aCreditCodeOfDigitsMayBeAShippingContainerToo() {
    // Search a text that both check digits allow, and see that neither is preferred.
    String both = null;
    for (int i = 0; i < 1_000 && both == null; i++) {
      String head = "91610100" + Text.zeroPadded(i, 8);
      for (char last = '0'; last <= '9'; last++) {
        String text = head + "0" + last;
        if (CheckDigits.gs1Holds(text, 0, 18) && CheckDigits.credit(text) == last) {
          both = text;
        }
      }
    }
    assertThat(both).isNotNull();
    assertThat(canonical(READER.read(both)))
        .containsExactly("https://id.gs1.org/00/" + both, "urn:yuanliu:uscc:" + both);
  }

  @ParameterizedTest
  @CsvSource({
    "'', EMPTY",
    "'   ', EMPTY",
    "hello, UNKNOWN_FORM",
    "1234567, UNKNOWN_FORM",
    "06901234567893, CHECK_DIGIT",
    "91310000607294886M, CHECK_DIGIT",
    "99999900100010000045, DIVISION_UNKNOWN",
    "61000000100010000045, DIVISION_LEVEL",
    "61010200000010000045, RANGE",
    "https://example.com/, NO_GS1_KEY",
    "https://example.com, NO_GS1_KEY",
    "https://id.gs1.org/ARFKk4XB0CDKWcnpq, NO_GS1_KEY",
    "https://example.com/01/09521234543210, CHECK_DIGIT",
    "https://example.com/01/09521234543213/99/x, BAD_QUALIFIER",
    "https://example.com/01/09521234543213/10, BAD_QUALIFIER",
    "https://example.com/01/09521234543213/10/A/10/B, BAD_QUALIFIER",
    "https://example.com/01/09521234543213/10/A%, BAD_QUALIFIER",
    "https://example.com/01/0952123454321%, CHARACTER",
    "https://example.com/t/, NO_GS1_KEY",
    "https://example.com/t/hello, UNKNOWN_FORM",
    "urn:epc:id:sgtin:0614141.107346, BAD_URN",
    "urn:epc:id:gid:1.2.3, BAD_URN",
    "urn:epc:, BAD_URN",
    "urn:yuanliu:trace:123, BAD_URN",
    "urn:yuanliu:gtin:6901234567892, BAD_URN",
    "urn:yuanliu:, BAD_URN",
    "(01)09521234543213(10), BAD_ELEMENT_STRING",
    "(01)09521234543213(01)06901234567892, BAD_ELEMENT_STRING",
    "(0109521234543213, BAD_ELEMENT_STRING",
    "(17)261231, NO_GS1_KEY",
    "(01)09521234543210, CHECK_DIGIT",
    "]C10109521234543, BAD_ELEMENT_STRING",
  })
  void refusesWithAReason(String text, Reason reason) {
    assertThat(reasons(READER.read(text))).contains(reason);
  }

  @Test
  void aRefusalSpeaksBothLanguagesAndNamesTheScheme() {
    Unreadable unreadable = (Unreadable) READER.read("91310000607294886M");
    Refusal refusal = unreadable.refusals().getFirst();
    assertThat(refusal.code()).isEqualTo("code.check-digit");
    assertThat(refusal.zh()).startsWith("统一社会信用代码：校验位");
    assertThat(refusal.en()).startsWith("unified social credit code: the check digit");
  }

  @Test
  void aTextAtTheLimitIsReadAndOnePastItIsNot() {
    String link = "https://example.com/" + "a/".repeat(1_100);
    String tail = "01/09521234543213";
    String atLimit = link.substring(0, CodeReader.MAX_LENGTH - tail.length() - 1) + "/" + tail;
    assertThat(atLimit).hasSize(CodeReader.MAX_LENGTH);
    assertThat(found(atLimit)).isEqualTo(Gtin.of("9521234543213"));
    assertThat(reasons(READER.read(atLimit + "?"))).containsExactly(Reason.TOO_LONG);
  }

  @Test
  void aDivisionIsCheckedAsOfTheDayGiven() {
    String inHuCounty = "61012500100010000045";
    assertThat(READER.read(inHuCounty)).isInstanceOf(Found.class);
    assertThat(READER.read(inHuCounty, LocalDate.of(2015, 1, 1))).isInstanceOf(Found.class);
    assertThat(reasons(READER.read(inHuCounty, LocalDate.of(2020, 1, 1))))
        .containsExactly(Reason.DIVISION_UNKNOWN);
  }

  @Test
  void aLenientReaderKeepsUnknownDivisions() {
    assertThat(READER.lenient().read("99999900100010000045")).isInstanceOf(Found.class);
    assertThat(reasons(READER.lenient().read("61010200000010000045")))
        .containsExactly(Reason.RANGE);
  }

  @Test
  void anExemptCreditCodeIsReadInEveryForm() {
    String code = "91350203M0001QAY9B";
    Exemption exemption = new Exemption("registrar-1", LocalDate.of(2026, 3, 1), "licence seen");
    CodeReader reader = READER.exempting(asked -> asked.equals(code) ? exemption : null);
    for (String text :
        new String[] {
          code,
          "91350203m0001qay9b",
          "urn:yuanliu:uscc:" + code,
          "urn:yuanliu:uscc:91350203m0001qay9b"
        }) {
      assertThat(reader.read(text)).isInstanceOf(Found.class);
      assertThat(reasons(READER.read(text))).containsExactly(Reason.CHECK_DIGIT);
    }
    assertThat(((CreditCode) ((Found) reader.read(code)).code()).exemption()).contains(exemption);
    assertThat(reasons(reader.read("91310000607294886M"))).containsExactly(Reason.CHECK_DIGIT);
  }

  private static Code found(String text) {
    assertThat(READER.read(text)).as(text).isInstanceOf(Found.class);
    return ((Found) READER.read(text)).code();
  }

  private static List<String> canonical(Reading reading) {
    assertThat(reading).isInstanceOf(Ambiguous.class);
    return ((Ambiguous) reading).codes().stream().map(Code::canonical).toList();
  }

  private static List<Reason> reasons(Reading reading) {
    assertThat(reading).isInstanceOf(Unreadable.class);
    return ((Unreadable) reading).refusals().stream().map(Refusal::reason).distinct().toList();
  }
}
