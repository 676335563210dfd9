package org.yuanliu.platform.access;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * A data set that a partner platform was promised: the records of some industries in some
 * divisions.
 *
 * @param divisionPrefix leading digits of division codes; empty for the nation
 * @param industries ids of packs, one at least
 * @param secrets whether the paper names commercial secrets too
 */
public record Agreed(String divisionPrefix, Set<String> industries, boolean secrets) {
  private static final Pattern DIGITS = Pattern.compile("|[0-9]{2}|[0-9]{4}|[0-9]{6}");

  public Agreed {
    industries = Set.copyOf(industries);
    if (!DIGITS.matcher(divisionPrefix).matches()) {
      throw new IllegalArgumentException("not a nation, province, city or county");
    }
    if (industries.isEmpty()) {
      throw new IllegalArgumentException("no industry is named");
    }
  }
}
