package org.yuanliu.codes;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yuanliu.codes.Refusal.Reason;

/**
 * Reads what people type and scanners send, in any written form. What fits several schemes gives a
 * choice. Never throws on any text. Immutable; one reader serves all threads.
 */
public final class CodeReader {
  /**
   * Longest text that is looked at, in chars. Links in use stay below 2,000; no code comes near.
   */
  public static final int MAX_LENGTH = CanonicalUri.MAX_LENGTH;

  /** The zone of legal days. */
  private static final ZoneId LEGAL_ZONE = ZoneId.of("Asia/Shanghai");

  private final Divisions divisions;
  private final boolean lenient;
  private final Exemptions exemptions;
  private final Function<String, CreditCode.@Nullable Exemption> creditExemptions;
  private final Map<Scheme, Pattern> expected;
  private final Clock clock;
  private final ZoneId zone;

  private CodeReader(
      Divisions divisions,
      boolean lenient,
      Exemptions exemptions,
      Function<String, CreditCode.@Nullable Exemption> creditExemptions,
      Map<Scheme, Pattern> expected,
      Clock clock,
      ZoneId zone) {
    this.divisions = requireNonNull(divisions, "divisions is null");
    this.lenient = lenient;
    this.exemptions = requireNonNull(exemptions, "exemptions is null");
    this.creditExemptions = requireNonNull(creditExemptions, "creditExemptions is null");
    this.expected = Map.copyOf(expected);
    this.clock = requireNonNull(clock, "clock is null");
    this.zone = requireNonNull(zone, "zone is null");
  }

  /** A strict reader with {@link Expected#STANDARD} and the system's clock. */
  public static CodeReader of(Divisions divisions) {
    return new CodeReader(
        divisions,
        false,
        Exemptions.none(),
        code -> null,
        Expected.STANDARD,
        Clock.systemUTC(),
        LEGAL_ZONE);
  }

  /**
   * A reader that keeps codes whose division is unknown, where the text fits nothing else: a code
   * of a division that never was is the less likely reading.
   */
  public CodeReader lenient() {
    return new CodeReader(divisions, true, exemptions, creditExemptions, expected, clock, zone);
  }

  /**
   * A reader that lets credit codes through for which this function, asked by code, has an
   * exemption.
   */
  public CodeReader exempting(Function<String, CreditCode.@Nullable Exemption> granted) {
    return new CodeReader(divisions, lenient, exemptions, granted, expected, clock, zone);
  }

  /** A reader that lets codes of any scheme through for which there is an exemption. */
  public CodeReader exempting(Exemptions granted) {
    return new CodeReader(divisions, lenient, granted, creditExemptions, expected, clock, zone);
  }

  /**
   * A reader that takes bare text for a code of these schemes only if it matches; what is not named
   * stays as it was. For forms that no source confirms, see {@link Expected}.
   */
  public CodeReader expecting(Map<Scheme, Pattern> patterns) {
    Map<Scheme, Pattern> all = new EnumMap<>(Scheme.class);
    all.putAll(expected);
    all.putAll(patterns);
    return new CodeReader(divisions, lenient, exemptions, creditExemptions, all, clock, zone);
  }

  /**
   * A reader whose today comes from this clock: codes that recur are read by the day.
   *
   * @param days zone in which legal days are counted
   */
  public CodeReader withClock(Clock today, ZoneId days) {
    return new CodeReader(divisions, lenient, exemptions, creditExemptions, expected, today, days);
  }

  /** Reads a text; a division inside must have existed on some date. */
  public Reading read(String text) {
    return resolve(text, null).reading();
  }

  /** Reads a text; a division inside must exist on the date given, the day of issue. */
  public Reading read(String text, LocalDate asOf) {
    return resolve(text, requireNonNull(asOf, "asOf is null")).reading();
  }

  /** Everything that a text may be, identity numbers too, which are no codes. */
  public Resolution resolve(String text) {
    return resolve(text, null);
  }

  private Resolution resolve(String text, @Nullable LocalDate asOf) {
    requireNonNull(text, "text is null");
    if (text.length() > MAX_LENGTH) {
      return refused(Reason.TOO_LONG);
    }
    String normal = Typed.normalised(text);
    if (normal.isEmpty()) {
      return refused(Reason.EMPTY);
    }
    TextReading reading = new TextReading(this, asOf);
    reading.read(normal);
    return reading.resolution();
  }

  private static Resolution refused(Reason reason) {
    return new Resolution(List.of(), List.of(), List.of(new Refusal(reason, null)));
  }

  Divisions divisions() {
    return divisions;
  }

  boolean isLenient() {
    return lenient;
  }

  LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), zone);
  }

  boolean isExpected(Scheme scheme, String text) {
    Pattern pattern = expected.get(scheme);
    return pattern == null || pattern.matcher(text).matches();
  }

  /** The code that an exemption lets through, or null where there is none. */
  @Nullable Code exempted(Scheme scheme, String value) {
    if (scheme == Scheme.CREDIT) {
      CreditCode.Exemption granted = creditExemptions.apply(value);
      if (granted != null) {
        return CreditCode.exempted(value, granted);
      }
    }
    if (!scheme.isExemptible()) {
      return null;
    }
    Exemption granted = exemptions.find(scheme, value);
    if (granted == null) {
      return null;
    }
    return scheme == Scheme.CREDIT
        ? CreditCode.exempted(
            value, new CreditCode.Exemption(granted.grantedBy(), granted.from(), granted.reason()))
        : ExemptedCode.of(granted);
  }
}
