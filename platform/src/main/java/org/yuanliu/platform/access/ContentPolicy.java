package org.yuanliu.platform.access;

import static java.util.Objects.requireNonNull;

/**
 * The Content-Security-Policy of what the server answers: scripts, styles and connections from this
 * server alone; nothing inline. Vue sets styles through the object model, which the policy does not
 * touch. Images may be data or blobs: QR codes and drawings that the browser makes itself.
 */
public final class ContentPolicy {
  public static final String HEADER = "Content-Security-Policy";

  static final String STRICT = withStyles("'self'");

  private ContentPolicy() {}

  /**
   * The same for a page that carries one style sheet within.
   *
   * @param sha256 its digest in Base64: no other style is taken
   */
  public static String withStyle(String sha256) {
    requireNonNull(sha256, "sha256 is null");
    return withStyles("'self' 'sha256-" + sha256 + "'");
  }

  private static String withStyles(String sources) {
    return "default-src 'self'; script-src 'self'; style-src "
        + sources
        + "; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; object-src 'none'; "
        + "base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
  }
}
