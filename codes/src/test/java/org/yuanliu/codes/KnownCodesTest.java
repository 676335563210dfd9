package org.yuanliu.codes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yuanliu.codes.Reading.Ambiguous;
import org.yuanliu.codes.Reading.Found;
import org.yuanliu.codes.Reading.Unreadable;
import org.yuanliu.codes.Refusal.Reason;

/** Codes that the standards, the regulations and products in circulation show. */
class KnownCodesTest {
  private static final CodeReader READER =
      CodeReader.of(Divisions.standard())
          .withClock(
              Clock.fixed(Instant.parse("2026-11-22T00:00:00Z"), ZoneOffset.UTC), ZoneOffset.UTC);

  @ParameterizedTest
  @CsvSource({
    "83857930000879766660, drug, 83857930000879766660",
    "国药准字H20040001, drugapproval, H20040001",
    "国药准字 Z20230003, drugapproval, Z20230003",
    "国药准字Z61020123, drugapproval, Z61020123",
    "国药准字 h20260001, drugapproval, H20260001",
    "pd20180123, pesticidereg, PD20180123",
    "ma.156.m0.100123.10012345.S12ab, udima, MA.156.M0.100123.10012345.S12ab",
    "https://x.idcode.org.cn/MA.156.M0.100123.10012345.S12345, udima,"
        + " MA.156.M0.100123.10012345.S12345",
    "国药准字HJ20140345, drugapproval, HJ20140345",
    "国药准字ZC20150001, drugapproval, ZC20150001",
    "国药准字 ＳＪ２０１７０００１, drugapproval, SJ20170001",
    "进口药品注册证号：H20140345, drugapproval, H20140345",
    "注册证号BH20140345, drugapproval, BH20140345",
    "批准文号 国药准字S20217001, drugapproval, S20217001",
    "MA.156.M0.100472.11103310.S1576130942.P190101.LABS20191201.E191201, udima,"
        + " MA.156.M0.100472.11103310.S1576130942",
    "MA.156.M0.100761.21234561.M220117.L20220117.D20220118.E220130.V220117.C3, udima,"
        + " MA.156.M0.100761.21234561.L20220117",
    "MA.156.M0.100204.13351764, udima, MA.156.M0.100204.13351764",
    "MF6901234*BA20240101*SN000123*MD240101, udiahm, MF6901234*SN000123",
    "12008001001012345678901234567890, pesticide, 12008001001012345678901234567890",
    "PD20080001, pesticidereg, PD20080001",
    "WP85105-12, pesticidereg, WP85105-12",
    "201911061234512345678901, vetdrug, 201911061234512345678901",
    "农肥（2018）准字12345号, fertilizer, 农肥(2018)准字12345号",
    "微生物肥(2018)准字(1234)号, fertilizer, 微生物肥(2018)准字1234号",
    "陕农肥（2020）准字0123号, fertilizer, 陕农肥(2020)准字0123号",
    "农肥准字1234号, fertilizer, 农肥准字1234号",
    "登记证号：粤农肥〔2019〕准字2018号, fertilizer, 粤农肥(2019)准字2018号",
    "3110ABCDE20210001, equipment, 3110ABCDE20210001",
    "23T010123201900017, equipment, 23T010123201900017",
    "21603101012006010101, equipmentreg, 21603101012006010101",
    "梯11陕A00001（17）, equipmentcert, 梯11陕A00001(17)",
    "7697-37-2, cas, 7697-37-2",
    "7722–84–1, cas, 7722-84-1",
    "CAS No. 7697-37-2, cas, 7697-37-2",
    "CAS号：７６９７－３７－２, cas, 7697-37-2",
    "CAS号7697-37-2, cas, 7697-37-2",
    "cas:7697-37-2, cas, 7697-37-2",
    "硝酸 CAS 7697-37-2, cas, 7697-37-2",
    "7757-79-1, cas, 7757-79-1",
    "6484-52-2, cas, 6484-52-2",
    "143-33-9, cas, 143-33-9",
    "1327-53-3, cas, 1327-53-3",
    "(陕)PF[2020]000001, fireworks, (陕)PF〔2020〕000001",
    "（陕）LS〔2020〕000001, fireworks, (陕)LS〔2020〕000001",
    "SC10161010400015, sc, SC10161010400015",
    "SC10461011200019, sc, SC10461011200019",
    "sc 105 310115 0012 7, sc, SC10531011500127",
    "020220080525641690, customs, 020220080525641690",
    "CJPN21052206300034, overseas, CJPN21052206300034",
    "D2143569-X, organisation, D2143569X",
    "60003734-1, organisation, 600037341",
    "70846113-6, organisation, 708461136",
    "Ecode:1000112345678901, ecode, 1000112345678901",
    "1.2.156.3088.1, oid, 1.2.156.3088.1",
    "urn:oid:1.3.6.1, oid, 1.3.6.1",
    "陕A·12345, plate, 陕A12345",
    "陕AD12345, plate, 陕AD12345",
    "21113001, goods, 21113001",
    "商品码 21113001, goods, 21113001",
    "追溯码 6101 0200 1000 1000 0045, trace, 61010200100010000045",
    "追溯码61010200100010000045, trace, 61010200100010000045",
    "耳标号161012412345678, eartag, 161012412345678",
    "食品生产许可证编号SC10161010400015, sc, SC10161010400015",
    "生产许可证编号：ＳＣ１０１６１０１０４０００１５, sc, SC10161010400015",
    "报关单号 020220080525641690, customs, 020220080525641690",
    "设备代码 3110 1000 1202 6000 01, equipment, 311010001202600001",
    "登记证编号：梯11陕A00001(17), equipmentcert, 梯11陕A00001(17)",
    "编号：（陕）LS〔2020〕000001, fireworks, (陕)LS〔2020〕000001",
    "农药登记证号 PD20150123, pesticidereg, PD20150123",
    "PD20060031F120034, pesticidereg, PD20060031F120034",
  })
  void isRead(String text, String scheme, String value) {
    Code code = only(text);
    assertThat(code.scheme().id()).isEqualTo(scheme);
    assertThat(((NationalCode) code).value()).isEqualTo(value);
    assertThat(only(code.canonical())).isEqualTo(code);
    assertThat(CanonicalUri.checked(code.canonical())).isEqualTo(code.canonical());
  }

