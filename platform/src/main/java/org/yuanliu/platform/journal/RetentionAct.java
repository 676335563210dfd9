package org.yuanliu.platform.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The end of a stretch of entries (保存期满销毁): their rows are dropped, their leaf hashes stay. An
 * entry of its own, so that nothing can be missing without it; it never covers itself.
 *
 * @param from the first position
 * @param to the position after the last one
 * @param rule what the retention rests on, e.g. the article and period of a pack's class
 * @param entries how many of them are dropped at most: no more may be missing than acts say
 */
public record RetentionAct(long from, long to, String rule, long entries) implements Subject {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String FORMAT = "https://yuanliu.org/ns/retention-act/v2";

  /** Drops all from the first position to the last. */
  private static final String FORMAT_1 = "https://yuanliu.org/ns/retention-act/v1";

  /** An act that drops the whole stretch. */
  public RetentionAct(long from, long to, String rule) {
    this(from, to, rule, to - from);
  }

  public RetentionAct {
    if (from < 0 || to <= from) {
      throw new IllegalArgumentException("no stretch of entries: " + from + " to " + to);
    }
    if (entries < 1 || entries > to - from) {
      throw new IllegalArgumentException(entries + " entries of " + (to - from));
    }
    requireNonNull(rule, "rule is null");
  }

  /** The body of the entry. */
  public byte[] body() {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("format", FORMAT);
    members.put("from", from);
    members.put("to", to);
    members.put("rule", rule);
    members.put("entries", entries);
    return JSON.writeValueAsString(members).getBytes(UTF_8);
  }

  /**
   * The act of this body.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static RetentionAct parse(byte[] body) {
    try {
      JsonNode json = JSON.readTree(body);
      JsonNode from = json.get("from");
      JsonNode to = json.get("to");
      JsonNode rule = json.get("rule");
      JsonNode format = json.get("format");
      JsonNode entries = json.get("entries");
      boolean first = format != null && format.asString("").equals(FORMAT_1);
      // Nothing but these: no other kind of body passes for an act, whatever the row's column says.
      if (json.size() != (first ? 4 : 5)
          || format == null
          || !format.isString()
          || !(first || format.stringValue().equals(FORMAT))
          || (!first && (entries == null || !entries.canConvertToExactIntegral()))
          || from == null
          || !from.canConvertToExactIntegral()
          || to == null
          || !to.canConvertToExactIntegral()
          || rule == null
          || !rule.isString()) {
        throw new IllegalArgumentException("no retention act");
      }
      return first || entries == null
          ? new RetentionAct(from.longValue(), to.longValue(), rule.stringValue())
          : new RetentionAct(
              from.longValue(), to.longValue(), rule.stringValue(), entries.longValue());
    } catch (JacksonException e) {
      throw new IllegalArgumentException("no retention act", e);
    }
  }
}
