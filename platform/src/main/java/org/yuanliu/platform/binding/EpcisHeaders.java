package org.yuanliu.platform.binding;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerInterceptor;
import org.yuanliu.epcis.YlVocabulary;

/**
 * The headers of the EPCIS interface: tells versions and limits on every answer, and refuses what a
 * request asks for and cannot get, rather than to give something else in silence.
 */
@Component
public final class EpcisHeaders implements HandlerInterceptor {
  static final String EPCIS_VERSION = "GS1-EPCIS-Version";
  static final String EPCIS_MIN = "GS1-EPCIS-Min";
  static final String EPCIS_MAX = "GS1-EPCIS-Max";
  static final String CBV_VERSION = "GS1-CBV-Version";
  static final String CBV_MIN = "GS1-CBV-Min";
  static final String CBV_MAX = "GS1-CBV-Max";
  static final String EXTENSIONS = "GS1-Extensions";
  static final String EPC_FORMAT = "GS1-EPC-Format";
  static final String TOKEN_EXPIRES = "GS1-Next-Page-Token-Expires";

  static final String VERSION = "2.0.0";

  /** More digits than any version has. */
  private static final int MAX_VERSION_LENGTH = 16;

  @Override
  public boolean preHandle(
      HttpServletRequest request, HttpServletResponse response, Object handler) {
    tell(request, response);
    checkAccept(request.getHeader(HttpHeaders.ACCEPT));
    checkVersion(request, EPCIS_VERSION, EPCIS_MIN, EPCIS_MAX);
    checkVersion(request, CBV_VERSION, CBV_MIN, CBV_MAX);
    epcFormat(request);
    return true;
  }

  private void tell(HttpServletRequest request, HttpServletResponse response) {
    response.setHeader(EPCIS_VERSION, VERSION);
    response.setHeader(CBV_VERSION, VERSION);
    response.setHeader(EXTENSIONS, YlVocabulary.PREFIX + "=" + YlVocabulary.NAMESPACE);
    boolean discovers = HttpMethod.OPTIONS.matches(request.getMethod());
    if (discovers) {
      response.setHeader(EPCIS_MIN, VERSION);
      response.setHeader(EPCIS_MAX, VERSION);
      response.setHeader(CBV_MIN, VERSION);
      response.setHeader(CBV_MAX, VERSION);
    }
    if (discovers) {
      response.setHeader(EPC_FORMAT, EpcFormat.NO_PREFERENCE.value());
    } else if (HttpMethod.GET.matches(request.getMethod())) {
      response.setHeader(EPC_FORMAT, epcFormat(request).value());
    }
  }

  private static void checkAccept(@Nullable String accept) {
    if (accept == null || accept.isBlank()) {
      return;
    }
    try {
      List<MediaType> wanted = MediaType.parseMediaTypes(accept);
      if (wanted.stream()
          .anyMatch(
              type ->
                  type.includes(MediaType.APPLICATION_JSON) || type.includes(MediaTypes.LD_JSON))) {
        return;
      }
    } catch (InvalidMediaTypeException e) {
      // Refused below, like any other that cannot be given.
    }
    throw EpcisProblems.notAcceptable(
        "只提供 application/json 和 application/ld+json。",
        "Only application/json and application/ld+json are given.");
  }

  private static void checkVersion(
      HttpServletRequest request, String exact, String min, String max) {
    String wanted = request.getHeader(exact);
    if (wanted != null && !isOurs(exact, wanted)) {
      throw otherVersion(exact);
    }
    String from = request.getHeader(min);
    if (from != null && compare(min, from, VERSION) > 0) {
      throw otherVersion(min);
    }
    String to = request.getHeader(max);
    if (to != null && compare(max, to, VERSION) < 0 && !isOurs(max, to)) {
      throw otherVersion(max);
    }
  }

  /** 2, 2.0 and 2.0.x are one version: the third number tells editions of the text. */
  private static boolean isOurs(String header, String version) {
    int[] parts = parts(header, version);
    return parts[0] == 2 && parts[1] == 0;
  }

  private static int compare(String header, String a, String b) {
    return java.util.Arrays.compare(parts(header, a), parts(header, b));
  }

  private static int[] parts(String header, String version) {
    String[] texts = version.split("\\.", -1);
    if (version.length() > MAX_VERSION_LENGTH || texts.length > 3) {
      throw notAVersion(header);
    }
    int[] parts = new int[3];
    for (int i = 0; i < texts.length; i++) {
      String text = texts[i];
      if (text.isEmpty()
          || text.length() > 9
          || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
        throw notAVersion(header);
      }
      parts[i] = Integer.parseInt(text);
    }
    return parts;
  }

  private static RuntimeException notAVersion(String header) {
    return EpcisProblems.notAcceptable(
        "请求头 " + header + " 不是版本号。", "Header " + header + " is not a version.");
  }

  private static RuntimeException otherVersion(String header) {
    return EpcisProblems.notAcceptable(
        "请求头 " + header + "：只提供 " + VERSION + " 版。",
        "Header " + header + ": only version " + VERSION + " is given.");
  }

  /**
   * The form of identifiers that the request asks for; Digital Links where it asks for none, as the
   * standard's interface description has it.
   *
   * @throws org.yuanliu.platform.problem.ProblemException 406 where there is no such form
   */
  public static EpcFormat epcFormat(HttpServletRequest request) {
    String header = request.getHeader(EPC_FORMAT);
    EpcFormat format =
        header == null ? EpcFormat.ALWAYS_GS1_DIGITAL_LINK : EpcFormat.ofValue(header);
    if (format == null) {
      throw EpcisProblems.notAcceptable(
          "请求头 " + EPC_FORMAT + "：没有这种形式。", "Header " + EPC_FORMAT + ": there is no such form.");
    }
    return format;
  }
}
