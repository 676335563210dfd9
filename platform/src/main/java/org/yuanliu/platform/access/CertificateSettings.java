package org.yuanliu.platform.access;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Client certificates of machines.
 *
 * @param header in which a trusted proxy hands on the certificate that it has verified the client
 *     to hold; null: none does
 */
@ConfigurationProperties("yuanliu.client-certificates")
public record CertificateSettings(@Nullable String header) {
  public CertificateSettings {
    if (header != null && header.isBlank()) {
      header = null;
    }
  }
}
