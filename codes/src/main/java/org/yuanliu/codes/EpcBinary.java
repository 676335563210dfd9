package org.yuanliu.codes;

import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * EPCs as RFID tags carry them (GS1 EPC Tag Data Standard, section 14), in hexadecimal digits:
 * SGTIN-96 (header 30), SSCC-96 (31), SGTIN-198 (36, filled up to 208 bits).
 */
public final class EpcBinary {
  /** Filter value for goods of no particular packaging: the tag says nothing of it. */
  public static final int FILTER_OTHER = 0;

  public static final int FILTER_MAX = 7;

  private static final int SGTIN_96 = 0x30;
  private static final int SSCC_96 = 0x31;
  private static final int SGTIN_198 = 0x36;

  private static final int HEX_OF_96 = 24;
  private static final int HEX_OF_198 = 52;

  /** Some readers send no more than the bytes that are begun: 198 bits are 25. */
  private static final int SHORTEST_HEX_OF_198 = 50;

  private static final int PREFIX_MIN = 6;
  private static final int PREFIX_MAX = 12;
  private static final int HEAD_BITS = 14; // header 8, filter 3, partition 3
  private static final int NUMBER_BITS_96 = 38;
  private static final int SERIAL_CHARACTERS = 20;
  private static final int BITS_A_CHARACTER = 7;

  /** Bits of the company prefix by partition value 0 (12 digits) to 6 (6 digits). */
  private static final int[] PREFIX_BITS = {40, 37, 34, 30, 27, 24, 20};

  private static final int GTIN_BITS = 44; // company prefix with indicator and item
  private static final int SSCC_BITS = 58; // company prefix with extension and serial reference

  private EpcBinary() {}

  /**
   * The key in a tag's memory.
   *
   * @param hex of either case
   * @return null where it is of none of these encodings or breaks their rules
   */
  public static @Nullable Gs1Key read(String hex) {
    if (!isHex(hex)) {
      return null;
    }
    Bits bits = new Bits(new BigInteger(hex, 16), hex.length() * 4);
    try {
      return switch (Integer.parseInt(hex, 0, 2, 16)) {
        case SGTIN_96 -> hex.length() == HEX_OF_96 ? sgtin96(bits) : null;
        case SSCC_96 -> hex.length() == HEX_OF_96 ? sscc96(bits) : null;
        case SGTIN_198 -> hex.length() >= SHORTEST_HEX_OF_198 ? sgtin198(bits) : null;
        default -> null;
      };
    } catch (CodeException e) {
      return null;
    }
  }

  /** Whether text has the length and the header of a tag's memory. */
  static boolean mayBe(String text) {
    return isHex(text)
        && (text.length() == HEX_OF_96
            ? text.startsWith("30") || text.startsWith("31")
            : text.startsWith("36"));
  }

  /**
   * The tag's memory for a key: SGTIN-96 where the serial number is a number below 2³⁸ without
   * leading zeros, else SGTIN-198.
   *
   * @param prefixes tells where the company prefix ends; 6 to 12 digits
   * @param filter packaging, 0 to {@link #FILTER_MAX}
   * @return null for other keys and where the company prefix is unknown
   */
  public static @Nullable String write(Code code, PrefixTable prefixes, int filter) {
    if (filter < 0 || filter > FILTER_MAX) {
      throw new IllegalArgumentException("no filter value: " + filter);
    }
    return switch (code) {
      case Sgtin(Gtin gtin, String serial) -> sgtin(gtin.gtin(), serial, prefixes, filter);
      case Sscc(String sscc) -> sscc(sscc, prefixes, filter);
      default -> null;
    };
  }

  private static @Nullable String sgtin(
      String gtin, String serial, PrefixTable prefixes, int filter) {
    int length = prefixes.companyPrefixLength(gtin.substring(1, 13)).orElse(0);
    if (length < PREFIX_MIN || length > PREFIX_MAX) {
      return null;
    }
    String prefix = gtin.substring(1, 1 + length);
    String item = gtin.charAt(0) + gtin.substring(1 + length, 13);
    boolean number = isNumber(serial);
    Writer out = new Writer();
    out.add(number ? SGTIN_96 : SGTIN_198, 8).add(filter, 3).add(PREFIX_MAX - length, 3);
    int prefixBits = PREFIX_BITS[PREFIX_MAX - length];
    out.add(new BigInteger(prefix), prefixBits);
    out.add(new BigInteger(item), GTIN_BITS - prefixBits);
    if (number) {
      return out.add(new BigInteger(serial), NUMBER_BITS_96).hex(HEX_OF_96);
    }
    for (int i = 0; i < SERIAL_CHARACTERS; i++) {
      out.add(i < serial.length() ? serial.charAt(i) : 0, BITS_A_CHARACTER);
    }
    return out.hex(HEX_OF_198);
  }

