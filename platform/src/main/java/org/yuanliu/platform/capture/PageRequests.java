package org.yuanliu.platform.capture;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;
import org.springframework.web.util.UriUtils;

/** {@code perPage} and {@code nextPageToken}, and the link to the next page. */
@Component
final class PageRequests {
  static final String PER_PAGE = "perPage";
  static final String NEXT_PAGE_TOKEN = "nextPageToken";
  private static final String JOBS = "jobs";

  private final CaptureSettings settings;
  private final Clock clock;

  PageRequests(CaptureSettings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * @param beforeTime null on the first page
   */
  record JobPage(int size, @Nullable Instant beforeTime, @Nullable UUID afterId) {}

  JobPage jobs(HttpServletRequest request) {
    Map<String, String> parameters = single(request);
    for (String name : parameters.keySet()) {
      if (!Set.of(PER_PAGE, NEXT_PAGE_TOKEN).contains(name)) {
        throw unknown(name);
      }
    }
    int size = size(parameters.get(PER_PAGE));
    String text = parameters.get(NEXT_PAGE_TOKEN);
    if (text == null) {
      return new JobPage(size, null, null);
    }
    PageToken token = token(text, PageToken.digest(JOBS));
    try {
      Instant time = Instant.EPOCH.plus(Long.parseLong(token.place().get(0)), ChronoUnit.MICROS);
      return new JobPage(size, time, UUID.fromString(token.place().get(1)));
    } catch (IllegalArgumentException | IndexOutOfBoundsException | DateTimeException e) {
      throw badToken();
    }
  }

  void linkNext(JobPage page, CaptureJob last, HttpHeaders headers) {
    long micros = ChronoUnit.MICROS.between(Instant.EPOCH, last.receivedAt());
    linkNext(PageToken.digest(JOBS), List.of(Long.toString(micros), last.id().toString()), headers);
  }

  /** The link to the next page of the same question, with when it ceases to hold. */
  void linkNext(String question, List<String> place, HttpHeaders headers) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    String token = new PageToken(question, now, place).encode();
    String next =
        ServletUriComponentsBuilder.fromCurrentRequest()
            .replaceQueryParam(NEXT_PAGE_TOKEN, UriUtils.encodeQueryParam(token, "UTF-8"))
            .build(true)
            .toUriString();
    headers.add(HttpHeaders.LINK, "<" + next + ">; rel=\"next\"");
    headers.set(EpcisHeaders.TOKEN_EXPIRES, now.plus(settings.pageTokenValidity()).toString());
  }

  /** How many a page may show: what was asked for, within the maximum (openapi: PerPage). */
  int size(@Nullable String text) {
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

  PageToken token(String text, String question) {
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
    if (token.issued().plus(settings.pageTokenValidity()).isBefore(clock.instant())) {
      throw EpcisProblems.parameter(
          NEXT_PAGE_TOKEN, "已过期，请从第一页重新开始。", "has expired; begin with the first page again.");
    }
    return token;
  }

  /** Every parameter once: which of two values was meant nobody can tell. */
  static Map<String, String> single(HttpServletRequest request) {
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

  static RuntimeException unknown(String name) {
    return EpcisProblems.parameter(name, "不支持此参数。", "this parameter is not supported.");
  }

  static RuntimeException badToken() {
    return EpcisProblems.parameter(NEXT_PAGE_TOKEN, "无效。", "is not valid.");
  }
}
