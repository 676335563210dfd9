package org.yuanliu.epcis;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonEncoding;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.TokenStreamContext;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * JSON to trees and back, losing nothing: member order stays, decimals keep their digits, and what
 * a tree could not hold faithfully (two members of one name, half a surrogate pair) is refused with
 * the place named. Jackson reads the tokens; the tree is built here because its own tree reader
 * cannot name the place of a duplicate or of a limit.
 */
final class JsonTrees {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  /** Numbers longer than this are no measurement; the bound keeps their conversion cheap. */
  static final int MAX_NUMBER_LENGTH = 400;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(factory(Integer.MAX_VALUE))
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private JsonTrees() {}

  /**
   * @param maxString where the parser gives up on a string: what comes as a stream must not fill
   *     the memory before its length is looked at
   */
  private static JsonFactory factory(int maxString) {
    return JsonFactory.builder()
        // The names of fields are then the very strings that the code compares with.
        .enable(TokenStreamFactory.Feature.INTERN_PROPERTY_NAMES)
        .streamReadConstraints(
            StreamReadConstraints.builder()
                // Depth, size and strings are held to Limits below, by name and place.
                .maxNestingDepth(Limits.MAX_DEPTH_CEILING + 1)
                .maxStringLength(maxString)
                .maxNameLength(maxString)
                .maxNumberLength(MAX_NUMBER_LENGTH)
                .build())
        .build();
  }

  /** Whether the document is small enough; else that is noted. */
  static boolean fits(byte[] document, Limits limits, Violations violations) {
    if (document.length <= limits.maxBytes()) {
      return true;
    }
    violations.add(
        ViolationCode.DOCUMENT_TOO_LARGE,
        "",
        "文档为 " + document.length + " 字节,上限为 " + limits.maxBytes() + " 字节",
        "the document has " + document.length + " bytes, the limit is " + limits.maxBytes());
    return false;
  }

  /** Takes the items of one list of a document as they are read, so that the tree stays small. */
  interface Items {
    /**
     * Whether this takes the items of the array that was opened.
     *
     * @param root what was read of the document so far
     * @param place where the array stands
     */
    boolean takes(ObjectNode root, TokenStreamContext place);

    /** One item. */
    void item(JsonNode item);
  }

  /** The tree of a whole text, or null with the reason added to {@code violations}. */
  static @Nullable JsonNode read(byte[] json, Limits limits, Violations violations) {
    try {
      return read(DocumentSource.of(json), limits, violations, null);
    } catch (IOException e) {
      throw new IllegalStateException("reading bytes failed", e);
    }
  }

  /**
   * The same for bytes from anywhere.
   *
   * @param items takes some of it; what it takes is an empty array in the tree
   * @throws IOException where the source cannot be read
   */
  static @Nullable JsonNode read(
      DocumentSource source, Limits limits, Violations violations, @Nullable Items items)
      throws IOException {
    if (!(source instanceof DocumentSource.Bytes(byte[] json))) {
      try (InputStream in = CheckedInput.utf8(source.open(), limits.maxBytes());
          JsonParser parser =
              factory(limits.maxStringLength()).createParser(ObjectReadContext.empty(), in)) {
        // Whether there are escapes is not known before the end.
        return read(parser, new TreeReader(parser, limits, true, items), violations);
      } catch (JacksonIOException e) {
        // The first bytes are read when the parser is made.
        fault(e, violations);
        return null;
      }
    }
    if (!fits(json, limits, violations)) {
      return null;
    }
    long fault = Utf8.firstFault(json);
    if (fault >= 0) {
      violations.add(CheckedInput.notUtf8(fault));
      return null;
    }
    // In right UTF-8 only an escape can hold what cannot be kept.
    boolean escapes = Utf8.has(json, '\\');
    try (JsonParser parser = MAPPER.createParser(json)) {
      return read(parser, new TreeReader(parser, limits, escapes, items), violations);
    }
  }

  /** Notes what the bytes are refused for; a source that cannot be read is no fault of theirs. */
  private static void fault(JacksonIOException e, Violations violations) throws IOException {
    IOException cause = e.getCause();
    if (!(cause instanceof CheckedInput.Fault fault)) {
      throw cause;
    }
    violations.add(fault.violation());
  }

