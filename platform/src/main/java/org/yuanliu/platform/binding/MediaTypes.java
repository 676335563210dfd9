package org.yuanliu.platform.binding;

import org.springframework.http.MediaType;

/** Media types of the EPCIS interface that the framework has no constant for. */
public final class MediaTypes {
  public static final MediaType LD_JSON = MediaType.valueOf("application/ld+json");

  private MediaTypes() {}
}
