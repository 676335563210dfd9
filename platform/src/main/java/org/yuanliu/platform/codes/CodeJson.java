package org.yuanliu.platform.codes;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.yuanliu.platform.journal.EntryKind;
import org.yuanliu.platform.journal.Subject;
import org.yuanliu.platform.journal.SubjectCodec;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The stored form of code changes: its own mapper, so that no setting of the server alters it. */
@Configuration(proxyBeanMethods = false)
class CodeJson {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .changeDefaultPropertyInclusion(
              value -> value.withValueInclusion(JsonInclude.Include.NON_NULL))
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  @Bean
  SubjectCodec codeChangeCodec() {
    return new Codec();
  }

  static byte[] encode(CodeChange change) {
    // By the interface: without it the discriminator would be left out.
    return MAPPER.writerFor(CodeChange.class).writeValueAsBytes(change);
  }

  private record Codec() implements SubjectCodec {
    @Override
    public EntryKind kind() {
      return EntryKind.CODE_CHANGE;
    }

    @Override
    public Subject decode(byte[] body) {
      return MAPPER.readValue(body, CodeChange.class);
    }
  }
}
