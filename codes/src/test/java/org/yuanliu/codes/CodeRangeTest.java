package org.yuanliu.codes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.yuanliu.codes.CodeRange.Drawn;
import org.yuanliu.codes.Refusal.Reason;

class CodeRangeTest {
  private static final CodeReader READER = CodeReader.of(Divisions.standard()).lenient();

  /** A right stem for each. */
  private static final Map<Issuable, String> STEMS =
      Map.ofEntries(
          Map.entry(Issuable.NODE, "610102"),
          Map.entry(Issuable.OPERATOR, "610102001"),
          Map.entry(Issuable.BATCH, "610102001"),
          Map.entry(Issuable.TRACE, "6101020010001"),
          Map.entry(
              Issuable.VOUCHER,
              Issuable.voucherStem(NodeCode.of("610102001"), LocalDate.of(2026, 11, 22))),
          Map.entry(Issuable.EAR_TAG, "1610102"),
          Map.entry(Issuable.SGTIN, "09521234543213"),
          Map.entry(Issuable.SSCC, "19521234"),
          Map.entry(Issuable.GIAI, "9521234"),
          Map.entry(Issuable.PESTICIDE, "12008001001"),
          Map.entry(Issuable.SEED, "6101KF"),
          Map.entry(Issuable.EQUIPMENT, "3110TS1012026"),
          Map.entry(Issuable.DETONATOR, "2026.3461122A"));

  @Test
  void everyIssuableSchemeHasAStemHere() {
    assertThat(STEMS.keySet()).containsExactlyInAnyOrder(Issuable.values());
  }

  @Property(tries = 300)
  void whatIsDrawnIsReadBackAndNeverRepeats(
      @ForAll("ranges") CodeRange range,
      @ForAll @IntRange(min = 1, max = 40) int first,
      @ForAll long seed) {
    Random random = new Random(seed);
    Set<String> seen = new HashSet<>();
    CodeRange left = range;
    int wanted = first;
    while (left.remaining() > 0 && seen.size() < 200) {
      Drawn drawn = left.draw((int) Math.min(wanted, left.remaining()), random);
      assertThat(drawn.rest().used()).isEqualTo(left.used() + drawn.codes().size());
      assertThat(drawn.rest().remaining()).isEqualTo(left.remaining() - drawn.codes().size());
      for (Code code : drawn.codes()) {
        assertThat(code.scheme()).isEqualTo(range.issuable().scheme());
        assertThat(seen.add(code.canonical())).as(code.canonical()).isTrue();
        assertThat(READER.read(code.canonical())).isEqualTo(new Reading.Found(code));
      }
      left = drawn.rest();
      wanted = 1 + random.nextInt(40);
    }
  }

  @Provide
  Arbitrary<CodeRange> ranges() {
    return Combinators.combine(
            Arbitraries.of(Issuable.values()),
            Arbitraries.longs().between(0, Long.MAX_VALUE - 1),
            Arbitraries.longs().between(0, 150),
            Arbitraries.longs().between(0, 150))
        .as(
            (issuable, from, size, used) -> {
              String stem = STEMS.get(issuable);
              long highest = issuable.lastSerial(stem);
              long first = 1 + from % highest;
              long last = Math.min(highest, first + size);
              return new CodeRange(issuable, stem, first, last, Math.min(last, first + used));
            });
  }

  @Test
  void warnsAtFourFifthsAndRefusesPastTheEnd() {
    Random random = new Random(1);
    CodeRange range = CodeRange.of(Issuable.NODE, "610102", 1, 10);
    CodeRange nearly = range.draw(7, random).rest();
    assertThat(nearly.isNearlyUsedUp()).isFalse();
    CodeRange warned = nearly.next(random).rest();
    assertThat(warned.isNearlyUsedUp()).isTrue();
    assertThat(warned.remaining()).isEqualTo(2);
    assertThatThrownBy(() -> warned.draw(3, random))
        .isInstanceOfSatisfying(
            CodeException.class, e -> assertThat(e.refusal().reason()).isEqualTo(Reason.EXHAUSTED));
    Drawn end = warned.draw(2, random);
    assertThat(end.codes()).isEqualTo(List.of(NodeCode.of("610102009"), NodeCode.of("610102010")));
    assertThat(end.rest().isExhausted()).isTrue();
    assertThatThrownBy(() -> end.rest().next(random))
        .isInstanceOfSatisfying(
            CodeException.class, e -> assertThat(e.refusal().reason()).isEqualTo(Reason.EXHAUSTED));
    assertThat(range.used()).as("the first range is as it was").isZero();
  }

  @Test
  void theLastNumberOfAWholeRangeIsGivenOut() {
    for (Issuable issuable : Issuable.values()) {
      String stem = STEMS.get(issuable);
      CodeRange whole = CodeRange.whole(issuable, stem);
      CodeRange atEnd = new CodeRange(issuable, stem, whole.first(), whole.last(), whole.last());
      assertThat(atEnd.next(new Random(2)).rest().isExhausted()).as(issuable.name()).isTrue();
      assertThatThrownBy(() -> CodeRange.of(issuable, stem, 1, whole.last() + 1))
          .as(issuable.name())
          .isInstanceOf(CodeException.class);
      assertThatThrownBy(() -> CodeRange.of(issuable, stem, 0, 1))
          .isInstanceOf(CodeException.class);
      assertThatThrownBy(() -> CodeRange.whole(issuable, stem + "12345678901"))
          .as(issuable.name())
          .isInstanceOf(CodeException.class);
      assertThatThrownBy(() -> CodeRange.whole(issuable, ""))
          .as(issuable.name())
          .isInstanceOf(CodeException.class);
    }
    assertThat(EquipmentCode.issue("3110TS1012026", 100_000).value())
        .isEqualTo("3110TS1012026A0000");
    assertThat(EquipmentCode.issue("3110TS1012026", EquipmentCode.SERIAL_MAX).value())
        .isEqualTo("3110TS1012026Z9999");
  }

  @Test
  void aDrawingHasALimit() {
    CodeRange range = CodeRange.whole(Issuable.TRACE, "6101020010001");
    Random random = new Random(3);
    assertThat(range.draw(CodeRange.MAX_DRAWN, random).codes()).hasSize(CodeRange.MAX_DRAWN);
    for (int bad : new int[] {0, -1, CodeRange.MAX_DRAWN + 1}) {
      assertThatThrownBy(() -> range.draw(bad, random)).isInstanceOf(CodeException.class);
    }
  }

  @Test
  void overlapIsSeen() {
    CodeRange range = CodeRange.of(Issuable.TRACE, "6101020010001", 10, 20);
    assertThat(range.overlaps(CodeRange.of(Issuable.TRACE, "6101020010001", 20, 30))).isTrue();
    assertThat(range.overlaps(CodeRange.of(Issuable.TRACE, "6101020010001", 21, 30))).isFalse();
    assertThat(range.overlaps(CodeRange.of(Issuable.TRACE, "6101020010002", 10, 20))).isFalse();
  }
}