  private static @Nullable String sscc(String sscc, PrefixTable prefixes, int filter) {
    int length = prefixes.companyPrefixLength(sscc.substring(1, 17)).orElse(0);
    if (length < PREFIX_MIN || length > PREFIX_MAX) {
      return null;
    }
    int prefixBits = PREFIX_BITS[PREFIX_MAX - length];
    return new Writer()
        .add(SSCC_96, 8)
        .add(filter, 3)
        .add(PREFIX_MAX - length, 3)
        .add(new BigInteger(sscc.substring(1, 1 + length)), prefixBits)
        .add(
            new BigInteger(sscc.charAt(0) + sscc.substring(1 + length, 17)), SSCC_BITS - prefixBits)
        .hex(HEX_OF_96);
  }

  private static boolean isNumber(String serial) {
    return serial.length() <= 12
        && Text.allDigits(serial)
        && (serial.length() == 1 || serial.charAt(0) != '0')
        && Long.parseLong(serial) < 1L << NUMBER_BITS_96;
  }

  private static @Nullable Gs1Key sgtin96(Bits bits) {
    String gtin = gtin(bits);
    return gtin == null
        ? null
        : new Sgtin(new Gtin(gtin), bits.take(HEAD_BITS + GTIN_BITS, NUMBER_BITS_96).toString());
  }

  private static @Nullable Gs1Key sgtin198(Bits bits) {
    String gtin = gtin(bits);
    if (gtin == null) {
      return null;
    }
    StringBuilder serial = new StringBuilder();
    boolean ended = false;
    for (int i = 0; i < SERIAL_CHARACTERS; i++) {
      int c = bits.take(HEAD_BITS + GTIN_BITS + i * BITS_A_CHARACTER, BITS_A_CHARACTER).intValue();
      if (c != 0 && ended) {
        return null;
      }
      ended = c == 0;
      if (!ended) {
        serial.append((char) c);
      }
    }
    return bits.isZeroFrom(HEAD_BITS + GTIN_BITS + SERIAL_CHARACTERS * BITS_A_CHARACTER)
        ? new Sgtin(new Gtin(gtin), serial.toString())
        : null;
  }

  private static @Nullable String gtin(Bits bits) {
    String[] parts = parts(bits, GTIN_BITS, 13);
    return parts == null
        ? null
        : CheckDigits.withGs1(parts[1].charAt(0) + parts[0] + parts[1].substring(1));
  }

  private static @Nullable Gs1Key sscc96(Bits bits) {
    String[] parts = parts(bits, SSCC_BITS, 17);
    return parts == null || !bits.isZeroFrom(HEAD_BITS + SSCC_BITS)
        ? null
        : new Sscc(CheckDigits.withGs1(parts[1].charAt(0) + parts[0] + parts[1].substring(1)));
  }

  /** Company prefix and reference in decimal, or null where one has more digits than it may. */
  private static String @Nullable [] parts(Bits bits, int width, int digits) {
    int partition = bits.take(HEAD_BITS - 3, 3).intValue();
    if (partition >= PREFIX_BITS.length) {
      return null;
    }
    int prefixDigits = PREFIX_MAX - partition;
    int prefixBits = PREFIX_BITS[partition];
    String prefix = bits.take(HEAD_BITS, prefixBits).toString();
    String reference = bits.take(HEAD_BITS + prefixBits, width - prefixBits).toString();
    if (prefix.length() > prefixDigits || reference.length() > digits - prefixDigits) {
      return null;
    }
    return new String[] {
      "0".repeat(prefixDigits - prefix.length()) + prefix,
      "0".repeat(digits - prefixDigits - reference.length()) + reference
    };
  }

  private static boolean isHex(String text) {
    if (text.length() != HEX_OF_96
        && (text.length() < SHORTEST_HEX_OF_198 || text.length() > HEX_OF_198)) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (Character.digit(text.charAt(i), 16) < 0 || text.charAt(i) > 'f') {
        return false;
      }
    }
    return true;
  }

  /** A row of bits, counted from the first. */
  private record Bits(BigInteger value, int length) {
    BigInteger take(int from, int count) {
      return value
          .shiftRight(length - from - count)
          .and(BigInteger.ONE.shiftLeft(count).subtract(BigInteger.ONE));
    }

    boolean isZeroFrom(int from) {
      return take(from, length - from).signum() == 0;
    }
  }

  private static final class Writer {
    private BigInteger value = BigInteger.ZERO;
    private int length;

    Writer add(long number, int bits) {
      return add(BigInteger.valueOf(number), bits);
    }

    Writer add(BigInteger number, int bits) {
      value = value.shiftLeft(bits).or(number);
      length += bits;
      return this;
    }

    /** Zeros fill up to so many digits. */
    String hex(int digits) {
      String hex = value.shiftLeft(digits * 4 - length).toString(16).toUpperCase(Locale.ROOT);
      return "0".repeat(digits - hex.length()) + hex;
    }
  }

  /** The tag form among the written forms, where there is one. */
  static void addForm(Gs1Key key, PrefixTable prefixes, List<WrittenForm> forms) {
    String hex = write(key, prefixes, FILTER_OTHER);
    if (hex != null) {
      forms.add(new WrittenForm(WrittenForm.Kind.EPC_BINARY, hex));
    }
  }
}