  /** The 14 digits of a national drug code have the check digit of a GTIN-14, so are both. */
  @Test
  void theNationalDrugCodeMayBeAGtin() {
    assertThat(READER.read("86904879000126"))
        .isEqualTo(
            new Ambiguous(
                List.of(Gtin.of("86904879000126"), NationalDrugCode.of("86904879000126"))));
    assertThat(READER.read("86904879000127")).isInstanceOf(Unreadable.class);
  }

  @Test
  void aVoucherOfTwentyDigitsMayBeATraceCode() {
    VoucherNumber voucher =
        VoucherNumber.issue(NodeCode.of("610102001"), LocalDate.of(2026, 11, 22), 1);
    assertThat(READER.read("61010200126112200001"))
        .isEqualTo(new Ambiguous(List.of(TraceCode.of("61010200126112200001"), voucher)));
    assertThat(only("urn:yuanliu:voucher:61010200126112200001")).isEqualTo(voucher);
  }

  @Test
  void aDetonatorRecursAfterTenYears() {
    assertThat(READER.read("3461122A00001"))
        .isEqualTo(
            new Ambiguous(
                List.of(
                    DetonatorCode.of("2026.3461122A00001"),
                    DetonatorCode.of("2016.3461122A00001"))));
    assertThat(READER.read("3461122A00001", LocalDate.of(2026, 11, 21)))
        .isEqualTo(new Found(DetonatorCode.of("2016.3461122A00001")));
    assertThat(READER.read("3461122A00001", LocalDate.of(2026, 11, 22)))
        .isEqualTo(new Found(DetonatorCode.of("2026.3461122A00001")));
    assertThat(READER.read("3460229A00001", LocalDate.of(2027, 1, 1)))
        .isEqualTo(new Found(DetonatorCode.of("2016.3460229A00001")));
    assertThat(DetonatorCode.of("2026.3461122A00001").plain()).isEqualTo("3461122A00001");
    assertThatThrownBy(() -> DetonatorCode.of("2025.3461122A00001"))
        .isInstanceOf(CodeException.class);
    for (String bad : new String[] {"0061122A00001", "3461322A00001", "3461122c00001"}) {
      assertThat(READER.read(bad)).as(bad).isInstanceOf(Unreadable.class);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "农大108\n某种业有限公司\n6101022026000017\nhttp://www.example.cn/zz",
        "品种名称：农大108\r\n生产经营者名称：某种业有限公司\r\n单元识别代码：6101022026000017\r\n追溯网址：www.example.cn/zz",
      })
  void aSeedLabelHasFourLines(String text) {
    assertThat(only(text)).isEqualTo(SeedCode.of("6101022026000017"));
    SeedLabel label = SeedLabel.find(text);
    assertThat(label).isNotNull();
    assertThat(label.variety()).isEqualTo("农大108");
    assertThat(SeedLabel.find(label.qrText())).isEqualTo(label);
  }

