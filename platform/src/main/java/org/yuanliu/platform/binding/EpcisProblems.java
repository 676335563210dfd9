package org.yuanliu.platform.binding;

import java.util.List;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.yuanliu.epcis.Violation;
import org.yuanliu.epcis.ViolationCode;
import org.yuanliu.platform.problem.Problem;
import org.yuanliu.platform.problem.Problem.Detail;
import org.yuanliu.platform.problem.ProblemException;

/**
 * Refusals of the EPCIS interface. Their type is the exception that the standard names for the
 * status (EPCIS 2.0 §12; {@code epcisException:…}); each detail has a type of our own that names
 * the rule.
 */
public final class EpcisProblems {
  public static final String VALIDATION = "epcisException:ValidationException";
  public static final String SECURITY = "epcisException:SecurityException";
  public static final String EXISTS = "epcisException:ResourceAlreadyExistsException";
  private static final String LIMIT = "epcisException:CaptureLimitExceededException";
  private static final String QUERY_PARAMETER = "epcisException:QueryParameterException";
  private static final String QUERY_VALIDATION = "epcisException:QueryValidationException";
  private static final String TOO_COMPLEX = "epcisException:QueryTooComplexException";
  private static final String TOO_LARGE = "epcisException:QueryTooLargeException";
  private static final String NOT_FOUND = "epcisException:NoSuchNameException";
  private static final String NOT_ACCEPTABLE = "epcisException:NotAcceptableException";
  private static final String MEDIA_TYPE = "epcisException:UnsupportedMediaTypeException";
  private static final String BUSY = "too-busy";

  /** About what the documents before it take to be committed. */
  private static final String RETRY_AFTER_S = "2";

  private EpcisProblems() {}

  /** What the reader found; past a limit of size the status says so. */
  public static Problem refused(List<Violation> violations) {
    boolean tooLarge =
        violations.stream()
            .allMatch(
                violation ->
                    violation.code().equals(ViolationCode.DOCUMENT_TOO_LARGE.code())
                        || violation.code().equals(ViolationCode.TOO_MANY_EVENTS.code()));
    List<Detail> details =
        violations.stream().map(v -> new Detail(v.code(), v.pointer(), v.zh(), v.en())).toList();
    return tooLarge ? tooLarge(details) : invalid(details);
  }

  public static Problem invalid(List<Detail> details) {
    return new Problem(
        VALIDATION,
        400,
        "文档不符合规定，未登记任何内容。",
        "The document breaks the rules; nothing of it was stored.",
        details);
  }

  public static Problem tooLarge(List<Detail> details) {
    return new Problem(
        LIMIT,
        413,
        "文档超过上限，未登记任何内容。请分成几份再报。",
        "The document is over the limits; nothing of it was stored. Send it in parts.",
        details);
  }

  public static Problem noMandate(List<Detail> details) {
    return new Problem(
        SECURITY,
        403,
        "没有代报授权，未登记任何内容。",
        "There is no mandate to report for this party; nothing was stored.",
        details);
  }

  public static Problem conflict(List<Detail> details) {
    return new Problem(
        EXISTS,
        409,
        "已有同一标识而内容不同的记录，未登记任何内容。",
        "A record with the same identity says something else; nothing was stored.",
        details);
  }

  public static ProblemException forbidden() {
    return new ProblemException(
        Problem.of(SECURITY, 403, "该凭证无此权限。", "This credential has no permission for this."));
  }

  /** Absent, or not for this viewer: nobody can tell which. */
  public static ProblemException notFound() {
    return new ProblemException(Problem.of(NOT_FOUND, 404, "没有找到。", "There is no such resource."));
  }

  public static ProblemException notAcceptable(String zh, String en) {
    return new ProblemException(Problem.of(NOT_ACCEPTABLE, 406, zh, en));
  }

  public static ProblemException mediaType(String zh, String en) {
    return new ProblemException(Problem.of(MEDIA_TYPE, 415, zh, en));
  }

  public static ProblemException parameter(String name, String zh, String en) {
    return new ProblemException(
        Problem.of(QUERY_PARAMETER, 400, "参数 " + name + "：" + zh, "Parameter " + name + ": " + en));
  }

  public static ProblemException addressTooLong() {
    return new ProblemException(
        Problem.of(
            "epcisException:URITooLongException",
            414,
            "地址过长，请改用命名查询（POST /epcis/queries）。",
            "The address is too long; use a named query (POST /epcis/queries)."));
  }

  /** A request whose body is not what is due. */
  public static Problem invalidRequest(String zh, String en) {
    return Problem.of(VALIDATION, 400, zh, en);
  }

  /** A query that is none, as a whole. */
  public static Problem queryInvalid(String zh, String en) {
    return Problem.of(QUERY_VALIDATION, 400, zh, en);
  }

  public static ProblemException queryTooComplex(String zh, String en) {
    return new ProblemException(Problem.of(TOO_COMPLEX, 413, zh, en));
  }

  public static ProblemException queryTooLarge(int maxCount) {
    return new ProblemException(
        Problem.of(
            TOO_LARGE,
            413,
            "结果超过 maxEventCount（" + maxCount + "）。",
            "There are more results than maxEventCount (" + maxCount + ")."));
  }

  /** More than one answer without pages may hold. */
  public static ProblemException queryTooLargeFor(int most) {
    return new ProblemException(
        Problem.of(
            TOO_LARGE,
            413,
            "结果超过一次应答的上限（" + most + " 个事件），请缩小范围或使用 eventCountLimit。",
            "There are more results than one answer may hold ("
                + most
                + " events); narrow the query or use eventCountLimit."));
  }

  public static ProblemException exists(String zh, String en) {
    return new ProblemException(Problem.of(EXISTS, 409, zh, en));
  }

  public static ProblemException header(String name, String zh, String en) {
    return new ProblemException(
        Problem.of(VALIDATION, 400, "请求头 " + name + "：" + zh, "Header " + name + ": " + en));
  }

  public static ProblemException busy() {
    return new ProblemException(
        Problem.of(
            BUSY,
            503,
            "正在处理的文档过多，未登记任何内容，请稍后重发。",
            "Too many documents are being processed; nothing was stored, send it again later."),
        Map.of(HttpHeaders.RETRY_AFTER, RETRY_AFTER_S));
  }
}
