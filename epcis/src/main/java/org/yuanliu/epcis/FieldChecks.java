package org.yuanliu.epcis;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yuanliu.codes.CanonicalUri;
import org.yuanliu.codes.CodeException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Checks of single values. Each gives the value in typed form, or null after it has noted what is
 * wrong.
 */
final class FieldChecks {
  private final LdContext context;
  private final Violations violations;

  FieldChecks(LdContext context, Violations violations) {
    this.context = context;
    this.violations = violations;
  }

  void add(ViolationCode code, Where at, String zh, String en) {
    violations.add(code, at, zh, en);
  }

  void wrongType(Where at, String zh, String en) {
    add(ViolationCode.WRONG_TYPE, at, "此处应为" + zh, "this must be " + en);
  }

  void missing(Where object, String name) {
    add(
        ViolationCode.MISSING_FIELD,
        object,
        "缺少必填字段 " + name,
        "the required field " + name + " is missing");
  }

  void forbidden(Where at, String zh, String en) {
    add(ViolationCode.FORBIDDEN_FIELD, at, zh, en);
  }

  void unknown(Where at) {
    add(ViolationCode.UNKNOWN_FIELD, at, "此处没有这个字段", "there is no such field here");
  }

  @Nullable String text(JsonNode value, Where at) {
    if (value instanceof StringNode text) {
      return text.stringValue();
    }
    wrongType(at, "字符串", "a string");
    return null;
  }

  @Nullable ObjectNode object(JsonNode value, Where at) {
    if (value instanceof ObjectNode object) {
      return object;
    }
    wrongType(at, "对象", "an object");
    return null;
  }

  @Nullable ArrayNode array(JsonNode value, Where at) {
    if (value instanceof ArrayNode array) {
      return array;
    }
    wrongType(at, "数组", "an array");
    return null;
  }

  @Nullable BigDecimal number(JsonNode value, Where at) {
    if (value.isNumber()) {
      return value.decimalValue();
    }
    wrongType(at, "数字", "a number");
    return null;
  }

  void bool(JsonNode value, Where at) {
    if (!value.isBoolean()) {
      wrongType(at, "布尔值", "true or false");
    }
  }

  @Nullable String uri(JsonNode value, Where at) {
    String text = text(value, at);
    return text != null && isUri(text, at) ? text : null;
  }

  /** What a document is called: a URI, or a blank node of JSON-LD, which no event may be. */
  @Nullable String documentId(JsonNode value, Where at) {
    String text = text(value, at);
    return text != null && (Uris.isBlankNode(text) || isUri(text, at)) ? text : null;
  }

  private boolean isUri(String text, Where at) {
    if (!isUriInFull(text)) {
      add(
          ViolationCode.INVALID_URI,
          at,
          "“" + shortened(text) + "”不是有效的 URI",
          "\"" + shortened(text) + "\" is no URI");
      return false;
    }
    return understood(text, at);
  }

  /** Whether it is one as it is written and with its prefix replaced by what that stands for. */
  private boolean isUriInFull(String text) {
    if (!Uris.isAbsolute(text)) {
      return false;
    }
    String full = context.expand(text);
    return full.equals(text) || Uris.isAbsolute(full);
  }

  /** A URI that names a unit, party or place, in canonical form. */
  @Nullable String identifier(JsonNode value, Where at) {
    String sent = text(value, at);
    return sent == null ? null : identifier(sent, at);
  }

  /** The same for a text; null where it is no URI. */
  @Nullable String identifier(String sent, Where at) {
    if (CanonicalUri.isCanonicalLink(sent)) {
      return sent; // a URI, and of no prefix
    }
    return isUri(sent, at) ? canonicalCode(sent, at) : null;
  }

  /**
   * A URI that names a document or a process, in canonical form. These are often addresses of a
   * firm's own whose path only looks like a key: so no check digit is asked of them.
   */
  @Nullable String reference(JsonNode value, Where at) {
    String sent = uri(value, at);
    return sent == null ? null : Identifiers.canonical(sent, context);
  }

  /**
   * The canonical form of an identifier that is already known to be a URI. A wrong one stays as it
   * is: a stored event must stay readable and keep its units though rules be tightened.
   */
  private String canonicalCode(String sent, Where at) {
    try {
      return Identifiers.checked(sent, context, violations.exemptions());
    } catch (CodeException e) {
      add(
          ViolationCode.INVALID_CODE,
          at,
          "编码“" + shortened(sent) + "”有误:" + e.refusal().zh(),
          "the code \"" + shortened(sent) + "\" is wrong: " + e.refusal().en());
      return sent;
    }
  }

  @Nullable Instant time(JsonNode value, Where at) {
    String text = text(value, at);
    if (text == null) {
      return null;
    }
    Instant time = Times.parse(text);
    if (time == null) {
      add(
          ViolationCode.INVALID_TIME,
          at,
          "“" + shortened(text) + "”不是带时区的有效时间",
          "\"" + shortened(text) + "\" is no valid time with a time zone");
    }
    return time;
  }

