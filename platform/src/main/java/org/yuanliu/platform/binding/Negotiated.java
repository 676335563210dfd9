package org.yuanliu.platform.binding;

import static java.util.Objects.requireNonNull;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.yuanliu.epcis.CbvForm;
import org.yuanliu.epcis.Syntax;
import org.yuanliu.platform.problem.EpcisXml;

/**
 * What a request and this server have agreed on by its headers (EPCIS 2.0 §12.2 and §12.3).
 *
 * @param version of EPCIS in the answer: 2.0.0, or 1.2.0 for XML that is asked for so
 * @param syntax of events in the answer
 * @param cbv the form of vocabulary in XML
 * @param epcs the form of identifiers
 */
public record Negotiated(String version, Syntax syntax, CbvForm cbv, EpcFormat epcs) {
  static final String VERSION = "2.0.0";
  static final String VERSION_1 = "1.2.0";
  static final String CBV_XML_FORMAT = "GS1-CBV-XML-Format";
  private static final String ATTRIBUTE = Negotiated.class.getName();

  public Negotiated {
    requireNonNull(version, "version is null");
    requireNonNull(syntax, "syntax is null");
    requireNonNull(cbv, "cbv is null");
    requireNonNull(epcs, "epcs is null");
  }

  /** What was agreed on when the request came in. */
  public static Negotiated of(HttpServletRequest request) {
    return request.getAttribute(ATTRIBUTE) instanceof Negotiated negotiated
        ? negotiated
        : negotiate(request);
  }

  /**
   * @throws org.yuanliu.platform.problem.ProblemException 406 where it asks for what there is not
   */
  static Negotiated negotiate(HttpServletRequest request) {
    boolean xml = xml(request);
    CbvForm cbv = cbvForm(request);
    EpcFormat epcs = EpcisHeaders.epcFormat(request);
    boolean sends = HttpMethod.POST.matches(request.getMethod());
    boolean sendsXml = sends && isXml(request.getContentType());
    Versions epcis =
        Versions.of(
            request, EpcisHeaders.EPCIS_VERSION, EpcisHeaders.EPCIS_MIN, EpcisHeaders.EPCIS_MAX);
    boolean second = epcis.includes(VERSION);
    boolean first = (xml || sendsXml) && epcis.includes(VERSION_1);
    if (!second && !first) {
      throw epcis.refused(VERSION);
    }
    Versions words =
        Versions.of(request, EpcisHeaders.CBV_VERSION, EpcisHeaders.CBV_MIN, EpcisHeaders.CBV_MAX);
    if (!words.includes(VERSION) && !(first && words.includes(VERSION_1))) {
      throw words.refused(VERSION);
    }
    Syntax syntax = !xml ? Syntax.JSON_LD : second ? Syntax.XML_2_0 : Syntax.XML_1_2;
    Negotiated agreed =
        new Negotiated(second ? VERSION : VERSION_1, syntax, second ? cbv : CbvForm.URN, epcs);
    request.setAttribute(ATTRIBUTE, agreed);
    return agreed;
  }

  private static boolean isXml(@org.jspecify.annotations.Nullable String contentType) {
    return contentType != null
        && org.yuanliu.epcis.DocumentFormat.ofMediaType(contentType)
            == org.yuanliu.epcis.DocumentFormat.XML;
  }

  private static CbvForm cbvForm(HttpServletRequest request) {
    String header = request.getHeader(CBV_XML_FORMAT);
    return switch (header) {
      // XML was read into one form of vocabulary: what it was written in is not kept.
      case null -> CbvForm.WEB_URI;
      case "No_Preference", "Always_Web_URI", "Never_Translates" -> CbvForm.WEB_URI;
      case "Always_URN" -> CbvForm.URN;
      default ->
          throw EpcisProblems.notAcceptable(
              "请求头 " + CBV_XML_FORMAT + "：没有这种形式。",
              "Header " + CBV_XML_FORMAT + ": there is no such form.");
    };
  }

  /** Whether the answer is XML: JSON wherever it will do as well. */
  private static boolean xml(HttpServletRequest request) {
    String accept = request.getHeader(HttpHeaders.ACCEPT);
    if (accept == null || accept.isBlank()) {
      return false;
    }
    try {
      boolean takesXml = false;
      for (MediaType type : EpcisXml.byPreference(accept)) {
        if (type.includes(MediaType.APPLICATION_JSON)
            || type.includes(MediaTypes.LD_JSON)
            || type.includes(MediaType.APPLICATION_PROBLEM_JSON)) {
          return false;
        }
        boolean isXml =
            type.includes(MediaType.APPLICATION_XML) || type.includes(MediaType.TEXT_XML);
        if (isXml && EpcisPaths.givesXml(request)) {
          return true;
        }
        takesXml |= isXml;
      }
      if (takesXml && !reads(request)) {
        return false; // What is sent in counts: the answer says where it is, and little else.
      }
    } catch (InvalidMediaTypeException e) {
      // Refused below, like any other that cannot be given.
    }
    throw EpcisProblems.notAcceptable(
        "此地址提供 application/json、application/ld+json；事件、报送任务和资源目录另有 application/xml。",
        "application/json and application/ld+json are given; events, capture jobs and the list of"
            + " resources as application/xml too.");
  }

  private static boolean reads(HttpServletRequest request) {
    return HttpMethod.GET.matches(request.getMethod())
        || HttpMethod.HEAD.matches(request.getMethod());
  }
}
