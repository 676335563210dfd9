package org.yuanliu.platform.codes;

import static java.util.Objects.requireNonNullElse;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;
import org.yuanliu.codes.CodeRange;
import org.yuanliu.codes.PrefixTable;
import org.yuanliu.codes.Scheme;

/**
 * Codes.
 *
 * @param maxDrawn codes in one drawing
 * @param exemptionAge how old the exemptions may be that another server granted or ended
 * @param maxExemptions exemptions that are held in memory at most
 * @param expected what bare text must look like to count as a code of a scheme, by the scheme's id:
 *     regular expressions; stands in place of what is built in
 * @param companyPrefixes lengths of GS1 company prefixes by the first digits of a key
 * @param divisions a table of development zones and new divisions of one's own, see {@link
 *     org.yuanliu.codes.Divisions}; null for none
 */
@Validated
@ConfigurationProperties("yuanliu.codes")
public record CodesSettings(
    @Min(1) @Max(CodeRange.MAX_DRAWN) @DefaultValue("10000") int maxDrawn,
    @NotNull @DefaultValue("30s") Duration exemptionAge,
    @Min(1) @DefaultValue("100000") int maxExemptions,
    Map<String, String> expected,
    Map<String, Integer> companyPrefixes,
    @Nullable Path divisions) {
  public CodesSettings {
    expected = Map.copyOf(requireNonNullElse(expected, Map.of()));
    companyPrefixes = Map.copyOf(requireNonNullElse(companyPrefixes, Map.of()));
  }

  PrefixTable prefixes() {
    return PrefixTable.of(companyPrefixes);
  }

  /**
   * @throws IllegalArgumentException naming what is no scheme or no regular expression
   */
  Map<Scheme, Pattern> patterns() {
    Map<Scheme, Pattern> patterns = new EnumMap<>(Scheme.class);
    expected.forEach(
        (id, pattern) -> {
          Scheme scheme = Scheme.ofId(id);
          if (scheme == null) {
            throw new IllegalArgumentException("yuanliu.codes.expected: no scheme is named " + id);
          }
          try {
            patterns.put(scheme, Pattern.compile(pattern));
          } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException("yuanliu.codes.expected." + id, e);
          }
        });
    return patterns;
  }
}
