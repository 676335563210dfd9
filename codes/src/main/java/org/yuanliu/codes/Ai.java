package org.yuanliu.codes;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yuanliu.codes.Refusal.Reason;

/**
 * The GS1 application identifiers (应用标识符, GB/T 16986) that identify something or qualify such an
 * identification, with the form of their values (GS1 General Specifications, section 3).
 */
public enum Ai {
  SSCC("00", 18, 18),
  GTIN("01", 14, 14),
  BATCH("10", 0, 0, CharacterSet.SET_82, 1, 20),
  SERIAL("21", 0, 0, CharacterSet.SET_82, 1, 20),
  VARIANT("22", 0, 0, CharacterSet.SET_82, 1, 20),
  TPX("235", 0, 0, CharacterSet.SET_82, 1, 28),
  GDTI("253", 13, 13, CharacterSet.SET_82, 0, 17),
  GLN_EXTENSION("254", 0, 0, CharacterSet.SET_82, 1, 20),
  GCN("255", 13, 13, CharacterSet.DIGITS, 0, 12),
  GINC("401", 4, 0, CharacterSet.SET_82, 1, 26),
  GSIN("402", 17, 17),
  GLN("414", 13, 13),
  PARTY_GLN("417", 13, 13),
  DIGITAL_LOCATION("7040", 1, 0, CharacterSet.SET_82, 3, 3),
  GRAI("8003", 14, 14, CharacterSet.SET_82, 0, 16),
  GIAI("8004", 4, 0, CharacterSet.SET_82, 1, 26),
  ITIP("8006", 14, 14, CharacterSet.DIGITS, 4, 4),
  CPID("8010", 4, 0, CharacterSet.SET_39, 1, 26),
  CPID_SERIAL("8011", 0, 0, CharacterSet.DIGITS, 1, 12),
  GSRN_PROVIDER("8017", 18, 18),
  GSRN_RECIPIENT("8018", 18, 18),
  SERVICE_RELATION_INSTANCE("8019", 0, 0, CharacterSet.DIGITS, 1, 10);

  private final String code;

  private static final List<Ai> ALL = List.of(values());

  /** Digits that every value begins with: a whole key, or the shortest GS1 company prefix (4). */
  private final int leadingDigits;

  /** How many of them, from the first, the GS1 check digit closes; 0 without a check digit. */
  private final int checkedDigits;

  /** The characters that may follow them, and how many of these. */
  private final String tailCharacters;

  private final int tailMin;
  private final int tailMax;

  Ai(String code, int leadingDigits, int checkedDigits) {
    this(code, leadingDigits, checkedDigits, "", 0, 0);
  }

  Ai(
      String code,
      int leadingDigits,
      int checkedDigits,
      String tailCharacters,
      int tailMin,
      int tailMax) {
    this.code = requireNonNull(code, "code is null");
    this.leadingDigits = leadingDigits;
    this.checkedDigits = checkedDigits;
    this.tailCharacters = requireNonNull(tailCharacters, "tailCharacters is null");
    this.tailMin = tailMin;
    this.tailMax = tailMax;
  }

  /** The two to four digits in the brackets. */
  public String code() {
    return code;
  }

  /** Whether this names something by itself, rather than qualifying a key. */
  public boolean isKey() {
    return switch (this) {
      case SSCC,
          GTIN,
          GDTI,
          GCN,
          GINC,
          GSIN,
          GLN,
          PARTY_GLN,
          GRAI,
          GIAI,
          ITIP,
          CPID,
          GSRN_PROVIDER,
          GSRN_RECIPIENT ->
          true;
      case BATCH,
          SERIAL,
          VARIANT,
          TPX,
          GLN_EXTENSION,
          DIGITAL_LOCATION,
          CPID_SERIAL,
          SERVICE_RELATION_INSTANCE ->
          false;
    };
  }

  /**
   * What may qualify this key in a Digital Link (URI syntax 1.6, section 4.9), the finest that
   * names a unit first.
   */
  List<Ai> qualifiers() {
    return switch (this) {
      case GTIN -> List.of(SERIAL, TPX, BATCH, VARIANT);
      case ITIP -> List.of(SERIAL, BATCH, VARIANT);
      case GLN -> List.of(GLN_EXTENSION, DIGITAL_LOCATION);
      case PARTY_GLN -> List.of(DIGITAL_LOCATION);
      case CPID -> List.of(CPID_SERIAL);
      case GSRN_PROVIDER, GSRN_RECIPIENT -> List.of(SERVICE_RELATION_INSTANCE);
      default -> List.of();
    };
  }

  /** Whether this, as a qualifier, belongs to the identity of a unit (CBV 2.0, section 8.9.2). */
  boolean isIdentity() {
    return switch (this) {
      case VARIANT, DIGITAL_LOCATION, SERVICE_RELATION_INSTANCE -> false;
      default -> true;
    };
  }

  /** What is wrong with a value, or null if nothing is. */
  @Nullable Reason problem(String value) {
    int tailLength = value.length() - leadingDigits;
    if (tailLength < tailMin || tailLength > tailMax) {
      return Reason.LENGTH;
    }
    if (!Text.digitsBetween(value, 0, leadingDigits) || !tailIsAllowed(value)) {
      return Reason.CHARACTER;
    }
    if (checkedDigits > 0 && !CheckDigits.gs1Holds(value, 0, checkedDigits)) {
      return Reason.CHECK_DIGIT;
    }
    return rangeProblem(value);
  }

  private @Nullable Reason rangeProblem(String value) {
    return switch (this) {
      // The first digit of a GRAI is a filler, so that its thirteen digits check as fourteen.
      case GRAI -> value.charAt(0) == '0' ? null : Reason.RANGE;
      case ITIP -> isPieceOfTotal(value) ? null : Reason.RANGE;
      // The number is an integer: leading zeros would name one part twice.
      case CPID_SERIAL -> value.length() > 1 && value.charAt(0) == '0' ? Reason.RANGE : null;
      default -> null;
    };
  }

  private static boolean isPieceOfTotal(String itip) {
    int piece = Integer.parseInt(itip, 14, 16, 10);
    int total = Integer.parseInt(itip, 16, 18, 10);
    return piece >= 1 && piece <= total;
  }

  /** The identifier with this code, of those known here, or null. */
  static @Nullable Ai ofCode(String text, int from, int to) {
    for (Ai ai : ALL) {
      if (ai.code.length() == to - from && text.startsWith(ai.code, from)) {
        return ai;
      }
    }
    return null;
  }

  private boolean tailIsAllowed(String value) {
    for (int i = leadingDigits; i < value.length(); i++) {
      if (tailCharacters.indexOf(value.charAt(i)) < 0) {
        return false;
      }
    }
    return true;
  }

  /** GS1 General Specifications 7.11. */
  private static final class CharacterSet {
    static final String DIGITS = "0123456789";
    static final String SET_39 = "#-/0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    static final String SET_82 =
        "!\"%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz";
  }
}
