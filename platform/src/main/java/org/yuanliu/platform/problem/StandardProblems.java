package org.yuanliu.platform.problem;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.validation.FieldError;
import org.springframework.validation.ObjectError;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.yuanliu.platform.journal.JournalUnavailableException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamReadException;

/** The problems that are no capability's own. Their codes never change. */
public final class StandardProblems {
  /** Enough to mend a request in one go. */
  private static final int MAX_DETAILS = 100;

  public static final Problem NOT_FOUND = Problem.of("not-found", 404, "没有找到。", "Not found.");

  public static final Problem UNAUTHENTICATED =
      Problem.of("unauthenticated", 401, "请先登录，或提供有效的接口密钥。", "Sign in, or send a valid API key.");

  public static final Problem FORBIDDEN =
      Problem.of("forbidden", 403, "您的账号没有此项权限。", "Your account has no permission for this.");

  public static final Problem CSRF =
      Problem.of(
          "csrf",
          403,
          "请求缺少有效的防伪令牌，请刷新页面后重试。",
          "The request lacks a valid anti-forgery token; reload the page and try again.");

  public static final Problem TOO_MANY_REQUESTS =
      Problem.of("too-many-requests", 429, "请求过于频繁，请稍后再试。", "Too many requests; try again later.");

  private static final Problem INTERNAL =
      Problem.of(
          "internal",
          500,
          "系统出现意外错误，请把请求编号告诉管理员。",
          "Something unexpected happened; give the request id to the administrator.");

  private StandardProblems() {}

  /**
   * Why the journal does not store. Only where it is certain is it said that nothing was stored.
   */
  static Problem unavailable(JournalUnavailableException.Kind kind) {
    return switch (kind) {
      case NOTHING_STORED ->
          Problem.of(
              "journal-unavailable",
              503,
              "暂时无法保存，未登记任何内容，请稍后重发。",
              "Nothing can be stored now and nothing was; send it again later.");
      case NO_ROOM ->
          Problem.of(
              "storage-full",
              503,
              "存储空间不足，未登记任何内容，请稍后重发并通知平台管理员。",
              "The storage is full and nothing was stored; send it again later and tell the"
                  + " platform's operator.");
      case WITNESSES_LACKING ->
          Problem.of(
              "witnesses-lacking",
              503,
              "见证方超过规定时间未会签，平台按设定暂停收取，未登记任何内容；请稍后重发，并通知平台管理员。",
              "The log's witnesses have not cosigned it for longer than is allowed; so nothing is"
                  + " taken, and nothing was stored. Send it again later and tell the platform's"
                  + " operator.");
      case LOG_CONTRADICTED ->
          Problem.of(
              "log-contradicted",
              503,
              "数据库中的日志与曾经公布的检查点不符，平台已停止收取，未登记任何内容；请通知平台管理员。",
              "The log in the database does not continue what was published of it; so nothing is"
                  + " taken, and nothing was stored. Tell the platform's operator.");
      case UNCERTAIN ->
          Problem.of(
              "storage-uncertain",
              503,
              "无法确认是否已经登记，请稍后原样重发：相同内容不会重复登记。",
              "It is not certain whether this was stored; send the same again later: it is not"
                  + " stored twice.");
    };
  }

  /** A place in a request's body that is wrong. */
  public static Problem invalid(@Nullable String pointer, String code, String zh, String en) {
    return new Problem(
        "invalid-request",
        400,
        "请求内容有误。",
        "The request is not valid.",
        List.of(new Problem.Detail(code, pointer, zh, en)));
  }

  /** The problem of an exception of the web framework, by what it is, else by its status. */
  static Problem of(Exception e, int status) {
    return switch (e) {
      case HttpMessageNotReadableException unreadable -> unreadable(unreadable);
      case MethodArgumentNotValidException invalid ->
          invalid(invalid.getBindingResult().getAllErrors());
      case HandlerMethodValidationException invalid -> parameters(invalid);
      case MethodArgumentTypeMismatchException mismatch -> parameter(mismatch.getName());
      case MissingServletRequestParameterException missing -> parameter(missing.getParameterName());
      default -> of(status);
    };
  }

