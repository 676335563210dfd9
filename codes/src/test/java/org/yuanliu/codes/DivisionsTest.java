package org.yuanliu.codes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.io.StringReader;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DivisionsTest {
  private static final Divisions DIVISIONS = Divisions.standard();
  private static final LocalDate TODAY = LocalDate.of(2026, 11, 21);

  @Test
  void knowsXiAnAsItStands() {
    assertThat(DIVISIONS.asOf(TODAY).find("610102"))
        .contains(
            new Division("610102", "新城区", "Xincheng District", Division.Level.COUNTY, "610100"));
    assertThat(DIVISIONS.asOf(TODAY).children("610100"))
        .extracting(Division::code)
        .contains(
            "610102", "610103", "610104", "610111", "610112", "610113", "610114", "610115",
            "610116", "610117", "610118", "610122", "610124")
        .doesNotContain("610125", "610126");
    assertThat(DIVISIONS.asOf(TODAY).path("610102"))
        .extracting(Division::zhName)
        .containsExactly("陕西省", "西安市", "新城区");
  }

  @Test
  void knowsTheCountiesOfThePlans() {
    for (String code :
        new String[] {
          "310115", "310151", "445102", "445103", "445122", "330102", "441900", "659001"
        }) {
      assertThat(DIVISIONS.asOf(TODAY).find(code)).as(code).isPresent();
    }
    assertThat(DIVISIONS.asOf(TODAY).find("445122"))
        .contains(new Division("445122", "饶平县", "Raoping County", Division.Level.COUNTY, "445100"));
    assertThat(DIVISIONS.asOf(TODAY).children("330000")).hasSize(11);
  }

  @ParameterizedTest
  @CsvSource({
    "610125, 2016-11-23, 户县",
    "610125, 2016-11-24,",
    "610118, 2016-11-23,",
    "610118, 2016-11-24, 鄠邑区",
    "610126, 2014-12-12, 高陵县",
    "610126, 2014-12-13,",
    "610117, 2014-12-13, 高陵区",
    "330113, 2021-03-10,",
    "330113, 2021-03-11, 临平区",
    "330103, 2021-03-11,",
    "310119, 2005-01-01, 南汇区",
    "310119, 2012-01-01,",
    "610199, 2020-01-01,",
  })
  void answersAsOfADay(String code, LocalDate day, String name) {
    assertThat(DIVISIONS.asOf(day).find(code).map(Division::zhName).orElse(null)).isEqualTo(name);
  }

  @Test
  void knowsDevelopmentZonesOutsideTheStandard() {
    assertThat(DIVISIONS.asOf(TODAY).find("320571"))
        .contains(
            new Division(
                "320571", "苏州工业园区", "Suzhou Industrial Park", Division.Level.ZONE, "320500"));
    assertThat(DIVISIONS.asOf(TODAY).find("610131").map(Division::level))
        .contains(Division.Level.ZONE);
  }

  /** Names and codes of the Bureau of Statistics, state of 2023-06-30. */
  @Test
  void knowsTheChangesOf2021() {
    LocalDate before = LocalDate.of(2020, 12, 31);
    LocalDate after = LocalDate.of(2023, 6, 30);
    String[][] changes = {
      {"350403", "350404", "三元区"},
      {"350427", "350405", "沙县区"},
      {"350681", "350604", "龙海区"},
      {"350625", "350605", "长泰区"},
      {"410381", "410307", "偃师区"},
      {"410322", "410308", "孟津区"},
      {"520522", "520581", "黔西市"},
      {"610322", "610305", "凤翔区"},
      {"610928", "610981", "旬阳市"},
    };
    for (String[] change : changes) {
      assertThat(DIVISIONS.asOf(before).find(change[0])).as(change[0]).isPresent();
      assertThat(DIVISIONS.asOf(before).find(change[1])).as(change[1]).isEmpty();
      assertThat(DIVISIONS.asOf(after).find(change[0])).as(change[0]).isEmpty();
      assertThat(DIVISIONS.asOf(after).find(change[1]).map(Division::zhName)).contains(change[2]);
      // In the half-year in which it changed either may be on a paper.
      assertThat(DIVISIONS.asOf(LocalDate.of(2021, 3, 1)).find(change[0])).isPresent();
      assertThat(DIVISIONS.asOf(LocalDate.of(2021, 3, 1)).find(change[1])).isPresent();
    }
    assertThat(DIVISIONS.asOf(after).find("370176").map(Division::level))
        .contains(Division.Level.ZONE);
    assertThat(DIVISIONS.asOf(after).find("632857").map(Division::parent)).contains("632800");
  }

  /**
   * As the names are read, not as their characters mostly are; or as their own language has them.
   */
  @ParameterizedTest
  @CsvSource({
    "610112, Weiyang District",
    "610116, Chang'an District",
    "610118, Huyi District",
    "610100, Xi'an",
    "610000, Shaanxi",
    "140000, Shanxi",
    "310115, Pudong New Area",
    "350200, Xiamen",
    "341500, Lu'an",
    "340300, Bengbu",
    "341000, Huangshan",
    "341021, Shexian County",
    "500000, Chongqing",
    "331000, Taizhou",
    "331100, Lishui",
    "330382, Yueqing",
    "150100, Hohhot",
    "650100, Ürümqi",
    "540100, Lhasa",
    "520325, Daozhen Gelao and Miao Autonomous County",
    "450328, Longsheng Multiethnic Autonomous County",
    "150721, Arong Banner",
    "422800, Enshi Tujia and Miao Autonomous Prefecture",
    "652900, Aksu Prefecture",
    "610131, Xi'an High-tech Industrial Development Zone",
  })
  void hasEnglishNames(String code, String name) {
    assertThat(DIVISIONS.asOf(TODAY).find(code).map(Division::enName)).contains(name);
  }

  @Test
  void nothingStandsInChinese() {
    List<Division> chinese =
        DIVISIONS.asOf(TODAY).children("610000").stream()
            .flatMap(city -> DIVISIONS.asOf(TODAY).children(city.code()).stream())
            .filter(division -> division.enName().chars().anyMatch(c -> c > 0x2000))
            .toList();
    assertThat(chinese).isEmpty();
  }

  @Test
  void anOwnTableMayBringEnglishNames() throws IOException {
    Divisions zones =
        Divisions.read(
            new StringReader(
                "610162,示范区,ZONE,610100,,,Demonstration Zone\n610163,雁塔区,ZONE,610100,,\n"));
    assertThat(zones.asOf(TODAY).find("610162").map(Division::enName))
        .contains("Demonstration Zone");
    assertThat(zones.asOf(TODAY).find("610163").map(Division::enName)).contains("Yanta District");
  }

  @Test
  void anAbolishedCodeIsKnownAndAnInventedOneIsNot() {
    assertThat(DIVISIONS.isKnown("610125")).isTrue();
    assertThat(DIVISIONS.isKnown("610199")).isFalse();
    assertThat(DIVISIONS.isKnown("")).isFalse();
  }

  @Test
  void anExtensionWinsOverTheTable() throws IOException {
    Divisions zones =
        Divisions.read(new StringReader("610162,示范区,ZONE,610100,2020-01-01,2025-01-01\n"));
    Divisions.Snapshot in2022 = DIVISIONS.with(zones).asOf(LocalDate.of(2022, 1, 1));
    assertThat(in2022.find("610162").map(Division::level)).contains(Division.Level.ZONE);
    assertThat(in2022.find("610102")).isPresent();
    assertThat(DIVISIONS.with(zones).asOf(LocalDate.of(2025, 1, 1)).find("610162")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "610162,a,ZONE,610100,2020-01-01",
        "610162,a,ZONE,610100,,,a,b",
        "61016,a,ZONE,610100,,",
        "610162,a,VILLAGE,610100,,",
        "610162,a,ZONE,6101,,",
        "610162,a,ZONE,610100,2020-13-01,",
        "610162,a,ZONE,610100,2020-01-01,2020-01-01",
      })
  void aMalformedLineIsNamed(String line) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Divisions.read(new StringReader("# head\n" + line)))
        .withMessageContaining("line 2");
  }
}
