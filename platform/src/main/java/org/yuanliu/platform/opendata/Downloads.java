package org.yuanliu.platform.opendata;

import static java.util.Objects.requireNonNull;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.yuanliu.platform.access.Decision;
import org.yuanliu.platform.access.RateLimiter;
import org.yuanliu.platform.problem.ProblemException;
import org.yuanliu.platform.problem.StandardProblems;

/** Slows down who takes more than a person or a nightly harvester does. */
@Component
class Downloads {
  private final RateLimiter limiter;
  private final OpenDataSettings settings;

  Downloads(RateLimiter limiter, OpenDataSettings settings) {
    this.limiter = requireNonNull(limiter, "limiter is null");
    this.settings = requireNonNull(settings, "settings is null");
  }

  /**
   * @throws ProblemException 429 with when to come again
   */
  void take(HttpServletRequest request) {
    Decision decision =
        limiter.publicDownload(
            request.getRemoteAddr(), settings.tokens(), settings.tokensPerSecond());
    if (decision instanceof Decision.Refused refused) {
      throw new ProblemException(
          StandardProblems.TOO_MANY_REQUESTS,
          Map.of(HttpHeaders.RETRY_AFTER, Long.toString(refused.retryAfterS())));
    }
  }
}
