package org.yuanliu.platform.binding;

import java.nio.charset.StandardCharsets;
import org.springframework.web.util.UriUtils;

/** Addresses of the EPCIS interface (EPCIS 2.0 §12). */
public final class EpcisPaths {
  public static final String ROOT = "/epcis";
  public static final String CAPTURE = ROOT + "/capture";
  public static final String EVENTS = ROOT + "/events";
  public static final String EPCS = ROOT + "/epcs";
  public static final String QUERIES = ROOT + "/queries";

  private EpcisPaths() {}

  /** An identifier as one segment of a path: nothing but unreserved characters stays as it is. */
  public static String encoded(String id) {
    return UriUtils.encode(id, StandardCharsets.UTF_8);
  }
}
