package org.yuanliu.platform.access;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.X509TrustManager;

/**
 * Lets any client certificate through the handshake, which proves that its holder has the key. Who
 * that is, is decided by its registered fingerprint ({@link ClientCertificate}), so an issuer adds
 * nothing and self-signed ones serve. Made by Tomcat, by name.
 */
public final class AnyClientCertificate implements X509TrustManager {

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
    if (chain == null || chain.length == 0) {
      throw new CertificateException("no certificate");
    }
  }

  /** This server asks no other by this. */
  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
    throw new CertificateException("not for servers");
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }
}
