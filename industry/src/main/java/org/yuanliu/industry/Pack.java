package org.yuanliu.industry;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.LocalDate;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yuanliu.codes.Scheme;

/**
 * An industry as data, one version of it. {@link PackLoader} makes it from a file and checks that
 * every name used in it is defined.
 *
 * @param id stable name of the industry, {@code farm-products} for instance
 * @param version from 1, counting up
 * @param effectiveFrom first day on which events are judged by this version
 * @param effectiveTo last such day; null if the next version, or none, ends it
 * @param leads departments in the lead (牵头部门)
 * @param nodeTypes kinds of place, by the name that facts use
 * @param roles parts that parties play, by id
 * @param documents kinds of document, by id
 * @param tests kinds of test, by id
 * @param codeLists by id
 * @param schemes identification schemes in use
 * @param checks by id
 * @param statistics by id
 * @param retention how long records are kept; null if nobody said
 * @param clockDisagreement by how much times may contradict the order of steps without a remark
 * @param clockTolerance how far apart two sources' clocks may be where only time tells the order
 * @param publicView what the public may see of a step
 * @param text the file as written, for the journal and for readers
 */
public record Pack(
    String id,
    int version,
    LocalDate effectiveFrom,
    @Nullable LocalDate effectiveTo,
    Localized names,
    List<Localized> leads,
    Map<String, Localized> nodeTypes,
    Map<String, Role> roles,
    Map<String, DocumentType> documents,
    Map<String, TestMethod> tests,
    Map<String, CodeList> codeLists,
    Set<Scheme> schemes,
    List<Product> products,
    Map<String, Check> checks,
    Map<String, Statistic> statistics,
    @Nullable Retention retention,
    Duration clockDisagreement,
    Duration clockTolerance,
    Set<PublicField> publicView,
    String text) {
  public Pack {
    requireNonNull(id, "id is null");
    if (version < 1) {
      throw new IllegalArgumentException("version is less than 1: " + version);
    }
    requireNonNull(effectiveFrom, "effectiveFrom is null");
    requireNonNull(names, "names is null");
    leads = List.copyOf(leads);
    nodeTypes = ordered(nodeTypes);
    roles = ordered(roles);
    codeLists = ordered(codeLists);
    schemes = Set.copyOf(schemes);
    checks = ordered(checks);
    statistics = ordered(statistics);
    requireNonNull(text, "text is null");
    documents = ordered(documents);
    tests = ordered(tests);
    products = List.copyOf(products);
    requireNonNull(clockDisagreement, "clockDisagreement is null");
    requireNonNull(clockTolerance, "clockTolerance is null");
    Set<PublicField> fields = EnumSet.noneOf(PublicField.class);
    fields.addAll(publicView);
    publicView = Collections.unmodifiableSet(fields);
  }

  /**
   * The product that a code means: by the longest of the goods-code prefixes that fit, or by a
   * category term.
   */
  public Optional<Product> product(@Nullable String productCode) {
    if (productCode == null || productCode.isBlank()) {
      return Optional.empty();
    }
    String code = productCode.strip();
    Product best = null;
    int bestLength = 0;
    for (Product product : products) {
      for (String prefix : product.goodsCodes()) {
        if (isDigits(code) && code.startsWith(prefix) && prefix.length() > bestLength) {
          best = product;
          bestLength = prefix.length();
        }
      }
      String term = code.toLowerCase(Locale.ROOT);
      if (product.categoryTerms().stream().anyMatch(t -> t.toLowerCase(Locale.ROOT).equals(term))) {
        return Optional.of(product);
      }
    }
    return Optional.ofNullable(best);
  }

  private static boolean isDigits(String code) {
    return code.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  /** Keeps the order of the file, in which an expert reads it. */
  private static <V> Map<String, V> ordered(Map<String, V> map) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }
}
