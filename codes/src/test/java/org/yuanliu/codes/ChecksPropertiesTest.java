package org.yuanliu.codes;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.yuanliu.codes.Refusal.Reason;

/** What each check promises (see {@link Check}), held against codes that it made. */
class ChecksPropertiesTest {
  /**
   * A right code and what reads it.
   *
   * @param from where its checked characters begin
   */
  record Checked(Scheme scheme, String value, int from, Function<String, Object> maker) {
    @Override
    public String toString() {
      return scheme + " " + value;
    }
  }

  @Property(tries = 500)
  void everyWrongDigitIsFoundWhereItIsPromised(@ForAll("checked") Checked code) {
    assertThat(accepts(code, code.value())).isTrue();
    for (int at = code.from(); at < code.value().length(); at++) {
      if (!Text.isDigit(code.value().charAt(at))) {
        continue;
      }
      for (char other = '0'; other <= '9'; other++) {
        String changed = code.value().substring(0, at) + other + code.value().substring(at + 1);
        if (other != code.value().charAt(at)
            && (code.scheme().check().findsEveryWrongDigit() || isCheckDigit(code, at))) {
          assertThat(accepts(code, changed)).as(changed).isFalse();
        }
      }
    }
  }

  @Property(tries = 500)
  void everySwapOfNeighboursIsFoundWhereItIsPromised(@ForAll("checked") Checked code) {
    if (!code.scheme().check().findsEveryAdjacentSwap()) {
      return;
    }
    for (int at = code.from() + 1; at < code.value().length(); at++) {
      char[] swapped = code.value().toCharArray();
      swapped[at] = code.value().charAt(at - 1);
      swapped[at - 1] = code.value().charAt(at);
      if (swapped[at] != swapped[at - 1]) {
        assertThat(accepts(code, new String(swapped))).as(new String(swapped)).isFalse();
      }
    }
  }

  /** The promise is not made where it does not hold: an error that CAS and GB 11714 pass. */
  @Test
  void whatAChecksDoesNotPromiseGoesThrough() {
    // The weight of the first of seven digits before the check is 7, of the third 5: 2·5 is ten.
    assertThat(CheckDigits.cas("10100-00-0")).isEqualTo(CheckDigits.cas("10300-00-0"));
    assertThat(CheckDigits.organisation("00000000", 0))
        .isEqualTo(CheckDigits.organisation("B0000000", 0));
    // 5 apart: 05 and 50 weigh 3·0+5 and 3·5+0, ten apart.
    assertThat(CheckDigits.gs1("0000000000050", 0, 13))
        .isEqualTo(CheckDigits.gs1("0000000000005", 0, 13));
  }

  @Test
  void everyCheckHasASchemeInTheseProperties() {
    Set<Check> tried = EnumSet.noneOf(Check.class);
    all().forEach(arbitrary -> tried.add(arbitrary.sample().scheme().check()));
    tried.add(Check.NONE);
    tried.add(Check.ISSUER);
    assertThat(tried).containsExactlyInAnyOrder(Check.values());
  }

  @Test
  void exactlyTheCheckedSchemesOfOurOwnCanBeExempted() {
    assertThat(Arrays.stream(Scheme.values()).filter(Scheme::isExemptible))
        .containsExactlyInAnyOrder(
            Scheme.CREDIT,
            Scheme.ORGANISATION,
            Scheme.NATIONAL_DRUG,
            Scheme.CAS,
            Scheme.FOOD_LICENCE);
  }

