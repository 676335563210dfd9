package org.yuanliu.platform;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.yuanliu.platform.access.Caller;

/** What {@code /api/docs} says of the API as a whole. */
@Configuration(proxyBeanMethods = false)
class ApiDescription {
  private static final String KEY = "key";

  @Bean
  OpenAPI openApi() {
    return new OpenAPI()
        .info(
            new Info()
                .title("源流 Yuanliu")
                .version("v1")
                .description(
                    """
                    EPCIS 2.0 在 /epcis 之下，平台自己的接口在 /api/v1 之下。每次拒绝都是 application/problem+json，\
                    语言随 Accept-Language。

                    EPCIS 2.0 is below /epcis, the platform's own API below /api/v1. Every refusal is \
                    application/problem+json in the language of Accept-Language.""")
                .license(
                    new License()
                        .name("Apache-2.0")
                        .url("https://www.apache.org/licenses/LICENSE-2.0")))
        .components(
            new Components()
                .addSecuritySchemes(
                    KEY, new SecurityScheme().type(SecurityScheme.Type.HTTP).scheme("bearer")))
        .addSecurityItem(new SecurityRequirement().addList(KEY));
  }

  /** Who calls follows from the key; no request names it. */
  @Bean
  OperationCustomizer withoutTheCaller() {
    return (operation, method) -> {
      for (var parameter : method.getMethodParameters()) {
        if (parameter.getParameterType() == Caller.class && operation.getParameters() != null) {
          operation
              .getParameters()
              .removeIf(shown -> shown.getName().equals(parameter.getParameterName()));
        }
      }
      return operation;
    };
  }
}
