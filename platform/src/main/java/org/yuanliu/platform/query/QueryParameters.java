package org.yuanliu.platform.query;

import jakarta.servlet.http.HttpServletRequest;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.yuanliu.codes.CanonicalUri;
import org.yuanliu.codes.Code;
import org.yuanliu.codes.Reading;
import org.yuanliu.codes.UnitKey;
import org.yuanliu.epcis.CbvVocabulary;
import org.yuanliu.epcis.EventType;
import org.yuanliu.epcis.LdContext;
import org.yuanliu.epcis.YlVocabulary;
import org.yuanliu.platform.binding.CodeTexts;
import org.yuanliu.platform.binding.EpcisProblems;
import org.yuanliu.platform.binding.PageRequests;

/**
 * The parameters of event queries (EPCIS 2.0 §8.2.7.1) that are understood so far. Several values
 * are separated by {@code |}. A parameter that is not understood is refused: to ignore it would
 * answer another question than was asked.
 */
@Component
final class QueryParameters {
  static final String MATCH_ANY_EPC = "MATCH_anyEPC";
  static final String EVENT_TYPE = "eventType";
  static final String EQ_EVENT_ID = "EQ_eventID";
  static final String GE_EVENT_TIME = "GE_eventTime";
  static final String LT_EVENT_TIME = "LT_eventTime";
  static final String EQ_BIZ_STEP = "EQ_bizStep";
  static final String EQ_BIZ_LOCATION = "EQ_bizLocation";
  static final String ORDER_BY = "orderBy";
  static final String ORDER_DIRECTION = "orderDirection";

  /** Values of one parameter: more than fit into a request line of ordinary length. */
  static final int MAX_VALUES = 256;

  private static final Set<String> KNOWN =
      Set.of(
          MATCH_ANY_EPC,
          EVENT_TYPE,
          EQ_EVENT_ID,
          GE_EVENT_TIME,
          LT_EVENT_TIME,
          EQ_BIZ_STEP,
          EQ_BIZ_LOCATION,
          ORDER_BY,
          ORDER_DIRECTION,
          PageRequests.PER_PAGE,
          PageRequests.NEXT_PAGE_TOKEN);

  private static final Set<String> EVENT_TYPES =
      Arrays.stream(EventType.values()).map(EventType::term).collect(Collectors.toSet());

  private static final String PATTERN = "urn:epc:idpat:";

  private final CodeTexts texts;
  private final PageRequests pages;

  QueryParameters(CodeTexts texts, PageRequests pages) {
    this.texts = texts;
    this.pages = pages;
  }

  /**
   * @param epc the unit that the path names; null where it names none
   */
  EventQuestion read(HttpServletRequest request, @Nullable String epc) {
    Map<String, String> given = PageRequests.single(request);
    for (String name : given.keySet()) {
      if (!KNOWN.contains(name) || (epc != null && name.equals(MATCH_ANY_EPC))) {
        throw PageRequests.unknown(name);
      }
    }
    Set<UUID> units =
        epc == null
            ? values(given, MATCH_ANY_EPC, value -> unit(MATCH_ANY_EPC, value))
            : Set.of(unit("epc", epc));
    return new EventQuestion(
        units,
        values(given, EQ_EVENT_ID, Function.identity()),
        values(given, EVENT_TYPE, QueryParameters::eventType),
        values(given, EQ_BIZ_STEP, QueryParameters::bizStep),
        values(given, EQ_BIZ_LOCATION, this::bizLocation),
        time(given, GE_EVENT_TIME),
        time(given, LT_EVENT_TIME),
        newestFirst(given),
        pages.size(given.get(PageRequests.PER_PAGE)),
        given.get(PageRequests.NEXT_PAGE_TOKEN));
  }