  @Nullable String offset(JsonNode value, Where at) {
    String text = text(value, at);
    if (text != null && !Times.isOffset(text)) {
      add(
          ViolationCode.INVALID_OFFSET,
          at,
          "“" + shortened(text) + "”不是有效的时区偏移(如 +08:00)",
          "\"" + shortened(text) + "\" is no offset from UTC, such as +08:00");
      return null;
    }
    return text;
  }

  @Nullable Action action(JsonNode value, Where at) {
    String text = text(value, at);
    if (text == null) {
      return null;
    }
    return switch (text) {
      case "ADD" -> Action.ADD;
      case "OBSERVE" -> Action.OBSERVE;
      case "DELETE" -> Action.DELETE;
      default -> {
        add(
            ViolationCode.INVALID_VALUE,
            at,
            "action 只能是 ADD、OBSERVE 或 DELETE",
            "an action is ADD, OBSERVE or DELETE");
        yield null;
      }
    };
  }

  /** A value of a vocabulary as a full URI. */
  @Nullable String term(CbvVocabulary vocabulary, JsonNode value, Where at) {
    String text = text(value, at);
    if (text == null) {
      return null;
    }
    String canonical = vocabulary.canonical(text, context);
    if (canonical == null) {
      add(
          ViolationCode.UNKNOWN_TERM,
          at,
          "“" + shortened(text) + "”既不是标准词汇,也不是其他词汇的 URI",
          "\"" + shortened(text) + "\" is no standard term and no URI of another vocabulary");
      return null;
    }
    if (vocabulary.isForXmlOnly(text)) {
      // The value is clear all the same, and what was stored by earlier rules has it.
      add(
          ViolationCode.UNKNOWN_TERM,
          at,
          "“" + shortened(text) + "”是 XML 的写法;JSON 中应写作 " + shortened(word(vocabulary, text)),
          "\""
              + shortened(text)
              + "\" is for XML; in JSON it is "
              + shortened(word(vocabulary, text)));
    }
    return understood(text, at) ? canonical : null;
  }

  private String word(CbvVocabulary vocabulary, String uri) {
    return vocabulary.wordOf(uri, context);
  }

  /** Unit of measure: two or three capital letters or digits, as in UN/CEFACT Recommendation 20. */
  @Nullable String uom(JsonNode value, Where at) {
    String text = text(value, at);
    if (text == null) {
      return null;
    }
    boolean valid = text.length() == 2 || text.length() == 3;
    for (int i = 0; valid && i < text.length(); i++) {
      char c = text.charAt(i);
      valid = (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }
    if (!valid) {
      add(
          ViolationCode.INVALID_VALUE,
          at,
          "“" + shortened(text) + "”不是计量单位代码(如 KGM)",
          "\"" + shortened(text) + "\" is no code of a unit of measure, such as KGM");
      return null;
    }
    return text;
  }

  void hexBinary(JsonNode value, Where at) {
    String text = text(value, at);
    if (text == null) {
      return;
    }
    boolean valid = !text.isEmpty();
    for (int i = 0; valid && i < text.length(); i++) {
      char c = text.charAt(i);
      valid = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F') || (c >= 'a' && c <= 'f');
    }
    if (!valid) {
      add(ViolationCode.INVALID_VALUE, at, "此处应为十六进制数字", "this must be hexadecimal digits");
    }
  }

  /** The name of an extension: a full or compact URI, so that it stands in a namespace. */
  void extensionName(String name, Where at) {
    if (!Uris.isAbsolute(name)) {
      add(
          ViolationCode.UNKNOWN_FIELD,
          at,
          "标准中没有此字段;扩展字段须带命名空间",
          "the standard has no such field; an extension must stand in a namespace");
    } else {
      understood(name, at);
    }
  }

  void unique(ArrayNode list, Where at) {
    if (list.size() < 2) {
      return;
    }
    Set<JsonNode> seen = HashSet.newHashSet(list.size());
    for (int i = 0; i < list.size(); i++) {
      if (!seen.add(list.get(i))) {
        add(
            ViolationCode.NOT_UNIQUE,
            at.at(i),
            "此值在列表中重复",
            "this value occurs in the list already");
      }
    }
  }

  void notEmpty(ArrayNode list, Where at) {
    if (list.isEmpty()) {
      add(ViolationCode.EMPTY_LIST, at, "列表不能为空", "this list must not be empty");
    }
  }

  /** The context with another added, or the same where that one is not valid. */
  LdContext context(LdContext outer, JsonNode value, Where at) {
    try {
      return outer.with(value);
    } catch (IllegalArgumentException e) {
      add(
          ViolationCode.INVALID_CONTEXT,
          at,
          "@context 无效:应为地址、对象或二者的数组",
          "the @context is not valid: " + e.getMessage());
      return outer;
    }
  }

  private boolean understood(String name, Where at) {
    if (context.understands(name)) {
      return true;
    }
    add(
        ViolationCode.CONTEXT_NOT_UNDERSTOOD,
        at,
        "“" + shortened(name) + "”的前缀未在文档内声明;本平台不从网络获取 @context",
        "the prefix of \""
            + shortened(name)
            + "\" is not declared in the document; contexts are not fetched from the network");
    return false;
  }

  /** Enough of a value to find it again; the value itself may be long. */
  private static String shortened(String text) {
    return text.length() <= 80 ? text : text.substring(0, 80) + "…";
  }
}
