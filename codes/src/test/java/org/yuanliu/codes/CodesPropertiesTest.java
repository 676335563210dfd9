package org.yuanliu.codes;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Assertions;
import org.yuanliu.codes.EarTag.Species;
import org.yuanliu.codes.Reading.Ambiguous;
import org.yuanliu.codes.Reading.Found;
import org.yuanliu.codes.WrittenForm.Kind;

/** What holds for every code. */
class CodesPropertiesTest {
  private static final CodeReader READER =
      CodeReader.of(Divisions.standard())
          .withClock(
              Clock.fixed(Instant.parse("2026-11-22T00:00:00Z"), ZoneOffset.UTC), ZoneOffset.UTC);
  private static final String SET_82 =
      "!\"%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz";

  /** Written forms that say by themselves which scheme they are of. */
  private static final Set<Kind> TELLING =
      Set.of(
          Kind.URN,
          Kind.DIGITAL_LINK,
          Kind.EPC_URN,
          Kind.EPC_BINARY,
          Kind.ELEMENT_STRING,
          Kind.FNC1);

  /** Any length of company prefix, by the first digits of the key. */
  private static final PrefixTable PREFIXES =
      PrefixTable.of(
          IntStream.rangeClosed(0, 9)
              .boxed()
              .collect(Collectors.toMap(String::valueOf, first -> Math.min(12, first + 4))));

  @Property
  void everyWrittenFormReadsBackToTheSameCode(@ForAll("codes") Code code) {
    for (WrittenForm form : code.forms(PREFIXES)) {
      assertThat(candidates(READER.read(form.text()))).as(form.toString()).contains(code);
      if (TELLING.contains(form.kind())) {
        assertThat(READER.read(form.text())).as(form.toString()).isEqualTo(new Found(code));
      }
    }
  }

  @Property
  void canonicalIsAFixedPointAndEveryUriLeadsToIt(@ForAll("codes") Code code) {
    assertThat(CanonicalUri.of(code.canonical())).isEqualTo(code.canonical());
    for (WrittenForm form : code.forms(PREFIXES)) {
      if (form.kind() == Kind.DIGITAL_LINK || form.kind() == Kind.EPC_URN) {
        assertThat(CanonicalUri.of(form.text())).isEqualTo(code.canonical());
      }
    }
  }

  @Property
  void onlyClassesAreLots(@ForAll("codes") Code code) {
    boolean expected =
        switch (code) {
          case Grai grai -> grai.grai().length() == 14;
          case Gdti gdti -> gdti.gdti().length() == 13;
          case Gcn gcn -> gcn.gcn().length() == 13;
          default -> code.level() == Level.LOT || code.level() == Level.PRODUCT;
        };
    assertThat(CanonicalUri.isLot(code.canonical())).isEqualTo(expected);
  }

  @Property
  void differentCodesHaveDifferentCanonicalFormsAndKeys(
      @ForAll("codes") Code one, @ForAll("codes") Code other) {
    boolean same = one.equals(other);
    assertThat(one.canonical().equals(other.canonical())).isEqualTo(same);
    assertThat(UnitKey.of(one.canonical()).equals(UnitKey.of(other.canonical()))).isEqualTo(same);
  }

  @Property
  void oneDigitChangedInACheckedKeyIsRefused(
      @ForAll("checkedKeys") CheckedKey key,
      @ForAll @IntRange(max = 17) int place,
      @ForAll char c) {
    int at = place % key.value().length();
    char other = (char) ('0' + (key.value().charAt(at) - '0' + 1 + c % 9) % 10);
    String changed = key.value().substring(0, at) + other + key.value().substring(at + 1);
    assertThat(refuses(key.maker(), key.value())).isFalse();
    assertThat(refuses(key.maker(), changed)).isTrue();
    String link = "https://id.gs1.org/" + key.ai() + "/" + changed;
    assertThat(CanonicalUri.of(link)).isEqualTo(link);
    assertThat(candidates(READER.read(link))).isEmpty();
  }

  @Property
  void oneCharacterChangedOrTwoSwappedInACreditCodeIsRefused(
      @ForAll("creditCodes") CreditCode code,
      @ForAll @IntRange(max = 17) int at,
      @ForAll @IntRange(min = 1, max = 30) int step) {
    String value = code.value();
    int was = CheckDigits.CREDIT_ALPHABET.indexOf(value.charAt(at));
    char other = CheckDigits.CREDIT_ALPHABET.charAt((was + step) % 31);
    assertThat(refuses(CreditCode::of, value.substring(0, at) + other + value.substring(at + 1)))
        .isTrue();
    if (at > 0 && value.charAt(at) != value.charAt(at - 1)) {
      String swapped =
          value.substring(0, at - 1)
              + value.charAt(at)
              + value.charAt(at - 1)
              + value.substring(at + 1);
      assertThat(refuses(CreditCode::of, swapped)).isTrue();
    }
  }

