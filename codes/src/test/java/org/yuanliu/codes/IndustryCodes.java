package org.yuanliu.codes;

import java.time.LocalDate;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Codes of the industries' own schemes, one generator each. */
final class IndustryCodes {
  private static final String UPPER = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  private static final String ANY = UPPER + "abcdefghijklmnopqrstuvwxyz";

  private IndustryCodes() {}

  static List<Arbitrary<? extends Code>> all() {
    Arbitrary<String> division = Arbitraries.of("610102", "310115", "445122");
    Arbitrary<String> kind = Arbitraries.of("1", "2", "3");
    Arbitrary<LocalDate> day =
        Arbitraries.longs()
            .between(LocalDate.of(2007, 1, 1).toEpochDay(), LocalDate.of(2026, 11, 22).toEpochDay())
            .map(LocalDate::ofEpochDay);
    Arbitrary<String> compactDay = day.map(d -> d.toString().replace("-", ""));
    Arbitrary<String> year = Arbitraries.integers().between(1980, 2030).map(String::valueOf);
    Arbitrary<Integer> five = Arbitraries.integers().between(1, 99_999);
    Arbitrary<String> ma =
        Combinators.combine(digits(6), text(ANY, 2, 13)).as((a, b) -> "MA.156.M0." + a + "." + b);
    return List.of(
        digits(19).map(d -> DrugTraceCode.of("8" + d)),
        digits(10).map(d -> NationalDrugCode.of(CheckDigits.withGs1("869" + d))),
        Combinators.combine(Arbitraries.of("H", "Z", "S", "B", "J"), year, digits(4))
            .as((a, b, c) -> DrugApproval.of(a + b + c)),
        ma.map(MaCode::of),
        Combinators.combine(ma, text(ANY, 1, 20)).as((d, l) -> new MaCode(d, l, null)),
        Combinators.combine(ma, text(ANY, 1, 20)).as((d, s) -> new MaCode(d, null, s)),
        Combinators.combine(digits(10), text(ANY, 1, 20)).as((d, s) -> new AhmCode(d, null, s)),
        Combinators.combine(digits(10), text(ANY, 1, 20)).as((d, s) -> new AhmCode(d, s, null)),
        digits(10).map(d -> new AhmCode(d, null, null)),
        Combinators.combine(kind, digits(6), kind, digits(24))
            .as((a, b, c, d) -> PesticideCode.of(a + b + c + d)),
        Combinators.combine(Arbitraries.of("PD", "WP", "LS", "WL"), digits(8))
            .as((a, b) -> PesticideRegistration.of(a + b)),
        Combinators.combine(compactDay, digits(16)).as((a, b) -> VeterinaryDrugCode.of(a + b)),
        text(ANY, 1, 20).map(SeedCode::of),
        Combinators.combine(Arbitraries.of("农肥", "微生物肥"), year, digits(4))
            .as((a, b, c) -> FertilizerRegistration.of(a + "(" + b + ")准字" + c + "号")),
        Combinators.combine(
                Arbitraries.of("3110", "23T0", "2150", "4110"), text(UPPER, 5, 5), year, five)
            .as((a, b, c, d) -> EquipmentCode.issue(a + b + c, d)),
        Combinators.combine(Arbitraries.of("3110", "2310"), text(UPPER, 5, 5), year, digits(4))
            .as((a, b, c, d) -> EquipmentCode.of(a + b + c + d)),
        Combinators.combine(
                Arbitraries.of("3110", "2160", "23T0"),
                division,
                year,
                Arbitraries.of("01", "09", "12"),
                digits(4))
            .as((a, b, c, d, e) -> EquipmentRegistration.of(a + b + c + d + e)),
        Combinators.combine(Arbitraries.of("梯11陕A", "容15沪B", "瓶21粤U"), digits(5), digits(2))
            .as((a, b, c) -> UseCertificate.of(a + b + "(" + c + ")")),
        Combinators.combine(text(UPPER, 1, 12), text(UPPER, 1, 20)).as(CylinderCode::of),
        Combinators.combine(
                Arbitraries.integers().between(1, 99),
                day,
                text("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabdefghijklmnpqrty", 1, 1),
                five)
            .as(
                (enterprise, made, mark, serial) ->
                    DetonatorCode.of(
                        made.getYear()
                            + "."
                            + Text.zeroPadded(enterprise, 2)
                            + made.toString().replace("-", "").substring(3)
                            + mark
                            + Text.zeroPadded(serial, 5))),
        Combinators.combine(Arbitraries.integers().between(10, 9_999_999), digits(2))
            .as((a, b) -> a + "-" + b + "-")
            .map(body -> CasNumber.of(body + CheckDigits.cas(body + "0"))),
        Combinators.combine(
                Arbitraries.of("陕", "粤", "61", "01"), Arbitraries.of("PF", "LS"), year, digits(6))
            .as((a, b, c, d) -> FireworksLicence.of("(" + a + ")" + b + "〔" + c + "〕" + d)),
        Combinators.combine(Arbitraries.of("1", "2"), digits(2), division, digits(4))
            .as((a, b, c, d) -> a + b + c + d)
            .map(b -> FoodLicence.of("SC" + b + CheckDigits.mod11And10(b, 0, b.length()))),
        Combinators.combine(digits(4), year, Arbitraries.of("0", "1", "I", "E"), digits(9))
            .as((a, b, c, d) -> CustomsDeclaration.of(a + b + c + d)),
        Combinators.combine(text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", 3, 3), digits(14))
            .as((a, b) -> OverseasProducer.of("C" + a + b)),
        text(UPPER, 8, 8).map(b -> OrganisationCode.of(b + CheckDigits.organisation(b, 0))),
        Combinators.combine(Arbitraries.of("1", "2", "3"), digits(5), text(ANY, 1, 20))
            .as((a, b, c) -> Ecode.of(a + b + c)),
        Arbitraries.longs()
            .between(0, Long.MAX_VALUE)
            .list()
            .ofMinSize(1)
            .ofMaxSize(5)
            .map(
                arcs ->
                    Oid.of(
                        "1.2.156."
                            + String.join(".", arcs.stream().map(String::valueOf).toList()))),
        Combinators.combine(Arbitraries.of("0", "2", "4"), digits(7))
            .as((a, b) -> GoodsCode.of(a + b)),
        Combinators.combine(division, Arbitraries.integers().between(1, 999), day, five)
            .as(
                (d, node, on, serial) ->
                    VoucherNumber.issue(NodeCode.issue(DivisionCode.of(d), node), on, serial)),
        digits(13).map(ServiceCard::of),
        Combinators.combine(
                Arbitraries.of("陕A", "粤U", "浙B"), text("0123456789ABCDEFGHJKLMNPQRSTUVWXYZ", 5, 6))
            .as((a, b) -> Plate.of(a + b)));
  }

  private static Arbitrary<String> digits(int length) {
    return Arbitraries.strings().numeric().ofLength(length);
  }

  private static Arbitrary<String> text(String characters, int min, int max) {
    return Arbitraries.strings().withChars(characters).ofMinLength(min).ofMaxLength(max);
  }
}
