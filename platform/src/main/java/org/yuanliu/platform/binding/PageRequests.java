package org.yuanliu.platform.binding;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;
import org.springframework.web.util.UriUtils;

/** {@code perPage} and {@code nextPageToken}, and the link to the next page. */
@Component
public final class PageRequests {
  public static final String PER_PAGE = "perPage";
  public static final String NEXT_PAGE_TOKEN = "nextPageToken";

  private final BindingSettings settings;
  private final Clock clock;

  private final ReleasedTokens released;

  PageRequests(BindingSettings settings, Clock clock, ReleasedTokens released) {
    this.settings = settings;
    this.clock = clock;
    this.released = released;
  }

  /** The link to the next page of the same question, with when it ceases to hold. */
  public void linkNext(String question, List<String> place, HttpHeaders headers) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    String token = new PageToken(question, now, place).encode();
    // As it was sent: the builder's own idea of an encoded query refuses a "=" in a value.
    String next =
        ServletUriComponentsBuilder.fromCurrentRequest()
            .replaceQueryParam(NEXT_PAGE_TOKEN, UriUtils.encodeQueryParam(token, "UTF-8"))
            .build()
            .toUriString();
    headers.add(HttpHeaders.LINK, "<" + next + ">; rel=\"next\"");
    headers.set(EpcisHeaders.TOKEN_EXPIRES, now.plus(settings.pageTokenValidity()).toString());
  }

  /** How many a page may show: what was asked for, within the maximum (openapi: PerPage). */
  public int size(@Nullable String text) {
    if (text == null) {
      return settings.pageEvents();
    }
    try {
      int size = Integer.parseInt(text);
      if (size >= 1) {
        return Math.min(size, settings.maxPageEvents());
      }
    } catch (NumberFormatException e) {
      // Refused below, like any other that is no number.
    }
    throw EpcisProblems.parameter(PER_PAGE, "应为正整数。", "a positive number is due.");
  }

  public PageToken token(String text, String question) {
    PageToken token;
    try {
      token = PageToken.decode(text);
    } catch (IllegalArgumentException e) {
      throw badToken();
    }
    if (!token.question().equals(question)) {
      throw EpcisProblems.parameter(
          NEXT_PAGE_TOKEN,
          "属于另一个查询，请与原查询参数一起使用。",
          "belongs to another query; use it with the parameters that it was given for.");
    }
    if (token.issued().plus(settings.pageTokenValidity()).isBefore(clock.instant())
        || released.contains(text)) {
      throw EpcisProblems.parameter(
          NEXT_PAGE_TOKEN, "已过期，请从第一页重新开始。", "has expired; begin with the first page again.");
    }
    return token;
  }

  /**
   * When a token ceases to hold.
   *
   * @throws org.yuanliu.platform.problem.ProblemException 404 where the text is no token
   */
  public Instant expiry(String text) {
    try {
      return PageToken.decode(text).issued().plus(settings.pageTokenValidity());
    } catch (IllegalArgumentException e) {
      throw EpcisProblems.notFound();
    }
  }

  /** Every parameter once: which of two values was meant nobody can tell. */
  public static Map<String, String> single(HttpServletRequest request) {
    request
        .getParameterMap()
        .forEach(
            (name, values) -> {
              if (values.length != 1) {
                throw EpcisProblems.parameter(
                    name,
                    "只能出现一次；多个值用 | 分隔。",
                    "may stand once only; several values are separated by |.");
              }
            });
    return request.getParameterMap().entrySet().stream()
        .collect(
            java.util.stream.Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue()[0]));
  }

  public static RuntimeException unknown(String name) {
    return EpcisProblems.parameter(name, "不支持此参数。", "this parameter is not supported.");
  }

  public static RuntimeException badToken() {
    return EpcisProblems.parameter(NEXT_PAGE_TOKEN, "无效。", "is not valid.");
  }
}
