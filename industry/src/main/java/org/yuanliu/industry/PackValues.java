package org.yuanliu.industry;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yuanliu.industry.PackNode.Mapping;

/** The forms of a pack's plain values. */
class PackValues extends PackFields {
  /** GB/T 7635.1 codes have eight digits. */
  private static final Pattern GOODS_CODE_PREFIX = Pattern.compile("[0-9]{1,8}");

  private static final Pattern DURATION = Pattern.compile("([0-9]{1,4}) ?(min|h|d)");
  private static final Pattern PERCENT = Pattern.compile("([0-9]{1,2}(?:\\.[0-9]{1,3})?) ?%");
  private static final Pattern PREFIXED = Pattern.compile("([a-z][a-z0-9]*):([^/].*)");
  private static final Pattern URI = Pattern.compile("(https?://|urn:)[^\\s\"<>\\\\^`{|}]+");

  /** EPCIS 2.0 (ISO/IEC 19987:2024), §7.4. */
  private static final Set<String> EVENT_TYPES =
      Set.of(
          "ObjectEvent",
          "AggregationEvent",
          "TransactionEvent",
          "TransformationEvent",
          "AssociationEvent");

  private Map<String, String> prefixes = Map.of();

  PackValues(String file) {
    super(file);
  }

  /** Defines the short forms that URIs may take in the rest of the file. */
  final void prefixes(@Nullable PackNode node) {
    prefixes = entries(node, (key, value) -> uri(value));
  }

  final String eventType(PackNode node) {
    return known(node, EVENT_TYPES);
  }

  final String known(PackNode node, Set<String> values) {
    String value = text(node);
    if (!values.contains(value)) {
      List<String> sorted = values.stream().sorted().toList();
      throw problem(
          node,
          PackRule.BAD_VALUE,
          "“" + value + "”不在其中：" + String.join("、", sorted),
          "\"" + value + "\" is none of " + String.join(", ", sorted));
    }
    return value;
  }

  final String goodsCode(PackNode node) {
    String code = text(node);
    if (!GOODS_CODE_PREFIX.matcher(code).matches()) {
      throw problem(
          node,
          PackRule.BAD_VALUE,
          "商品码前缀是1到8位数字，不是“" + code + "”",
          "a goods-code prefix is 1 to 8 digits, not \"" + code + "\"");
    }
    return code;
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

  final String id(PackNode node) {
    String id = text(node);
    requireId(node.line(), id);
    return id;
  }

  final int version(PackNode node) {
    String text = text(node);
    if (!text.matches("[1-9][0-9]{0,5}")) {
      throw problem(
          node,
          PackRule.BAD_VALUE,
          "版本是从1开始的整数，不是“" + text + "”",
          "a version is a whole number from 1 on, not \"" + text + "\"");
    }
    return Integer.parseInt(text);
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
      throw problem(
          node,
          PackRule.BAD_VALUE,
          "时长写成 15 min、24 h 或 7 d 的样子，不是“" + text(node) + "”",
          "a duration is written like 15 min, 24 h or 7 d, not \"" + text(node) + "\"");
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
      throw problem(
          node,
          PackRule.BAD_VALUE,
          "百分数写成 3 % 的样子，小于100，不是“" + text(node) + "”",
          "a percentage is written like 3 % and below 100, not \"" + text(node) + "\"");
    }
    return new BigDecimal(matcher.group(1));
  }

  final boolean flag(@Nullable PackNode node) {
    return node != null && "true".equals(known(node, Set.of("true", "false")));
  }

  final Localized localized(PackNode node) {
    Mapping fields = mapping(node, Set.of("zh", "en"), Set.of());
    return new Localized(text(get(fields, "zh")), text(get(fields, "en")));
  }
}
