package org.yuanliu.platform.problem;

import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.module.SimpleModule;

/**
 * How requests are read. A member that stands twice is refused: of two rights or two names the one
 * would be looked at by whoever stands before the server, and the other taken by it. And so are
 * texts that are none ({@link PlainText}).
 */
@Configuration(proxyBeanMethods = false)
class StrictJson {
  @Bean
  JsonMapperBuilderCustomizer strictRequests() {
    return builder ->
        builder
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .addModule(new SimpleModule().addDeserializer(String.class, new PlainText()));
  }
}
