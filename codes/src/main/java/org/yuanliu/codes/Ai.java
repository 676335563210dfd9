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

  /** Of the words that stand for application identifiers, {@code gsrnp} and {@code party}. */
  private static final int LONGEST_WORD = 5;

  private final String code;

  private static final List<Ai> ALL = List.of(values());

  /** Digits that every value begins with: a whole key, or the shortest GS1 company prefix (4). */
  private final int leadingDigits;

  /** How many of them, from the first, the GS1 check digit closes; 0 without a check digit. */
  private final int checkedDigits;

  /**
   * The characters that may follow them, bit by bit: those below 64 and the others of ASCII; and
   * how many of these.
   */
  private final long tailCharacters;

  private final long tailCharactersFrom64;

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
    requireNonNull(tailCharacters, "tailCharacters is null");
    this.tailCharacters = bits(tailCharacters, 0);
    this.tailCharactersFrom64 = bits(tailCharacters, 64);
    this.tailMin = tailMin;
    this.tailMax = tailMax;
  }

  private static long bits(String characters, int from) {
    long bits = 0;
    for (int i = 0; i < characters.length(); i++) {
      int bit = characters.charAt(i) - from;
      if (bit >= 0 && bit < Long.SIZE) {
        bits |= 1L << bit;
      }
    }
    return bits;
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
      case GTIN -> Qualifiers.GTIN;
      case ITIP -> Qualifiers.ITIP;
      case GLN -> Qualifiers.GLN;
      case PARTY_GLN -> Qualifiers.PARTY_GLN;
      case CPID -> Qualifiers.CPID;
      case GSRN_PROVIDER, GSRN_RECIPIENT -> Qualifiers.GSRN;
      default -> Qualifiers.NONE;
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
    return problem(value, 0, value.length());
  }

  /** The same for a value that stands within a text. */
  @Nullable Reason problem(String text, int from, int to) {
    int tailLength = to - from - leadingDigits;
    if (tailLength < tailMin || tailLength > tailMax) {
      return Reason.LENGTH;
    }
    if (!Text.digitsBetween(text, from, from + leadingDigits)
        || !tailIsAllowed(text, from + leadingDigits, to)) {
      return Reason.CHARACTER;
    }
    if (checkedDigits > 0 && !CheckDigits.gs1Holds(text, from, from + checkedDigits)) {
      return Reason.CHECK_DIGIT;
    }
    return rangeProblem(text, from, to);
  }

  /** Whether a value is right and holds nothing that a link would write as an escape. */
  boolean isPlain(String text, int from, int to) {
    int tail = from + leadingDigits;
    if (to - tail < tailMin || to - tail > tailMax) {
      return false;
    }
    if (checkedDigits > 0
        ? !CheckDigits.areGs1(text, from, from + checkedDigits)
        : !Text.digitsBetween(text, from, tail)) {
      return false;
    }
    for (int i = tail; i < to; i++) {
      char c = text.charAt(i);
      long plain =
          c < Long.SIZE
              ? tailCharacters & PercentCode.PLAIN
              : c < 128 ? tailCharactersFrom64 & PercentCode.PLAIN_FROM_64 : 0;
      if (((plain >>> c) & 1) == 0) {
        return false;
      }
    }
    return rangeProblem(text, from, to) == null;
  }

  private @Nullable Reason rangeProblem(String text, int from, int to) {
    return switch (this) {
      // The first digit of a GRAI is a filler, so that its thirteen digits check as fourteen.
      case GRAI -> text.charAt(from) == '0' ? null : Reason.RANGE;
      case ITIP -> isPieceOfTotal(text, from) ? null : Reason.RANGE;
      // The number is an integer: leading zeros would name one part twice.
      case CPID_SERIAL -> to - from > 1 && text.charAt(from) == '0' ? Reason.RANGE : null;
      default -> null;
    };
  }

  private static boolean isPieceOfTotal(String text, int from) {
    int piece = Integer.parseInt(text, from + 14, from + 16, 10);
    int total = Integer.parseInt(text, from + 16, from + 18, 10);
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

  /** The same for a segment of a link, which may be a word of GS1 Digital Link 1.0 to 1.2. */
  static @Nullable Ai ofSegment(String text, int from, int to) {
    Ai ai = ofCode(text, from, to);
    return ai == null && to > from && to - from <= LONGEST_WORD && text.charAt(from) > '9'
        ? ofWord(text.substring(from, to))
        : ai;
  }

  private static @Nullable Ai ofWord(String word) {
    return switch (word) {
      case "sscc" -> SSCC;
      case "gtin" -> GTIN;
      case "lot" -> BATCH;
      case "ser" -> SERIAL;
      case "cpv" -> VARIANT;
      case "tpx" -> TPX;
      case "gdti" -> GDTI;
      case "glnx" -> GLN_EXTENSION;
      case "gcn" -> GCN;
      case "ginc" -> GINC;
      case "gsin" -> GSIN;
      case "gln" -> GLN;
      case "party" -> PARTY_GLN;
      case "grai" -> GRAI;
      case "giai" -> GIAI;
      case "itip" -> ITIP;
      case "cpid" -> CPID;
      case "cpsn" -> CPID_SERIAL;
      case "gsrnp" -> GSRN_PROVIDER;
      case "gsrn" -> GSRN_RECIPIENT;
      case "srin" -> SERVICE_RELATION_INSTANCE;
      default -> null;
    };
  }

  private boolean tailIsAllowed(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      long allowed = c < Long.SIZE ? tailCharacters : c < 128 ? tailCharactersFrom64 : 0;
      if (((allowed >>> c) & 1) == 0) { // a shift by c is one by c modulo 64
        return false;
      }
    }
    return true;
  }

  /** Made once: an enum's constants cannot name each other. */
  private static final class Qualifiers {
    static final List<Ai> NONE = List.of();
    static final List<Ai> GTIN = List.of(SERIAL, TPX, BATCH, VARIANT);
    static final List<Ai> ITIP = List.of(SERIAL, BATCH, VARIANT);
    static final List<Ai> GLN = List.of(GLN_EXTENSION, DIGITAL_LOCATION);
    static final List<Ai> PARTY_GLN = List.of(DIGITAL_LOCATION);
    static final List<Ai> CPID = List.of(CPID_SERIAL);
    static final List<Ai> GSRN = List.of(SERVICE_RELATION_INSTANCE);
  }

  /** GS1 General Specifications 7.11. */
  private static final class CharacterSet {
    static final String DIGITS = "0123456789";
    static final String SET_39 = "#-/0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    static final String SET_82 =
        "!\"%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz";
  }
}