  @ParameterizedTest
  @CsvSource({
    "药品追溯码：83857930000879766660, 83857930000879766660",
    "药品标识码：8385793 序列号：0000879766660, 83857930000879766660",
    "http://www.example.com/q?code=83857930000879766660&x=1, 83857930000879766660",
    "https://example.com/n/12008001001012345678901234567890, 12008001001012345678901234567890",
    "https://example.com/n?u=201911061234512345678901, 201911061234512345678901",
    "'201911061234512345678901;某兽药;兽药字010011234;某公司', 201911061234512345678901",
    "'农药名称：某\n登记证持有人：某公司\n单元识别代码：12008001001012345678901234567890',"
        + " 12008001001012345678901234567890",
    "]Q183857930000879766660, 83857930000879766660",
    "https://example.cn/u?c=MA.156.M0.100204.13351764.S12," + " MA.156.M0.100204.13351764.S12",
  })
  void textsOfQrCodesAndLinksAreRead(String text, String value) {
    assertThat(((NationalCode) only(text)).value()).isEqualTo(value);
  }

  /**
   * The separator of a UDI as scanners show it; without any, the batch would swallow the serial.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "]d2010690123456789211141231171507071" + "0A213B1\u001D211234",
        "010690123456789211141231171507071" + "0A213B1\u001D211234",
        "010690123456789211141231171507071" + "0A213B1<GS>211234",
        "010690123456789211141231171507071" + "0A213B1{GS}211234",
        "010690123456789211141231171507071" + "0A213B1\u241D211234",
        "(01)06901234567892(11)141231(17)150707(10)A213B1(21)1234",
        "（01）06901234567892（11）141231（17）150707（10）A213B1（21）1234",
        "UDI: (01)06901234567892(11)141231(17)150707(10)A213B1(21)1234",
        "https://2dcode.example.cn/01/06901234567892/10/A213B1/21/1234?11=141231&17=150707",
      })
  void aUdiIsReadHoweverItsSeparatorIsShown(String text) {
    assertThat(only(text)).isEqualTo(new Sgtin(Gtin.of("6901234567892"), "1234"));
  }

  @Test
  void thePesticideLabelHoldsAddressAndCode() {
    PesticideCode code = PesticideCode.of("12008001001012345678901234567890");
    assertThat(only(code.qrText("https://trace.example.cn/p/"))).isEqualTo(code);
    assertThat(only(code.qrText("https://trace.example.cn/p?c="))).isEqualTo(code);
    assertThat(code.registration()).isEqualTo(PesticideCode.Registration.PD);
    assertThat(code.registrationDigits()).isEqualTo("200800");
    assertThat(code.production()).isEqualTo(PesticideCode.Production.HOLDER);
    assertThat(code.specification()).isEqualTo("001");
  }

  @Test
  void anIdentityNumberIsNoCodeAndNeverWrittenOut() {
    String number = "11010519491231002X";
    IdentityCard card = IdentityCard.of(number);
    assertThat(card.toString()).isEqualTo("1****************X").doesNotContain("1949");
    assertThat(card.reveal()).isEqualTo(number);
    assertThat(card.bornOn()).isEqualTo(LocalDate.of(1949, 12, 31));
    Unreadable refused = (Unreadable) READER.read(number);
    assertThat(refused.refusals())
        .containsExactly(new Refusal(Reason.PERSONAL, Scheme.IDENTITY_CARD));
    Resolution resolved = READER.resolve("110105 19491231 002x");
    assertThat(resolved.persons()).containsExactly(card);
    assertThat(resolved.toString()).doesNotContain("1949");
    assertThatThrownBy(() -> CanonicalUri.checked("urn:yuanliu:idcard:" + number))
        .isInstanceOf(CodeException.class);
    for (String bad :
        new String[] {"110105194912310021", "110105194913310020", "11010519491231002"}) {
      assertThatThrownBy(() -> IdentityCard.of(bad)).isInstanceOf(CodeException.class);
    }
  }

  @Test
  void identityNumbersAreMaskedWhereverTheyStandInAText() {
    assertThat(IdentityCard.maskedIn("?text=11010519491231002x&a=1"))
        .isEqualTo("?text=1****************X&a=1");
    assertThat(IdentityCard.maskedIn("{?=text=110105%2019491231+002X}"))
        .isEqualTo("{?=text=1****************X}");
    assertThat(IdentityCard.maskedIn("mistyped 110105194912310021"))
        .isEqualTo("mistyped 1****************1");
    for (String other :
        new String[] {
          "",
          "61010200100010000045",
          "110105194913310021",
          "106141411234567897",
          "a11010519491231002"
        }) {
      assertThat(IdentityCard.maskedIn(other)).isEqualTo(other);
    }
  }

  @Test
  void packagingRatiosTellContents() {
    PackagingRatio ratio = PackagingRatio.parse("1：5：10");
    assertThat(ratio.levels()).isEqualTo(3);
    assertThat(ratio.contents(3)).isEqualTo(5);
    assertThat(ratio.contents(2)).isEqualTo(2);
    assertThat(ratio).hasToString("1:5:10");
    for (String bad :
        new String[] {"", "2:5", "1:5:7", "1:0", "1:5:10:20:40", "1:x", "1:10000000"}) {
      assertThatThrownBy(() -> PackagingRatio.parse(bad)).as(bad).isInstanceOf(CodeException.class);
    }
    assertThatThrownBy(() -> ratio.contents(1)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void otherSpellingsOfAUrnHaveOneForm() {
    String canonical = "urn:yuanliu:plate:%E9%99%95A12345";
    assertThat(Plate.of("陕A12345").canonical()).isEqualTo(canonical);
    assertThat(CanonicalUri.of("urn:yuanliu:plate:陕A12345")).isEqualTo(canonical);
    assertThat(CanonicalUri.checked("urn:yuanliu:plate:%e9%99%95A1234%35")).isEqualTo(canonical);
    assertThat(CanonicalUri.of("urn:yuanliu:oid:1.2.156.1")).isEqualTo("urn:oid:1.2.156.1");
    assertThat(CanonicalUri.of("urn:yuanliu:lift:陕%zz")).isEqualTo("urn:yuanliu:lift:陕%zz");
  }

  @Test
  void aTraceCodeIsNoDrugCodeAndADrugCodeNoTraceCodeOfNoDivision() {
    CodeReader lenient = READER.lenient();
    assertThat(lenient.read("61010200100010000045")).isInstanceOf(Found.class);
    assertThat(lenient.read("83857930000879766660"))
        .isEqualTo(new Found(DrugTraceCode.of("83857930000879766660")));
    // 内蒙古 is 15, 海南 46: no division begins with 83, but 82 is Macao and 81 Hong Kong.
    assertThat(lenient.read("99999900100010000045")).isInstanceOf(Found.class);
  }

  private static Code only(String text) {
    Reading reading = READER.read(text);
    assertThat(reading).as(text).isInstanceOf(Found.class);
    return ((Found) reading).code();
  }
}
