package org.yuanliu.platform.binding;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The versions that a request will have: one, or a range with either end open. */
record Versions(String name, int @Nullable [] exact, int @Nullable [] min, int @Nullable [] max) {
  /** More digits than any version has. */
  private static final int MAX_LENGTH = 16;

  /**
   * @throws org.yuanliu.platform.problem.ProblemException 406 where a header is no version or they
   *     contradict one another
   */
  static Versions of(HttpServletRequest request, String exact, String min, String max) {
    Versions versions =
        new Versions(
            exact,
            parse(exact, request.getHeader(exact)),
            parse(min, request.getHeader(min)),
            parse(max, request.getHeader(max)));
    if (versions.min != null && versions.max != null && compare(versions.min, versions.max) > 0) {
      throw EpcisProblems.notAcceptable(
          "请求头 " + min + " 高于 " + max + "。", "Header " + min + " is above " + max + ".");
    }
    return versions;
  }

  /** 2, 2.0 and 2.0.x are one version: the third number tells editions of the text. */
  boolean includes(String version) {
    int[] ours = parse(name, version);
    if (ours == null) {
      throw new IllegalArgumentException("no version: " + version);
    }
    return (exact == null || compare(exact, ours) == 0)
        && (min == null || compare(min, ours) <= 0)
        && (max == null || compare(max, ours) >= 0);
  }

  RuntimeException refused(String version) {
    return EpcisProblems.notAcceptable(
        "请求头 " + name + "（Min、Max）：只提供 " + version + " 版。",
        "Header " + name + " (Min, Max): only version " + version + " is given.");
  }

  private static int compare(int[] a, int[] b) {
    return Arrays.compare(a, 0, 2, b, 0, 2);
  }

  private static int @Nullable [] parse(String header, @Nullable String version) {
    if (version == null) {
      return null;
    }
    String[] texts = version.split("\\.", -1);
    if (version.length() > MAX_LENGTH || texts.length > 3) {
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
}
