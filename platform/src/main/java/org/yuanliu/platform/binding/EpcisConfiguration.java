package org.yuanliu.platform.binding;

import org.apache.tomcat.util.buf.EncodedSolidusHandling;
import org.springframework.boot.tomcat.TomcatConnectorCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Fits the web server to the paths of EPCIS, which hold whole URIs. */
@Configuration(proxyBeanMethods = false)
class EpcisConfiguration implements WebMvcConfigurer {
  private final EpcisHeaders headers;

  EpcisConfiguration(EpcisHeaders headers) {
    this.headers = headers;
  }

  @Override
  public void addInterceptors(InterceptorRegistry registry) {
    registry
        .addInterceptor(headers)
        .addPathPatterns("/epcis/**")
        .excludePathPatterns(EpcisPaths.SOAP);
  }

  /**
   * Slashes inside an identifier stay encoded until the identifier has been taken from the path.
   * Values of a parameter are separated by a bar (openapi.yaml, pipeDelimited), which many clients
   * do not encode.
   */
  @Bean
  TomcatConnectorCustomizer epcisConnector() {
    return connector -> {
      connector.setEncodedSolidusHandling(EncodedSolidusHandling.PASS_THROUGH.getValue());
      connector.setProperty("relaxedQueryChars", "|");
    };
  }

  @Bean
  HttpFirewall httpFirewall() {
    return new EpcisFirewall();
  }
}