  /** A problem that tells no more than its status. */
  public static Problem of(int status) {
    return switch (status) {
      case 400 -> Problem.of("bad-request", 400, "请求有误。", "The request is not valid.");
      case 401 -> UNAUTHENTICATED;
      case 403 -> FORBIDDEN;
      case 404 -> NOT_FOUND;
      case 405 ->
          Problem.of("method-not-allowed", 405, "此地址不支持该请求方法。", "The address has no such method.");
      case 406 ->
          Problem.of("not-acceptable", 406, "无法提供所要求的格式。", "The format asked for cannot be given.");
      case 408 -> Problem.of("request-timeout", 408, "请求超时。", "The request took too long.");
      case 411 -> Problem.of("length-required", 411, "请求缺少长度。", "The request has no length.");
      case 413 -> Problem.of("too-large", 413, "内容超过允许的大小。", "The content is too large.");
      case 414 -> Problem.of("uri-too-long", 414, "地址过长。", "The address is too long.");
      case 415 ->
          Problem.of(
              "unsupported-media-type", 415, "不支持该内容类型。", "The content type is not supported.");
      case 429 -> TOO_MANY_REQUESTS;
      case 431 -> Problem.of("headers-too-large", 431, "请求头过大。", "The headers are too large.");
      case 503 ->
          Problem.of("unavailable", 503, "服务暂时不可用，请稍后再试。", "Not available now; try again later.");
      default ->
          status >= 400 && status < 500
              ? Problem.of("bad-request", status, "请求有误。", "The request is not valid.")
              : INTERNAL;
    };
  }

  private static Problem unreadable(HttpMessageNotReadableException e) {
    if (!(e.getCause() instanceof JacksonException json)) {
      return Problem.of("malformed-body", 400, "请求内容无法读取。", "The body cannot be read.");
    }
    String pointer = pointer(json);
    return json instanceof StreamReadException
        ? new Problem(
            "malformed-json",
            400,
            "请求内容不是合法的JSON。",
            "The body is not valid JSON.",
            List.of(
                new Problem.Detail(
                    "malformed-json",
                    pointer,
                    "第%d行第%d列附近有语法错误。"
                        .formatted(
                            json.getLocation().getLineNr(), json.getLocation().getColumnNr()),
                    "There is a syntax error near line %d, column %d."
                        .formatted(
                            json.getLocation().getLineNr(), json.getLocation().getColumnNr()))))
        : invalid(
            pointer,
            "wrong-type",
            "此处的值类型不对、缺失或不被接受。",
            "The value here is missing, of a wrong type, or not accepted.");
  }

  /** RFC 6901, from where the decoder stood. */
  private static String pointer(JacksonException e) {
    StringBuilder pointer = new StringBuilder();
    for (JacksonException.Reference step : e.getPath()) {
      pointer.append('/');
      if (step.getPropertyName() != null) {
        pointer.append(step.getPropertyName().replace("~", "~0").replace("/", "~1"));
      } else {
        pointer.append(step.getIndex());
      }
    }
    return pointer.toString();
  }

  private static Problem invalid(List<? extends ObjectError> errors) {
    List<Problem.Detail> details = new ArrayList<>();
    for (ObjectError error : errors) {
      String pointer =
          error instanceof FieldError field
              ? "/" + field.getField().replace('.', '/').replace("[", "/").replace("]", "")
              : null;
      details.add(
          new Problem.Detail(
              "invalid-value", pointer, "此处的值不符合要求。", "The value here is not accepted."));
      if (details.size() == MAX_DETAILS) {
        break;
      }
    }
    return new Problem("invalid-request", 400, "请求内容有误。", "The request is not valid.", details);
  }

  private static Problem parameters(HandlerMethodValidationException e) {
    List<Problem.Detail> details =
        e.getParameterValidationResults().stream()
            .limit(MAX_DETAILS)
            .map(result -> parameterDetail(result.getMethodParameter().getParameterName()))
            .toList();
    return new Problem("invalid-request", 400, "请求参数有误。", "A parameter is not valid.", details);
  }

  private static Problem parameter(String name) {
    return new Problem(
        "invalid-request",
        400,
        "请求参数有误。",
        "A parameter is not valid.",
        List.of(parameterDetail(name)));
  }

  private static Problem.Detail parameterDetail(@Nullable String name) {
    String known = name == null ? "?" : name;
    return new Problem.Detail(
        "invalid-parameter",
        null,
        "参数 %s 缺失或不符合要求。".formatted(known),
        "The parameter %s is missing or not accepted.".formatted(known));
  }
}
