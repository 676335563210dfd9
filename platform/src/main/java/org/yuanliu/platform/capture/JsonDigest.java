package org.yuanliu.platform.capture;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Map;
import java.util.TreeMap;
import org.yuanliu.epcis.LdContext;
import tools.jackson.databind.JsonNode;

/**
 * Feeds JSON to a digest so that equal content gives equal bytes: members by full name in order of
 * those names, numbers by value, every part with its kind and length before it.
 */
final class JsonDigest {
  private JsonDigest() {}

  static void text(MessageDigest digest, String text) {
    byte[] bytes = text.getBytes(UTF_8);
    length(digest, bytes.length);
    digest.update(bytes);
  }

  /** The members that stand in a namespace, and nothing else. */
  static void extensions(MessageDigest digest, JsonNode object, LdContext context) {
    members(digest, object, context, true);
  }

  static void value(MessageDigest digest, JsonNode node, LdContext context) {
    switch (node.getNodeType()) {
      case OBJECT -> {
        digest.update((byte) 'o');
        members(digest, node, context, false);
      }
      case ARRAY -> {
        digest.update((byte) 'a');
        length(digest, node.size());
        node.forEach(item -> value(digest, item, context));
      }
      case STRING -> {
        digest.update((byte) 's');
        text(digest, node.stringValue());
      }
      case NUMBER -> {
        digest.update((byte) 'n');
        BigDecimal number = node.decimalValue();
        text(digest, number.stripTrailingZeros().toString());
      }
      case BOOLEAN -> digest.update((byte) (node.booleanValue() ? 't' : 'f'));
      case NULL -> digest.update((byte) '0');
      case BINARY, MISSING, POJO ->
          throw new IllegalStateException("not read from JSON: " + node.getNodeType());
    }
  }

  private static void members(
      MessageDigest digest, JsonNode object, LdContext context, boolean extensionsOnly) {
    TreeMap<String, JsonNode> sorted = new TreeMap<>();
    for (Map.Entry<String, JsonNode> member : object.properties()) {
      if (!extensionsOnly || member.getKey().indexOf(':') >= 0) {
        sorted.put(context.expand(member.getKey()), member.getValue());
      }
    }
    length(digest, sorted.size());
    sorted.forEach(
        (name, item) -> {
          text(digest, name);
          value(digest, item, context);
        });
  }

  private static void length(MessageDigest digest, int length) {
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(length).flip());
  }
}