  private static <T> Set<T> values(
      Map<String, String> given, String name, Function<String, T> each) {
    String text = given.get(name);
    if (text == null) {
      return Set.of();
    }
    String[] parts = text.split("\\|", -1);
    if (parts.length > MAX_VALUES) {
      throw EpcisProblems.parameter(
          name, "最多 " + MAX_VALUES + " 个值。", "has at most " + MAX_VALUES + " values.");
    }
    Set<T> values = new LinkedHashSet<>();
    for (String part : parts) {
      if (part.isBlank()) {
        throw EpcisProblems.parameter(name, "值不能为空。", "a value is empty.");
      }
      values.add(each.apply(part.strip()));
    }
    return values;
  }

  /** Any written form of a code; a URI of no known scheme stands for itself. */
  private UUID unit(String name, String text) {
    return UnitKey.of(canonical(name, text)).value();
  }

  private String bizLocation(String text) {
    return canonical(EQ_BIZ_LOCATION, text);
  }

  private String canonical(String name, String text) {
    if (text.startsWith(PATTERN)) {
      throw EpcisProblems.parameter(
          name, "尚不支持编码样式（idpat）。", "patterns (idpat) are not supported yet.");
    }
    if (text.indexOf(':') > 0) {
      return CanonicalUri.of(text);
    }
    return switch (texts.read(text)) {
      case Reading.Found(Code code) -> code.canonical();
      case Reading.Ambiguous(List<Code> codes) -> {
        String choices = codes.stream().map(Code::canonical).collect(Collectors.joining(", "));
        throw EpcisProblems.parameter(
            name, "可以是几种编码，请选一种：" + choices, "could be several codes, choose one: " + choices);
      }
      case Reading.Unreadable unreadable ->
          throw EpcisProblems.parameter(
              name, unreadable.refusals().getFirst().zh(), unreadable.refusals().getFirst().en());
    };
  }

  private static String eventType(String text) {
    if (!EVENT_TYPES.contains(text)) {
      throw EpcisProblems.parameter(EVENT_TYPE, "没有这种事件类型。", "there is no such event type.");
    }
    return text;
  }

  /** A CBV word, a full URI, or ours with the prefix {@code yl}. */
  private static String bizStep(String text) {
    String ours = YlVocabulary.PREFIX + ":";
    String full =
        text.startsWith(ours) ? YlVocabulary.NAMESPACE + text.substring(ours.length()) : text;
    String step = CbvVocabulary.BIZ_STEP.canonical(full, LdContext.DEFAULT);
    if (step == null) {
      throw EpcisProblems.parameter(EQ_BIZ_STEP, "没有这个业务步骤。", "there is no such business step.");
    }
    return step;
  }

  private static @Nullable Instant time(Map<String, String> given, String name) {
    String text = given.get(name);
    if (text == null) {
      return null;
    }
    try {
      // A plus sign that was not encoded arrives as a space.
      return OffsetDateTime.parse(text.strip().replace(' ', '+')).toInstant();
    } catch (DateTimeException e) {
      throw EpcisProblems.parameter(
          name,
          "应为带时区的时间，如 2026-01-31T08:00:00+08:00。",
          "a time with its zone is due, such as 2026-01-31T08:00:00+08:00.");
    }
  }

  private static boolean newestFirst(Map<String, String> given) {
    String by = given.get(ORDER_BY);
    String direction = given.get(ORDER_DIRECTION);
    if (by == null && direction != null) {
      throw EpcisProblems.parameter(
          ORDER_DIRECTION, "须与 orderBy 一起使用。", "goes together with orderBy.");
    }
    if (by == null) {
      return false;
    }
    if (!by.equals("recordTime")) {
      throw EpcisProblems.parameter(
          ORDER_BY, "目前只支持 recordTime。", "only recordTime is supported so far.");
    }
    return switch (direction) {
      case null -> true;
      case "DESC" -> true;
      case "ASC" -> false;
      default ->
          throw EpcisProblems.parameter(ORDER_DIRECTION, "应为 ASC 或 DESC。", "is ASC or DESC.");
    };
  }
}
