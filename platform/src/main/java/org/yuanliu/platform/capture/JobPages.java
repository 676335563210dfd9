package org.yuanliu.platform.capture;

import jakarta.servlet.http.HttpServletRequest;
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
import org.yuanliu.platform.binding.PageRequests;
import org.yuanliu.platform.binding.PageToken;

/** Which page of a reporter's capture jobs is asked for. */
@Component
final class JobPages {
  private static final String JOBS = "jobs";

  private final PageRequests requests;

  JobPages(PageRequests requests) {
    this.requests = requests;
  }

  /**
   * @param beforeTime null on the first page
   */
  record Page(int size, @Nullable Instant beforeTime, @Nullable UUID afterId) {}

  Page read(HttpServletRequest request) {
    Map<String, String> parameters = PageRequests.single(request);
    for (String name : parameters.keySet()) {
      if (!Set.of(PageRequests.PER_PAGE, PageRequests.NEXT_PAGE_TOKEN).contains(name)) {
        throw PageRequests.unknown(name);
      }
    }
    int size = requests.size(parameters.get(PageRequests.PER_PAGE));
    String text = parameters.get(PageRequests.NEXT_PAGE_TOKEN);
    if (text == null) {
      return new Page(size, null, null);
    }
    PageToken token = requests.token(text, PageToken.digest(JOBS));
    try {
      Instant time = Instant.EPOCH.plus(Long.parseLong(token.place().get(0)), ChronoUnit.MICROS);
      return new Page(size, time, UUID.fromString(token.place().get(1)));
    } catch (IllegalArgumentException | IndexOutOfBoundsException | DateTimeException e) {
      throw PageRequests.badToken();
    }
  }

  void linkNext(CaptureJob last, HttpHeaders headers) {
    long micros = ChronoUnit.MICROS.between(Instant.EPOCH, last.receivedAt());
    requests.linkNext(
        PageToken.digest(JOBS), List.of(Long.toString(micros), last.id().toString()), headers);
  }
}
