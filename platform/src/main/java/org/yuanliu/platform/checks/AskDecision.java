package org.yuanliu.platform.checks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import org.springframework.stereotype.Component;
import org.yuanliu.platform.journal.EntryKind;
import org.yuanliu.platform.journal.Subject;
import org.yuanliu.platform.journal.SubjectCodec;

/**
 * The subject of entries of the kind {@link EntryKind#DECISION}: what was answered before an act.
 *
 * @param json question and answer as given
 */
record AskDecision(String json) implements Subject {
  AskDecision {
    requireNonNull(json, "json is null");
  }

  /** The body is the text. */
  @Component
  static final class Codec implements SubjectCodec {
    @Override
    public EntryKind kind() {
      return EntryKind.DECISION;
    }

    @Override
    public AskDecision decode(byte[] body) {
      return new AskDecision(new String(body, UTF_8));
    }
  }
}
