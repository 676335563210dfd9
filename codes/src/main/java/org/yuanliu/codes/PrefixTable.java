package org.yuanliu.codes;

import static java.util.Objects.requireNonNull;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;

/**
 * How long the GS1 company prefix (厂商识别代码) is in keys that begin with given digits. A Digital Link
 * does not tell it and an EPC URN needs it. The table starts empty: what it does not know is not
 * translated.
 */
public final class PrefixTable {
  private static final PrefixTable EMPTY = new PrefixTable(Map.of());

  private final Map<String, Integer> lengths;

  private PrefixTable(Map<String, Integer> lengths) {
    this.lengths = Map.copyOf(lengths);
  }

  public static PrefixTable empty() {
    return EMPTY;
  }

  /**
   * A table from key beginnings (1 to 12 digits) to company-prefix lengths (4 to 12).
   *
   * @throws IllegalArgumentException if a beginning or a length is out of its range
   */
  public static PrefixTable of(Map<String, Integer> lengths) {
    lengths.forEach(PrefixTable::check);
    return new PrefixTable(lengths);
  }

  /**
   * Reads lines {@code beginning,length}; empty lines and lines that start with # are skipped.
   *
   * @throws IllegalArgumentException naming the line that is not of this form
   */
  public static PrefixTable read(Reader csv) throws IOException {
    Map<String, Integer> lengths = new HashMap<>();
    BufferedReader lines = new BufferedReader(csv);
    int number = 0;
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      number++;
      String row = line.strip();
      if (row.isEmpty() || row.startsWith("#")) {
        continue;
      }
      int comma = row.indexOf(',');
      try {
        String beginning = row.substring(0, Math.max(comma, 0)).strip();
        int length = Integer.parseInt(row.substring(comma + 1).strip());
        check(beginning, length);
        lengths.put(beginning, length);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("prefix table, line " + number + ": " + row, e);
      }
    }
    return new PrefixTable(lengths);
  }

  /** The length of the company prefix that these digits begin with, by the longest match. */
  public OptionalInt companyPrefixLength(String digits) {
    requireNonNull(digits, "digits is null");
    for (int end = Math.min(digits.length(), EpcUrn.COMPANY_PREFIX_MAX); end > 0; end--) {
      Integer length = lengths.get(digits.substring(0, end));
      if (length != null) {
        return OptionalInt.of(length);
      }
    }
    return OptionalInt.empty();
  }

  private static void check(String beginning, int length) {
    if (beginning.isEmpty()
        || beginning.length() > EpcUrn.COMPANY_PREFIX_MAX
        || !Text.allDigits(beginning)) {
      throw new IllegalArgumentException("not the beginning of a GS1 key: " + beginning);
    }
    if (length < EpcUrn.COMPANY_PREFIX_MIN || length > EpcUrn.COMPANY_PREFIX_MAX) {
      throw new IllegalArgumentException("no length of a company prefix: " + length);
    }
  }
}
