package org.yuanliu.industry;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yuanliu.epcis.YlVocabulary;
import org.yuanliu.industry.PackNode.Mapping;

/** The forms of a pack's plain values. */
class PackValues extends PackFields {
  private static final Pattern DURATION = Pattern.compile(FormatWords.DURATION);
  private static final Pattern SPAN = Pattern.compile(FormatWords.SPAN);
  private static final Pattern PERCENT = Pattern.compile(FormatWords.PERCENT);
  private static final Pattern PREFIXED = Pattern.compile("([a-z][a-z0-9]*):([^/].*)");
  private static final Pattern URI = Pattern.compile("(https?://|urn:)[^\\s\"<>\\\\^`{|}]+");

  /** EPCIS 2.0 (ISO/IEC 19987:2024), §7.4. */
  static final Set<String> EVENT_TYPES =
      Set.of(
          "ObjectEvent",
          "AggregationEvent",
          "TransactionEvent",
          "TransformationEvent",
          "AssociationEvent");

  /** Those that every pack may use without saying so. */
  private Map<String, String> prefixes =
      Map.of("cbv", "https://ref.gs1.org/cbv/", "yl", YlVocabulary.NAMESPACE);

  PackValues(String file) {
    super(file);
  }

  /** Defines the short forms that URIs may take in the rest of the file. */
  final void prefixes(@Nullable PackNode node) {
    Map<String, String> all = new HashMap<>(prefixes);
    all.putAll(entries(node, (key, value) -> uri(value)));
    prefixes = Map.copyOf(all);
  }

  final String uri(PackNode node) {
    String text = text(node);
    Matcher prefixed = PREFIXED.matcher(text);
    String uri = text;
    if (prefixed.matches()) {
      String prefix = prefixes.get(prefixed.group(1));
      if (prefix != null) {
        uri = prefix + prefixed.group(2);
      } else if (!"urn".equals(prefixed.group(1))) {
        throw problem(
            node,
            PackRule.UNDEFINED_NAME,
            "prefixes 里没有“" + prefixed.group(1) + "”",
            "prefixes has no \"" + prefixed.group(1) + "\"");
      }
    }
    if (!URI.matcher(uri).matches()) {
      throw problem(
          node, PackRule.BAD_VALUE, "“" + uri + "”不是 URI", "\"" + uri + "\" is not a URI");
    }
    return uri;
  }

  final int whole(PackNode node) {
    return Integer.parseInt(text(node));
  }

  final BigDecimal number(PackNode node) {
    return new BigDecimal(text(node));
  }

  final Span span(PackNode node) {
    Matcher matcher = SPAN.matcher(text(node));
    if (!matcher.matches()) {
      throw new IllegalStateException("the structure was not checked: " + text(node));
    }
    return new Span(Integer.parseInt(matcher.group(1)), spanUnit(matcher.group(2)));
  }

  final Span.Unit spanUnit(String word) {
    for (Span.Unit unit : Span.Unit.values()) {
      if (unit.id().equals(word)) {
        return unit;
      }
    }
    throw new IllegalStateException("the structure was not checked: " + word);
  }

  final LocalDate date(PackNode node) {
    try {
      return LocalDate.parse(text(node));
    } catch (DateTimeParseException e) {
      throw problem(
          node,
          PackRule.BAD_VALUE,
          "日期写成 2026-02-01 的样子，不是“" + text(node) + "”",
          "a date is written like 2026-02-01, not \"" + text(node) + "\"");
    }
  }

  final Duration duration(PackNode node) {
    Matcher matcher = DURATION.matcher(text(node));
    if (!matcher.matches()) {
      throw new IllegalStateException("the structure was not checked: " + text(node));
    }
    long amount = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "min" -> Duration.ofMinutes(amount);
      case "h" -> Duration.ofHours(amount);
      default -> Duration.ofDays(amount);
    };
  }

  final BigDecimal percent(PackNode node) {
    Matcher matcher = PERCENT.matcher(text(node));
    if (!matcher.matches()) {
      throw new IllegalStateException("the structure was not checked: " + text(node));
    }
    return new BigDecimal(matcher.group(1));
  }

  final boolean flag(@Nullable PackNode node) {
    return node != null && "true".equals(text(node));
  }

  final Localized localized(PackNode node) {
    Mapping fields = mapping(node);
    return new Localized(text(get(fields, "zh")), text(get(fields, "en")));
  }
}