  @Property(tries = 200)
  void anExemptionLetsExactlyItsCodeThrough(@ForAll("exemptible") Checked code) {
    String value = code.value();
    char last = value.charAt(value.length() - 1);
    String wrong = value.substring(0, value.length() - 1) + (last == '1' ? '2' : '1');
    CodeReader strict = CodeReader.of(Divisions.standard());
    Exemption exemption =
        new Exemption(
            code.scheme(), wrong, "licence seen", "registrar", LocalDate.of(2026, 1, 1), null);
    CodeReader reader = strict.exempting(Exemptions.of(List.of(exemption)));
    String urn = "urn:yuanliu:" + code.scheme().id() + ":" + wrong;
    assertThat(strict.resolve(urn).codes()).isEmpty();
    List<Code> read = reader.resolve(urn).codes();
    assertThat(read).hasSize(1);
    assertThat(read.getFirst().canonical()).isEqualTo(urn);
    assertThat(read.getFirst().scheme()).isEqualTo(code.scheme());
    assertThat(reader.resolve(wrong).codes()).contains(read.getFirst());
    assertThat(reader.resolve("urn:yuanliu:" + code.scheme().id() + ":" + value).codes())
        .allSatisfy(found -> assertThat(found).isNotInstanceOf(ExemptedCode.class));
  }

  private static boolean isCheckDigit(Checked code, int at) {
    return at == code.value().length() - 1 && code.scheme().check() != Check.NONE;
  }

  private static boolean accepts(Checked code, String value) {
    try {
      code.maker().apply(value);
      return true;
    } catch (CodeException e) {
      assertThat(e.refusal().reason())
          .isIn(Reason.CHECK_DIGIT, Reason.RANGE, Reason.DATE, Reason.CHARACTER);
      return false;
    }
  }

  @Provide
  Arbitrary<Checked> checked() {
    return Arbitraries.oneOf(all());
  }

  @Provide
  Arbitrary<Checked> exemptible() {
    return Arbitraries.oneOf(all()).filter(code -> code.scheme().isExemptible());
  }

  private static List<Arbitrary<Checked>> all() {
    List<Arbitrary<Checked>> all = new ArrayList<>();
    all.add(
        digits(13).map(CheckDigits::withGs1).map(v -> new Checked(Scheme.GTIN, v, 0, Gtin::of)));
    all.add(
        digits(10)
            .map(body -> CheckDigits.withGs1("869" + body))
            .map(v -> new Checked(Scheme.NATIONAL_DRUG, v, 3, NationalDrugCode::of)));
    all.add(
        Combinators.combine(Arbitraries.of("610102", "310115"), digits(2), digits(4))
            .as((division, category, serial) -> "1" + category + division + serial)
            .map(body -> "SC" + body + CheckDigits.mod11And10(body, 0, body.length()))
            .map(v -> new Checked(Scheme.FOOD_LICENCE, v, 2, FoodLicence::of)));
    all.add(
        Combinators.combine(Arbitraries.of("91", "92", "12"), digits(6), digits(9))
            .as((head, division, body) -> head + division + body)
            .map(
                body ->
                    new Checked(
                        Scheme.CREDIT, body + CheckDigits.credit(body), 0, CreditCode::of)));
    all.add(
        Arbitraries.strings()
            .withChars("0123456789ABCDEFGHJK")
            .ofLength(8)
            .map(body -> body + CheckDigits.organisation(body, 0))
            .map(v -> new Checked(Scheme.ORGANISATION, v, 0, OrganisationCode::of))
            .filter(code -> !Text.allDigits(code.value())));
    all.add(
        Combinators.combine(
                Arbitraries.integers().between(1_000_000, 9_999_999),
                Arbitraries.integers().between(0, 99))
            .as((body, middle) -> body + "-" + Text.zeroPadded(middle, 2) + "-")
            .map(body -> body + CheckDigits.cas(body + "0"))
            .map(v -> new Checked(Scheme.CAS, v, 0, CasNumber::of)));
    all.add(
        Combinators.combine(
                Arbitraries.of("610102", "110105"),
                Arbitraries.longs()
                    .between(
                        LocalDate.of(1920, 1, 1).toEpochDay(),
                        LocalDate.of(2026, 1, 1).toEpochDay()),
                digits(3))
            .as(
                (division, day, serial) ->
                    division + LocalDate.ofEpochDay(day).toString().replace("-", "") + serial)
            .map(
                body ->
                    new Checked(
                        Scheme.IDENTITY_CARD,
                        body + CheckDigits.identity(body),
                        0,
                        IdentityCard::of)));
    return all;
  }

  private static Arbitrary<String> digits(int length) {
    return Arbitraries.strings().numeric().ofLength(length);
  }
}
