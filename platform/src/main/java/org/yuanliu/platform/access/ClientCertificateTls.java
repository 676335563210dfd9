package org.yuanliu.platform.access;

import java.util.Locale;
import java.util.Set;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/** Where the server's own TLS asks for client certificates, any that its holder proves will do. */
@Component
class ClientCertificateTls implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {
  private final boolean asks;

  ClientCertificateTls(@Value("${server.ssl.client-auth:none}") String clientAuth) {
    asks = Set.of("want", "need").contains(clientAuth.toLowerCase(Locale.ROOT));
  }

  @Override
  public void customize(TomcatServletWebServerFactory factory) {
    if (asks) {
      factory.addConnectorCustomizers(
          connector -> {
            for (var host : connector.findSslHostConfigs()) {
              host.setTrustManagerClassName(AnyClientCertificate.class.getName());
            }
          });
    }
  }
}
