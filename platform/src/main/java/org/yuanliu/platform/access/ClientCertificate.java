package org.yuanliu.platform.access;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayInputStream;
import java.net.URLDecoder;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.Enumeration;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A machine's certificate, known by the SHA-256 of it: whose it is says its registration, not its
 * issuer. That the machine holds the key, TLS has proved, here or at a proxy.
 *
 * @param fingerprint SHA-256 of the certificate in DER
 */
record ClientCertificate(byte[] fingerprint, String subject, Instant notAfter) {
  /** Stands where a key has its prefix; no text that one could send as a key begins like this. */
  static final String PREFIX = "x509:";

  /** Where the server keeps the certificates of its own TLS (Servlet 6.1, section 3.10). */
  private static final String OF_TLS = "jakarta.servlet.request.X509Certificate";

  /** Set by Tomcat where the connection came from a proxy that is trusted. */
  private static final String FORWARDED = "org.apache.tomcat.request.forwarded";

  /** A certificate of 4096 bits with many names is 3 kB. */
  private static final int MAX_LENGTH = 12_000;

  /** What a key of this certificate is looked up by. */
  String prefix() {
    return PREFIX + HexFormat.of().formatHex(fingerprint);
  }

  /**
   * The caller's, by TLS, else by the proxy's header. Nothing where a browser asks: it would send
   * its certificate along with whatever another site makes it send.
   */
  static Optional<ClientCertificate> of(HttpServletRequest request, CertificateSettings settings) {
    boolean browser =
        request.getHeader("Cookie") != null
            || request.getHeader("Origin") != null
            || request.getHeader("Sec-Fetch-Site") != null;
    if (browser) {
      return Optional.empty();
    }
    if (request.getAttribute(OF_TLS) instanceof X509Certificate[] chain && chain.length > 0) {
      return Optional.of(of(requireNonNull(chain[0], "certificate is null")));
    }
    String header = settings.header();
    boolean proxied = Boolean.TRUE.equals(request.getAttribute(FORWARDED));
    if (header == null || !proxied) {
      return Optional.empty();
    }
    Enumeration<String> values = request.getHeaders(header);
    String value = values.hasMoreElements() ? values.nextElement() : null;
    // Twice is once too often: one of the two is not the proxy's.
    return value == null || values.hasMoreElements() ? Optional.empty() : parse(value);
  }

  /**
   * PEM, plain or percent-encoded (nginx, {@code $ssl_client_escaped_cert}), or DER in Base64
   * between colons (RFC 9440). Nothing where it is none of them.
   */
  static Optional<ClientCertificate> parse(@Nullable String text) {
    if (text == null || text.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    try {
      byte[] bytes;
      String trimmed = text.strip();
      if (trimmed.startsWith(":") && trimmed.endsWith(":") && trimmed.length() > 2) {
        bytes = Base64.getDecoder().decode(trimmed.substring(1, trimmed.length() - 1));
      } else if (trimmed.startsWith("-----BEGIN%20")) {
        bytes = URLDecoder.decode(trimmed.replace("+", "%2B"), UTF_8).getBytes(US_ASCII);
      } else if (trimmed.startsWith("-----BEGIN CERTIFICATE-----")) {
        bytes = trimmed.getBytes(US_ASCII);
      } else {
        return Optional.empty();
      }
      return CertificateFactory.getInstance("X.509")
                  .generateCertificate(new ByteArrayInputStream(bytes))
              instanceof X509Certificate certificate
          ? Optional.of(of(certificate))
          : Optional.empty();
    } catch (CertificateException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static ClientCertificate of(X509Certificate certificate) {
    try {
      return new ClientCertificate(
          KeyToken.sha256(certificate.getEncoded()),
          certificate.getSubjectX500Principal().getName(),
          certificate.getNotAfter().toInstant());
    } catch (CertificateEncodingException e) {
      throw new IllegalArgumentException("a certificate without an encoding", e);
    }
  }
}
