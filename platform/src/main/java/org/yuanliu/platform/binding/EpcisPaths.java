package org.yuanliu.platform.binding;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import org.springframework.web.util.UriUtils;

/** Addresses of the EPCIS interface (EPCIS 2.0 §12). */
public final class EpcisPaths {
  public static final String ROOT = "/epcis";
  public static final String CAPTURE = ROOT + "/capture";
  public static final String EVENTS = ROOT + "/events";
  public static final String EPCS = ROOT + "/epcs";
  public static final String QUERIES = ROOT + "/queries";

  public static final String EVENT_TYPES = ROOT + "/eventTypes";
  public static final String BIZ_STEPS = ROOT + "/bizSteps";
  public static final String BIZ_LOCATIONS = ROOT + "/bizLocations";
  public static final String READ_POINTS = ROOT + "/readPoints";
  public static final String DISPOSITIONS = ROOT + "/dispositions";

  /** The SOAP binding, which has no headers of its own and negotiates nothing. */
  public static final String SOAP = ROOT + "/soap";

  public static final String NEXT_PAGE_TOKEN = ROOT + "/nextPageToken";
  private static final String EVENTS_SUFFIX = "/events";

  private EpcisPaths() {}

  /** Whether the address gives what has a form in XML: events, a capture job, the resources. */
  static boolean givesXml(HttpServletRequest request) {
    String path = request.getRequestURI();
    return path.equals(ROOT)
        || path.equals(ROOT + "/")
        || path.endsWith(EVENTS_SUFFIX)
        || path.startsWith(EVENTS + "/")
        || path.startsWith(CAPTURE + "/");
  }

  /** An identifier as one segment of a path: nothing but unreserved characters stays as it is. */
  public static String encoded(String id) {
    return UriUtils.encode(id, StandardCharsets.UTF_8);
  }

  /** What {@link #encoded} encoded. */
  public static String decoded(String segment) {
    return UriUtils.decode(segment, StandardCharsets.UTF_8);
  }

  /**
   * What stands in the path between its beginning and its end, decoded once. Taken from the raw
   * path: the web framework would split it at slashes and cut it at semicolons.
   *
   * @throws org.yuanliu.platform.problem.ProblemException 404 where there is nothing between them
   */
  public static String identifier(HttpServletRequest request, String before, String after) {
    String path = request.getRequestURI();
    if (path.length() <= before.length() + after.length()
        || !path.startsWith(before)
        || !path.endsWith(after)) {
      throw EpcisProblems.notFound();
    }
    String raw = path.substring(before.length(), path.length() - after.length());
    try {
      return UriUtils.decode(raw, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw EpcisProblems.notFound();
    }
  }
}
