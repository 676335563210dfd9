package org.yuanliu.platform.access;

import static java.util.Objects.requireNonNull;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerMapping;
import org.yuanliu.platform.problem.RequestId;

/**
 * Notes every request to the guarded addresses, also those that were refused. The public pages are
 * not noted: what is on them is public, and a list of who looked at what would be a file on people.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 10)
class AuditFilter extends OncePerRequestFilter {
  /** Long enough for any code; a longer address is cut. */
  static final int MAX_OBJECT_LENGTH = 500;

  static final int MAX_ROUTE_LENGTH = 200;

  private final AuditTrail trail;
  private final ObjectProvider<PersonalWords> words;
  private final Clock clock;

  AuditFilter(AuditTrail trail, ObjectProvider<PersonalWords> words, Clock clock) {
    this.trail = requireNonNull(trail, "trail is null");
    this.words = requireNonNull(words, "words is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    String path = request.getRequestURI();
    return !(path.startsWith("/api/v1/")
        || path.startsWith("/epcis")
        || (path.startsWith("/actuator/") && !path.startsWith("/actuator/health")));
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    boolean completed = false;
    try {
      chain.doFilter(request, response);
      completed = true;
    } finally {
      trail.add(describe(request, completed ? response.getStatus() : 500));
    }
  }

  private AuditRecord describe(HttpServletRequest request, int status) {
    Caller caller = Callers.of(request);
    Object pattern = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
    AuditedAddress address = new AuditedAddress(words.getIfAvailable());
    String route = pattern == null ? address.path(request.getRequestURI()) : pattern.toString();
    return new AuditRecord(
        clock.instant(),
        RequestId.of(request),
        caller == null ? null : caller.account(),
        caller == null ? null : caller.party(),
        role(caller),
        Callers.keyOf(request),
        request.getRemoteAddr(),
        request.getMethod(),
        cut(route, MAX_ROUTE_LENGTH),
        object(request, address),
        status,
        outcome(status));
  }

  /**
   * Path variables and query parameters by name: codes, filters, pages. Bodies are never read, and
   * what is a person's is not kept in clear.
   */
  private static @Nullable String object(HttpServletRequest request, AuditedAddress address) {
    Map<String, String> values = new TreeMap<>();
    if (request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE)
        instanceof Map<?, ?> variables) {
      variables.forEach((name, value) -> values.put(String.valueOf(name), String.valueOf(value)));
    }
    String query = AuditNotes.hidesQuery(request) ? null : request.getQueryString();
    String object = address.object(values, AuditNotes.of(request), query);
    return object == null ? null : cut(object, MAX_OBJECT_LENGTH);
  }

  static String role(@Nullable Caller caller) {
    if (caller == null) {
      return "anonymous";
    }
    return switch (caller.viewer()) {
      case Viewer.Consumer consumer -> "consumer";
      case Viewer.PublicPage page -> "public-page";
      case Viewer.Enterprise enterprise -> "enterprise";
      case Viewer.Regulator regulator -> "regulator";
      case Viewer.Operator operator ->
          caller.permissions().stream()
              .filter(Permission::isDuty)
              .findFirst()
              .map(duty -> "operator:" + duty.name().toLowerCase(Locale.ROOT))
              .orElse("operator");
    };
  }

  private static String outcome(int status) {
    return status < 400 ? "done" : status < 500 ? "refused" : "failed";
  }

  /** PostgreSQL keeps no NUL in text, and an address may hold one, encoded or not. */
  private static String cut(String text, int max) {
    String clean = text.replace('\0', '?');
    return clean.length() <= max ? clean : clean.substring(0, max);
  }
}
