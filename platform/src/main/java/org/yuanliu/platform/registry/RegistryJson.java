package org.yuanliu.platform.registry;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.yuanliu.platform.journal.EntryKind;
import org.yuanliu.platform.journal.Subject;
import org.yuanliu.platform.journal.SubjectCodec;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The stored form of registry changes: its own mapper, so that no setting of the server alters it.
 */
@Configuration(proxyBeanMethods = false)
class RegistryJson {
  static final JsonMapper MAPPER =
      JsonMapper.builder()
          .changeDefaultPropertyInclusion(
              value -> value.withValueInclusion(JsonInclude.Include.NON_NULL))
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  @Bean
  SubjectCodec registryChangeCodec() {
    return new Codec(EntryKind.REGISTRY_CHANGE);
  }

  @Bean
  SubjectCodec masterDataCodec() {
    return new Codec(EntryKind.MASTER_DATA);
  }

  static byte[] encode(RegistryChange change) {
    // By the interface: without it the discriminator would be left out.
    return MAPPER.writerFor(RegistryChange.class).writeValueAsBytes(change);
  }

  private record Codec(EntryKind kind) implements SubjectCodec {
    @Override
    public Subject decode(byte[] body) {
      return MAPPER.readValue(body, RegistryChange.class);
    }
  }
}
