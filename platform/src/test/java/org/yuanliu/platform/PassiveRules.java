package org.yuanliu.platform;

import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What a scanner looks for in answers without sending anything of its own, after the passive rules
 * of OWASP ZAP, whose numbers stand beside each. ZAP itself is not used: its rules are not to be
 * had from a package registry. Rules for other servers' habits (ASP.NET view state, JSF, Java
 * serialisation in forms) are left out; HSTS is {@code TlsTest}'s.
 */
final class PassiveRules {
  private static final Pattern PAGE = Pattern.compile("text/html.*");
  private static final Pattern READABLE = Pattern.compile("(?:text/|application/).*");

  /** 90022, 10023: how errors of frameworks and databases look. */
  private static final Pattern ERROR =
      Pattern.compile(
          "at (?:org|java|jdk|jakarta|tools)\\.[\\w.$]+\\([\\w.]+:\\d+\\)|[a-z]+\\.[A-Za-z.]+Exception\\b|PSQLException|SQLSTATE|ERROR:"
              + " (?:relation|column|syntax)|Whitelabel Error Page|Apache Tomcat/|HTTP Status"
              + " [45]\\d\\d");

  /** 2: addresses of a network behind the door. */
  private static final Pattern PRIVATE_ADDRESS =
      Pattern.compile(
          "(?<![\\d.])(?:10\\.\\d{1,3}|192\\.168|172\\.(?:1[6-9]|2\\d|3[01]))\\.\\d{1,3}\\.\\d{1,3}(?![\\d.])");

  /** 10097: bcrypt, Argon2 and the like. */
  private static final Pattern DIGEST_OF_PASSWORD =
      Pattern.compile("\\$2[aby]?\\$\\d\\d\\$|\\$argon2(?:id|i|d)\\$");

  /** 10017, 10040, 10062: scripts of others, plain addresses in a page, keys in the open. */
  private static final Pattern FOREIGN_PART =
      Pattern.compile(
          "<(?:script|link|img|iframe)[^>]+(?:src|href)=[\"'](?:https?:)?//[^\"']+",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern PRIVATE_KEY = Pattern.compile("-----BEGIN [A-Z ]*PRIVATE KEY-----");

  /** 10027, 10110: what a developer left behind. */
  private static final Pattern REMARK =
      Pattern.compile("<!--[^>]*\\b(?:TODO|FIXME|XXX|HACK|password)\\b", Pattern.CASE_INSENSITIVE);

  /** Our own policy forbids it anyway. */
  private static final Pattern SCRIPT_IN_PAGE =
      Pattern.compile(
          "<script(?![^>]*\\bsrc=)(?![^>]*type=[\"']application/)|\\son[a-z]+=[\"']|javascript:",
          Pattern.CASE_INSENSITIVE);

  private static final String PRIVATE = "2 a private address";

  /** For the system administrator alone. */
  private static final String SETTINGS = "/api/v1/operations/settings";

  private PassiveRules() {}

  /**
   * @param signedIn whether the answer is somebody's own, so that nobody may keep it
   */
  static List<String> findings(HttpResponse<String> answer, boolean signedIn) {
    List<String> found = new ArrayList<>();
    HttpHeaders headers = answer.headers();
    String type = headers.firstValue("content-type").orElse("").toLowerCase(Locale.ROOT);
    String body = READABLE.matcher(type).matches() ? answer.body() : "";
    if (!answer.body().isEmpty() && type.isEmpty()) {
      found.add("10019 no content type");
    }
    if (!headers.firstValue("x-content-type-options").orElse("").equals("nosniff")) {
      found.add("10021 X-Content-Type-Options");
    }
    if (!headers.firstValue("x-frame-options").orElse("").equals("DENY")) {
      found.add("10020 X-Frame-Options");
    }
    String csp = headers.firstValue("content-security-policy").orElse("");
    if (csp.isEmpty() || csp.contains("unsafe-") || csp.contains("*")) {
      found.add("10038, 10055 Content-Security-Policy " + csp);
    }
    if (headers.firstValue("permissions-policy").isEmpty()) {
      found.add("10063 Permissions-Policy");
    }
    if (headers.firstValue("referrer-policy").isEmpty()) {
      found.add("Referrer-Policy");
    }
    for (String name :
        List.of("server", "x-powered-by", "x-debug-token", "x-application-context", "via")) {
      headers
          .firstValue(name)
          .ifPresent(value -> found.add("10036, 10037, 10056 " + name + ": " + value));
    }
    if (headers.firstValue("access-control-allow-origin").isPresent()) {
      found.add("10098 open to other sites");
    }
    String caching = headers.firstValue("cache-control").orElse("");
    String path = answer.uri().getPath();
    // Open data are the same for everybody, and are to be kept.
    boolean own = signedIn && path.startsWith("/api/v1/") && !path.startsWith("/api/v1/open-data");
    if (own && !caching.contains("no-store")) {
      found.add("10015, 10049 may be kept: " + caching);
    }
    headers.allValues("set-cookie").forEach(cookie -> cookie(cookie, found));
    String where = answer.uri().getRawQuery() == null ? "" : answer.uri().getRawQuery();
    if (Pattern.compile("(?i)(?:jsessionid|password|token|secret|api_?key)=").matcher(where).find()
        || headers.firstValue("location").orElse("").contains("jsessionid")) {
      found.add("3, 10024 a secret in an address: " + where);
    }
    body(type, body, found);
    if (answer.uri().getPath().equals(SETTINGS)) {
      // What whoever set them reads there: networks among it, and an example of one.
      found.removeIf(finding -> finding.startsWith(PRIVATE));
    }
    return found;
  }

  private static void cookie(String cookie, List<String> found) {
    String lower = cookie.toLowerCase(Locale.ROOT);
    if (!lower.contains("httponly")) {
      found.add("10010 a cookie that scripts read: " + name(cookie));
    }
    if (!lower.contains("samesite=lax") && !lower.contains("samesite=strict")) {
      found.add("10054 a cookie that other sites send: " + name(cookie));
    }
    if (lower.contains("domain=")) {
      found.add("90033 a cookie of the whole domain: " + name(cookie));
    }
  }

  private static String name(String cookie) {
    return cookie.substring(0, Math.max(0, cookie.indexOf('=')));
  }

  private static void body(String type, String body, List<String> found) {
    Map<String, Pattern> rules =
        Map.of(
            "90022, 10023 an error's inside",
            ERROR,
            PRIVATE,
            PRIVATE_ADDRESS,
            "10097 a password's digest",
            DIGEST_OF_PASSWORD,
            "a private key",
            PRIVATE_KEY);
    rules.forEach((rule, pattern) -> find(rule, pattern, body, found));
    if (PAGE.matcher(type).matches()) {
      find("10017, 10040 a part from elsewhere", FOREIGN_PART, body, found);
      find("10027 a developer's remark", REMARK, body, found);
      find("a script within the page", SCRIPT_IN_PAGE, body, found);
      if (!type.contains("charset=utf-8") && !body.contains("<meta charset=\"utf-8\"")) {
        found.add("90011 no charset");
      }
    }
  }

  private static void find(String rule, Pattern pattern, String body, List<String> found) {
    var matcher = pattern.matcher(body);
    if (matcher.find()) {
      found.add(
          rule + ": " + body.substring(matcher.start(), Math.min(body.length(), matcher.end())));
    }
  }
}