  @Property(tries = 3_000)
  void noTextMakesTheReaderThrowOrHang(@ForAll("texts") String text) {
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(10), // it takes microseconds; a busy machine must not fail the build
        () -> {
          READER.read(text);
          READER.lenient().read(text);
          assertThat(READER.resolve(text).toString()).isNotEmpty();
          String canonical = CanonicalUri.of(text);
          assertThat(CanonicalUri.of(canonical)).isEqualTo(canonical);
          CanonicalUri.isLot(text);
          UnitKey.of(canonical);
        });
  }

  /** A key closed by a check digit: its identifier, its digits and what makes it. */
  record CheckedKey(String ai, String value, Function<String, Code> maker) {}

  @Provide
  Arbitrary<CheckedKey> checkedKeys() {
    return Arbitraries.oneOf(
        checked(13).map(v -> new CheckedKey("01", v, Gtin::of)),
        checked(17).map(v -> new CheckedKey("00", v, Sscc::of)),
        checked(12).map(v -> new CheckedKey("414", v, Gln::of)),
        checked(12).map(v -> new CheckedKey("417", v, Pgln::new)),
        checked(12).map(v -> new CheckedKey("253", v, Gdti::new)),
        checked(12).map(v -> new CheckedKey("255", v, Gcn::new)),
        checked(16).map(v -> new CheckedKey("402", v, Gsin::new)),
        checked(12).map(v -> new CheckedKey("8003", "0" + v, Grai::new)),
        checked(17).map(v -> new CheckedKey("8017", v, Gsrnp::new)),
        checked(17).map(v -> new CheckedKey("8018", v, Gsrn::new)));
  }

  @Provide
  Arbitrary<Code> codes() {
    Arbitrary<Gtin> gtin = checked(13).map(Gtin::of);
    Arbitrary<Gln> gln = checked(12).map(Gln::of);
    Arbitrary<NodeCode> node = Combinators.combine(divisions(), number(999)).as(NodeCode::issue);
    Arbitrary<OperatorCode> operator =
        Arbitraries.oneOf(
            node.map(OperatorCode::ofNode),
            Combinators.combine(node, number(9_999)).as(OperatorCode::issue));
    Arbitrary<String> piece =
        Combinators.combine(gtin, number(99), number(99))
            .as(
                (g, a, b) ->
                    g.gtin()
                        + Text.zeroPadded(Math.min(a, b), 2)
                        + Text.zeroPadded(Math.max(a, b), 2));
    List<Arbitrary<? extends Code>> all =
        List.of(
            gtin,
            Combinators.combine(gtin, text(20)).as(Sgtin::new),
            Combinators.combine(gtin, text(20)).as(Lgtin::new),
            Combinators.combine(gtin, text(28)).as(Upui::new),
            checked(17).map(Sscc::of),
            gln,
            Combinators.combine(gln, text(20)).as(Sgln::new),
            checked(12).map(Pgln::new),
            Combinators.combine(checked(12), text(16)).as((t, s) -> new Grai("0" + t + s)),
            checked(12).map(t -> new Grai("0" + t)),
            Combinators.combine(digits(12), text(18)).as((p, r) -> new Giai(p + r)),
            checked(17).map(Gsrn::new),
            checked(17).map(Gsrnp::new),
            Combinators.combine(checked(12), text(17)).as((t, s) -> new Gdti(t + s)),
            Combinators.combine(checked(12), number(999_999)).as((t, s) -> new Gcn(t + s)),
            Combinators.combine(digits(12), text(18)).as((p, r) -> new Ginc(p + r)),
            checked(16).map(Gsin::new),
            Combinators.combine(
                    digits(12),
                    Arbitraries.strings().withChars("#-/09AZ").ofMinLength(1).ofMaxLength(18),
                    number(9_999).injectNull(0.3))
                .as((p, r, s) -> new Cpi(p + r, s == null ? null : s.toString())),
            piece.map(p -> new Itip(p, null, null)),
            Combinators.combine(piece, text(20)).as((p, s) -> new Itip(p, s, null)),
            Combinators.combine(piece, text(20)).as((p, b) -> new Itip(p, null, b)),
            creditCodes(),
            divisions(),
            node,
            operator,
            Combinators.combine(node, number(BatchCode.SERIAL_MAX)).as(BatchCode::issue),
            Combinators.combine(operator, number(TraceCode.SERIAL_MAX)).as(TraceCode::issue),
            Combinators.combine(
                    Arbitraries.of(Species.class), divisions(), number(EarTag.SERIAL_MAX))
                .as(EarTag::issue));
    List<Arbitrary<? extends Code>> both = new ArrayList<>(all);
    both.addAll(IndustryCodes.all());
    return Arbitraries.of(both).flatMap(codes -> codes.map(code -> (Code) code));
  }

  @Provide
  Arbitrary<CreditCode> creditCodes() {
    Arbitrary<String> parts =
        Combinators.combine(
                Arbitraries.of("91", "92", "12", "52", "Y1"),
                digits(6),
                Arbitraries.strings().withChars(CheckDigits.CREDIT_ALPHABET).ofLength(9))
            .as((head, division, body) -> head + division + body);
    return parts.map(body -> CreditCode.of(body + CheckDigits.credit(body)));
  }

  /** Random text, and text that is nearly a code: well begun, then cut, doubled or broken. */
  @Provide
  Arbitrary<String> texts() {
    Arbitrary<String> any = Arbitraries.strings().ofMaxLength(8_192);
    Arbitrary<String> heads =
        Arbitraries.of(
            "https://",
            "http://a/",
            "https://id.gs1.org/01/",
            "https://a/01/09521234543213/",
            "https://a/t/",
            "urn:epc:id:",
            "urn:epc:idpat:sgtin:",
            "urn:epc:class:lgtin:1234567.",
            "urn:yuanliu:",
            "urn:yuanliu:uscc:",
            "(01)",
            "]C1",
            "]d2",
            "]Q3",
            "\u001D",
            "01",
            "]",
            "8006",
            "8003",
            "610102001",
            "MA.156.M0.",
            "MF1*SN",
            "国药准字",
            "品种名称：a\nb\n1\nwww.a.cn",
            "Ecode:",
            "urn:oid:1.",
            "urn:epc:tag:sgtin-96:",
            "urn:yuanliu:plate:%",
            "3074257BF7194E4000001A85",
            "36",
            "药品标识码：8385793 序列号：",
            "https://a/?a=1&b=https://b/t/",
            "(陕)PF〔",
            "110105",
            "SC101",
            "346112",
            "梯11陕A",
            "农肥(");
    Arbitrary<String> bits =
        Arbitraries.strings()
            .withChars("/%().:*?#\\]-0123456789ABCXYZabc \u001D\uFF08\u3000\n;=&陕号")
            .ofMaxLength(200);
    Arbitrary<String> begun = Combinators.combine(heads, bits).as(String::concat);
    Arbitrary<String> broken =
        Combinators.combine(codes(), number(60), bits)
            .as(
                (code, at, bit) -> {
                  List<WrittenForm> forms = code.forms(PREFIXES);
                  String text = forms.get(at % forms.size()).text();
                  int cut = Math.min(at, text.length());
                  return text.substring(0, cut) + bit + text.substring(cut);
                });
    return Arbitraries.oneOf(any, begun, broken);
  }

  private static Arbitrary<DivisionCode> divisions() {
    return Arbitraries.of("610102", "610124", "310115", "445122", "330102", "441900", "610125")
        .map(DivisionCode::of);
  }

  private static Arbitrary<String> digits(int length) {
    return Arbitraries.strings().numeric().ofLength(length);
  }

  private static Arbitrary<String> checked(int digitsBefore) {
    return digits(digitsBefore).map(CheckDigits::withGs1);
  }

  private static Arbitrary<String> text(int max) {
    return Arbitraries.strings().withChars(SET_82).ofMinLength(1).ofMaxLength(max);
  }

  private static Arbitrary<Integer> number(int max) {
    return Arbitraries.integers().between(1, max);
  }

  private static List<Code> candidates(Reading reading) {
    return switch (reading) {
      case Found found -> List.of(found.code());
      case Ambiguous ambiguous -> ambiguous.codes();
      case Reading.Unreadable unreadable -> List.of();
    };
  }

  private static boolean refuses(Function<String, ? extends Code> maker, String text) {
    try {
      maker.apply(text);
      return false;
    } catch (CodeException e) {
      return true;
    }
  }
}