  private static @Nullable JsonNode read(
      JsonParser parser, TreeReader reader, Violations violations) throws IOException {
    try {
      JsonToken first = parser.nextToken();
      if (first == null) {
        throw new Refusal(ViolationCode.MALFORMED_JSON, "", "文档为空", "the document is empty");
      }
      JsonNode tree = reader.value(first, 0);
      if (parser.nextToken() != null) {
        throw new Refusal(
            ViolationCode.MALFORMED_JSON,
            "",
            "JSON 文档之后还有内容",
            "something follows the end of the JSON document");
      }
      return tree;
    } catch (Refusal refusal) {
      violations.add(refusal.code, refusal.pointer, refusal.zh, refusal.en);
    } catch (StreamConstraintsException e) {
      if (!e.getOriginalMessage().startsWith("Number")) {
        violations.add(
            ViolationCode.STRING_TOO_LONG,
            pointer(parser),
            "字符串过长,上限为 " + reader.limits.maxStringLength(),
            "a string is longer than " + reader.limits.maxStringLength());
        return null;
      }
      violations.add(
          ViolationCode.NUMBER_OUT_OF_RANGE,
          pointer(parser),
          "数字超过 " + MAX_NUMBER_LENGTH + " 位",
          "a number has more than " + MAX_NUMBER_LENGTH + " digits");
    } catch (JacksonIOException e) {
      fault(e, violations);
    } catch (JacksonException e) {
      violations.add(
          ViolationCode.MALFORMED_JSON,
          pointer(parser),
          "不是有效的 JSON(第 " + line(e) + " 行第 " + column(e) + " 列)",
          "not valid JSON (line " + line(e) + ", column " + column(e) + ")");
    }
    return null;
  }

  /** The value that a text is in JSON, or null where it is none. */
  static @Nullable JsonNode readValue(String json) {
    return read(json.getBytes(StandardCharsets.UTF_8), Limits.DEFAULT, new Violations(1));
  }

  /** An object as JSON text. */
  static String text(ObjectNode object) {
    return new String(write("", null, object), StandardCharsets.UTF_8);
  }

  /** Writes JSON to a stream that it leaves open. */
  static JsonGenerator generator(OutputStream out) {
    return MAPPER
        .writer()
        .without(StreamWriteFeature.AUTO_CLOSE_TARGET)
        .createGenerator(out, JsonEncoding.UTF8);
  }

  static void writeTree(JsonGenerator generator, JsonNode tree) {
    MAPPER.writeTree(generator, tree);
  }

