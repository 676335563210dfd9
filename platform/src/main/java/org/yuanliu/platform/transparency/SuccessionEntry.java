package org.yuanliu.platform.transparency;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.yuanliu.platform.journal.EntryKind;
import org.yuanliu.platform.journal.Subject;
import org.yuanliu.platform.journal.SubjectCodec;
import tools.jackson.databind.json.JsonMapper;

/**
 * The body of an entry of the kind {@link EntryKind#LOG_SUCCESSION}, as JSON: which log was taken
 * over, where, what it had published, and its keys.
 */
record SuccessionEntry(String json) implements Subject {
  private static final String FORMAT = "https://yuanliu.org/ns/log-succession/v1";

  SuccessionEntry {
    requireNonNull(json, "json is null");
  }

  static SuccessionEntry of(
      String log, long size, byte[] root, @Nullable String published, String keys) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("format", FORMAT);
    members.put("predecessor", log);
    members.put("size", size);
    members.put("root", Base64.getEncoder().encodeToString(root));
    if (published != null) {
      members.put("published", published);
    }
    members.put("keys", keys.lines().toList());
    return new SuccessionEntry(JsonMapper.shared().writeValueAsString(members));
  }

  byte[] body() {
    return json.getBytes(UTF_8);
  }

  /** The body is the text. */
  @Component
  static final class Codec implements SubjectCodec {
    @Override
    public EntryKind kind() {
      return EntryKind.LOG_SUCCESSION;
    }

    @Override
    public SuccessionEntry decode(byte[] body) {
      return new SuccessionEntry(new String(body, UTF_8));
    }
  }
}
