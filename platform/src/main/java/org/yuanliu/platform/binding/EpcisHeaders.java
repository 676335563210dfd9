package org.yuanliu.platform.binding;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.resource.ResourceHttpRequestHandler;
import org.yuanliu.epcis.YlVocabulary;

/**
 * The headers of the EPCIS interface: tells versions and forms on every answer, and refuses what a
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
  static final String VENDOR_VERSION = "GS1-Vendor-Version";
  static final String TOKEN_EXPIRES = "GS1-Next-Page-Token-Expires";

  /** Of this interface beyond the standard. */
  public static final String VENDOR = "yuanliu-1";

  /**
   * Chars of an address with its query: the web server refuses a head of some more without a word.
   */
  static final int MAX_ADDRESS = 12_000;

  @Override
  public boolean preHandle(
      HttpServletRequest request, HttpServletResponse response, Object handler) {
    response.setHeader(EPCIS_VERSION, Negotiated.VERSION);
    response.setHeader(CBV_VERSION, Negotiated.VERSION);
    response.setHeader(EXTENSIONS, YlVocabulary.PREFIX + "=" + YlVocabulary.NAMESPACE);
    if (HttpMethod.OPTIONS.matches(request.getMethod())) {
      discover(response);
    }
    String query = request.getQueryString();
    if (request.getRequestURI().length() + (query == null ? 0 : query.length()) > MAX_ADDRESS) {
      throw EpcisProblems.addressTooLong();
    }
    if (handler instanceof ResourceHttpRequestHandler) {
      // An address that there is not: 404 whatever form is asked for.
      return true;
    }
    Negotiated agreed = Negotiated.negotiate(request);
    response.setHeader(EPCIS_VERSION, agreed.version());
    if (HttpMethod.GET.matches(request.getMethod())) {
      response.setHeader(EPC_FORMAT, agreed.epcs().value());
    }
    return true;
  }

  private static void discover(HttpServletResponse response) {
    response.setHeader(EPCIS_MIN, Negotiated.VERSION_1);
    response.setHeader(EPCIS_MAX, Negotiated.VERSION);
    response.setHeader(CBV_MIN, Negotiated.VERSION_1);
    response.setHeader(CBV_MAX, Negotiated.VERSION);
    response.setHeader(EPC_FORMAT, EpcFormat.NO_PREFERENCE.value());
    response.setHeader(Negotiated.CBV_XML_FORMAT, "No_Preference");
    response.setHeader(VENDOR_VERSION, VENDOR);
  }

  /**
   * The form of identifiers that the request asks for; Digital Links where it asks for none, as the
   * standard's interface description has it.
   *
   * @throws org.yuanliu.platform.problem.ProblemException 406 where there is no such form
   */
  static EpcFormat epcFormat(HttpServletRequest request) {
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