  /** Compact UTF-8 of an object, with one member more at its head where a value for it is given. */
  static byte[] write(String firstName, @Nullable JsonNode firstValue, ObjectNode object) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(1024);
    try (JsonGenerator generator = MAPPER.createGenerator(out)) {
      generator.writeStartObject();
      if (firstValue != null) {
        generator.writeName(firstName);
        MAPPER.writeTree(generator, firstValue);
      }
      for (Map.Entry<String, JsonNode> member : object.properties()) {
        generator.writeName(member.getKey());
        MAPPER.writeTree(generator, member.getValue());
      }
      generator.writeEndObject();
    }
    return out.toByteArray();
  }

  /** Reads one text. */
  private static final class TreeReader {
    private final JsonParser parser;
    private final Limits limits;
    private final boolean escapes;
    private final @Nullable Items items;
    private @Nullable ObjectNode root;

    TreeReader(JsonParser parser, Limits limits, boolean escapes, @Nullable Items items) {
      this.parser = parser;
      this.limits = limits;
      this.escapes = escapes;
      this.items = items;
    }

    JsonNode value(JsonToken token, int depth) {
      return switch (token) {
        case START_OBJECT -> object(deeper(depth));
        case START_ARRAY -> array(deeper(depth));
        case VALUE_STRING -> NODES.stringNode(checked(parser.getString()));
        case VALUE_NUMBER_INT -> integer();
        case VALUE_NUMBER_FLOAT -> decimal();
        case VALUE_TRUE -> NODES.booleanNode(true);
        case VALUE_FALSE -> NODES.booleanNode(false);
        case VALUE_NULL -> NODES.nullNode();
        case END_OBJECT, END_ARRAY, PROPERTY_NAME, NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
            throw new IllegalStateException("no value begins with " + token);
      };
    }

    private ObjectNode object(int depth) {
      ObjectNode object = NODES.objectNode();
      if (root == null) {
        root = object;
      }
      String name;
      while ((name = parser.nextName()) != null) {
        checked(name);
        JsonNode value = value(parser.nextToken(), depth);
        if (object.replace(name, value) != null) {
          throw new Refusal(
              ViolationCode.DUPLICATE_MEMBER,
              pointer(parser),
              "成员“" + name + "”重复出现",
              "the member \"" + name + "\" occurs twice");
        }
      }
      return object;
    }

    private ArrayNode array(int depth) {
      ArrayNode array = NODES.arrayNode();
      JsonToken token;
      if (items != null && root != null && items.takes(root, parser.streamReadContext())) {
        while ((token = parser.nextToken()) != JsonToken.END_ARRAY) {
          items.item(value(token, depth));
        }
        return array;
      }
      while ((token = parser.nextToken()) != JsonToken.END_ARRAY) {
        array.add(value(token, depth));
      }
      return array;
    }

    private int deeper(int depth) {
      if (depth >= limits.maxDepth()) {
        throw new Refusal(
            ViolationCode.NESTED_TOO_DEEP,
            pointer(parser),
            "嵌套超过 " + limits.maxDepth() + " 层",
            "nested more than " + limits.maxDepth() + " deep");
      }
      return depth + 1;
    }

    private JsonNode integer() {
      return switch (parser.getNumberType()) {
        case INT -> NODES.numberNode(parser.getIntValue());
        case LONG -> NODES.numberNode(parser.getLongValue());
        case BIG_INTEGER, FLOAT, DOUBLE, BIG_DECIMAL -> {
          BigInteger value = parser.getBigIntegerValue();
          yield NODES.numberNode(value);
        }
      };
    }

    private JsonNode decimal() {
      BigDecimal value;
      try {
        value = parser.getDecimalValue();
      } catch (NumberFormatException e) {
        throw exponent(); // one that no decimal can have
      }
      // The exponent as written when normalised, without writing it.
      long exponent = (long) value.precision() - value.scale() - 1;
      if (Math.abs(exponent) > limits.maxNumberExponent()
          || Math.abs((long) value.scale()) > 2L * MAX_NUMBER_LENGTH) {
        throw exponent();
      }
      return NODES.numberNode(value);
    }

    private Refusal exponent() {
      return new Refusal(
          ViolationCode.NUMBER_OUT_OF_RANGE,
          pointer(parser),
          "数字的指数超过 " + limits.maxNumberExponent(),
          "the exponent of a number is over " + limits.maxNumberExponent());
    }

    private String checked(String text) {
      if (text.length() > limits.maxStringLength()) {
        throw new Refusal(
            ViolationCode.STRING_TOO_LONG,
            pointer(parser),
            "字符串长 " + text.length() + ",上限为 " + limits.maxStringLength(),
            "a string has length " + text.length() + ", the limit is " + limits.maxStringLength());
      }
      for (int i = 0; escapes && i < text.length(); i++) {
        char c = text.charAt(i);
        if (c == 0 || Character.isSurrogate(c)) {
          if (c != 0
              && Character.isHighSurrogate(c)
              && i + 1 < text.length()
              && Character.isLowSurrogate(text.charAt(i + 1))) {
            i++;
            continue;
          }
          throw new Refusal(
              ViolationCode.INVALID_TEXT,
              pointer(parser),
              "字符串含有无法保存的字符(U+0000 或不成对的代理字符)",
              "a string has a character that cannot be kept (U+0000 or half a surrogate pair)");
        }
      }
      return text;
    }
  }

  private static String pointer(JsonParser parser) {
    return parser.streamReadContext().pathAsPointer().toString();
  }

  private static int line(JacksonException e) {
    return e.getLocation() == null ? 0 : e.getLocation().getLineNr();
  }

  private static int column(JacksonException e) {
    return e.getLocation() == null ? 0 : e.getLocation().getColumnNr();
  }

  /** Leaves the recursion; carries no stack trace because refusing bad input must stay cheap. */
  private static final class Refusal extends RuntimeException {
    private final transient ViolationCode code;
    private final String pointer;
    private final String zh;
    private final String en;

    Refusal(ViolationCode code, String pointer, String zh, String en) {
      super(en, null, false, false);
      this.code = code;
      this.pointer = pointer;
      this.zh = zh;
      this.en = en;
    }
  }
}
