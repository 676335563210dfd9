package org.yuanliu.ledger.receipt;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.yuanliu.ledger.Suite;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** What the two written forms have in common: closed objects, texts in one form only. */
final class JsonParts {
  private static final int MAX_DEPTH = 16;

  static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxDocumentLength(ReceiptJson.MAX_BYTES)
                          .maxStringLength(ReceiptJson.MAX_BYTES)
                          .maxNestingDepth(MAX_DEPTH)
                          .build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  private JsonParts() {}

  static JsonNode tree(byte[] bytes, int maxBytes) throws ReceiptException {
    if (bytes.length > maxBytes) {
      throw new ReceiptException("a receipt of " + bytes.length + " bytes");
    }
    try {
      return JSON.readTree(bytes);
    } catch (JacksonException e) {
      throw new ReceiptException("not JSON: " + e.getOriginalMessage(), e);
    }
  }

  static List<byte[]> proof(JsonNode json) throws ReceiptException {
    List<byte[]> proof = new ArrayList<>();
    for (JsonNode hash : elements(json, "proof")) {
      proof.add(hash(string(hash, "proof")));
    }
    return proof;
  }

  /** A text, as JavaScript counts to 2^53 only. */
  static long position(JsonNode json) throws ReceiptException {
    String text = text(json, "position");
    long position = Long.parseLong(text);
    if (position < 0 || !Long.toString(position).equals(text)) {
      throw new ReceiptException("position is not in its one written form");
    }
    return position;
  }

  static void requireMembers(JsonNode json, Set<String> names) throws ReceiptException {
    if (!json.isObject() || !Set.copyOf(json.propertyNames()).equals(names)) {
      throw new ReceiptException(
          "an object has exactly the members " + names.stream().sorted().toList());
    }
  }

  static JsonNode elements(JsonNode json, String name) throws ReceiptException {
    JsonNode array = json.get(name);
    if (!array.isArray()) {
      throw new ReceiptException(name + " is no array");
    }
    return array;
  }

  static String text(JsonNode json, String name) throws ReceiptException {
    return string(json.get(name), name);
  }

  static String string(JsonNode node, String name) throws ReceiptException {
    if (!node.isString()) {
      throw new ReceiptException(name + " is no text");
    }
    return node.stringValue();
  }

  /** 32 bytes in base64, canonical. */
  static byte[] hash(String base64) throws ReceiptException {
    byte[] bytes = Base64.getDecoder().decode(base64);
    if (bytes.length != Suite.HASH_BYTES || !base64(bytes).equals(base64)) {
      throw new ReceiptException("not 32 bytes in base64");
    }
    return bytes;
  }

  static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
