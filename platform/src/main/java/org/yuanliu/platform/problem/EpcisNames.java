package org.yuanliu.platform.problem;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * Under {@code /epcis} a refusal has the name that the standard gives to its status (EPCIS 2.0 §12;
 * openapi.yaml, responses), whichever layer refused.
 */
final class EpcisNames {
  private static final String ROOT = "/epcis";

  private EpcisNames() {}

  /** Whether the request is to the EPCIS interface. */
  static boolean applyTo(HttpServletRequest request) {
    String path = request.getRequestURI();
    return path.equals(ROOT) || path.startsWith(ROOT + "/");
  }

  static Problem named(Problem problem, HttpServletRequest request) {
    String name =
        applyTo(request) && problem.code().indexOf(':') < 0 ? name(problem.status()) : null;
    return name == null
        ? problem
        : new Problem(
            "epcisException:" + name,
            problem.status(),
            problem.zh(),
            problem.en(),
            problem.details());
  }

  private static @Nullable String name(int status) {
    return switch (status) {
      case 400 -> "ValidationException";
      case 401, 403 -> "SecurityException";
      case 404 -> "NoSuchNameException";
      case 406 -> "NotAcceptableException";
      case 414 -> "URITooLongException";
      case 415 -> "UnsupportedMediaTypeException";
      case 500, 501 -> "ImplementationException";
      // 503 and others keep ours, which say more than the standard does.
      default -> null;
    };
  }
}
