package org.yuanliu.codes;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * An administrative division (行政区划) as it stood on some date.
 *
 * @param code 6 digits of GB/T 2260, or of the table of development zones
 * @param zhName official Chinese name
 * @param enName the name romanised, its kind in English; the Chinese one where nobody romanised it
 * @param parent code of the division above, or null for a province
 */
public record Division(
    String code, String zhName, String enName, Level level, @Nullable String parent) {
  public Division {
    requireNonNull(code, "code is null");
    requireNonNull(zhName, "zhName is null");
    requireNonNull(enName, "enName is null");
    requireNonNull(level, "level is null");
  }

  /** The tiers of GB/T 2260, and what cities set up beside them. */
  public enum Level {
    /** 省级: province, municipality under the State, autonomous or special region. */
    PROVINCE,
    /** 地级: prefecture, city. */
    PREFECTURE,
    /** 县级: county, district, city of that rank. */
    COUNTY,
    /** 开发区: development zone; not in GB/T 2260. */
    ZONE
  }
}
