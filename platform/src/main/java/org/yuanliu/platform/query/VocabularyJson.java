package org.yuanliu.platform.query;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.yuanliu.platform.journal.EntryKind;
import org.yuanliu.platform.journal.Subject;
import org.yuanliu.platform.journal.SubjectCodec;
import tools.jackson.databind.json.JsonMapper;

/** The stored form of master data: its own mapper, so that no setting of the server alters it. */
@Configuration(proxyBeanMethods = false)
class VocabularyJson {
  static final JsonMapper MAPPER = JsonMapper.builder().build();

  @Bean
  SubjectCodec vocabularyCodec() {
    return new Codec();
  }

  private static final class Codec implements SubjectCodec {
    @Override
    public EntryKind kind() {
      return EntryKind.VOCABULARY;
    }

    @Override
    public Subject decode(byte[] body) {
      return MAPPER.readValue(body, VocabularySubject.class);
    }
  }
}
