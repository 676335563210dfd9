package org.yuanliu.platform.access;

import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * An audit record as the log's leaf commits to it: one line of JSON, its members in this order,
 * absent ones left out. The leaf hash is SHA-256 of a zero byte and the line in UTF-8 (RFC 6962).
 */
final class AuditLine {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private AuditLine() {}

  static String of(long position, AuditRecord entry) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("position", position);
    line.put("at", entry.at().toString());
    line.put("requestId", entry.requestId());
    put(line, "account", entry.account());
    put(line, "party", entry.party());
    line.put("role", entry.role());
    put(line, "apiKey", entry.apiKey());
    line.put("address", entry.address());
    line.put("method", entry.method());
    line.put("route", entry.route());
    put(line, "object", entry.object());
    line.put("status", entry.status());
    line.put("outcome", entry.outcome());
    return JSON.writeValueAsString(line);
  }

  private static void put(
      Map<String, Object> line, String name, @org.jspecify.annotations.Nullable Object value) {
    if (value != null) {
      line.put(name, value.toString());
    }
  }
}
