package org.yuanliu.industry;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLParser;

/** A YAML value that knows its line, so that a mistake found later can still be shown there. */
sealed interface PackNode {
  int line();

  /** Plain values stay as written: a code that begins with zero is no number. */
  record Scalar(int line, String text) implements PackNode {}

  record Sequence(int line, List<PackNode> items) implements PackNode {}

  record Mapping(int line, Map<String, Field> fields) implements PackNode {}

  /** A key's line and its value. */
  record Field(int line, PackNode value) {}

  /** Reads one YAML document. */
  final class Reader {
    /** A pack of fifty products is below a tenth of this. */
    static final int MAX_BYTES = 1 << 20;

    /** The format itself needs eight. */
    static final int MAX_DEPTH = 20;

    private static final YAMLFactory FACTORY =
        YAMLFactory.builder()
            .streamReadConstraints(
                StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
            .build();

    private final String file;
    private final YAMLParser parser;

    private Reader(String file, YAMLParser parser) {
      this.file = file;
      this.parser = parser;
    }

    static PackNode read(String file, byte[] yaml) {
      if (yaml.length > MAX_BYTES) {
        throw problem(
            file,
            1,
            PackRule.SYNTAX,
            "文件超过" + MAX_BYTES + "字节",
            "the file has more than " + MAX_BYTES + " bytes");
      }
      try (YAMLParser parser = (YAMLParser) FACTORY.createParser(ObjectReadContext.empty(), yaml)) {
        Reader reader = new Reader(file, parser);
        if (parser.nextToken() == null) {
          throw problem(file, 1, PackRule.SYNTAX, "文件是空的", "the file is empty");
        }
        PackNode root = reader.node();
        if (parser.nextToken() != null) {
          throw reader.syntax("文件里有不止一个 YAML 文档", "there is more than one YAML document");
        }
        return root;
      } catch (JacksonException e) {
        int line = e.getLocation() == null ? 1 : Math.max(1, e.getLocation().getLineNr());
        // Its indented lines repeat the place and the text around it.
        String reason =
            e.getOriginalMessage()
                .lines()
                .filter(text -> !text.isBlank() && !text.startsWith(" "))
                .collect(Collectors.joining(", "));
        throw problem(
            file, line, PackRule.SYNTAX, "不是合格的 YAML：" + reason, "this is not YAML: " + reason);
      }
    }

    private PackNode node() {
      int line = line();
      if (parser.isCurrentAlias()) {
        throw syntax("不接受 YAML 别名（*）", "YAML aliases (*) are not accepted");
      }
      JsonToken token = parser.currentToken();
      if (token == JsonToken.START_OBJECT) {
        return mapping(line);
      }
      if (token == JsonToken.START_ARRAY) {
        List<PackNode> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          items.add(node());
        }
        return new Sequence(line, items);
      }
      if (token == JsonToken.VALUE_NULL) {
        return new Scalar(line, "");
      }
      return new Scalar(line, parser.getString().strip());
    }

    private PackNode mapping(int line) {
      Map<String, Field> fields = new LinkedHashMap<>();
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        int keyLine = line();
        String key = parser.currentName();
        parser.nextToken();
        if (fields.put(key, new Field(keyLine, node())) != null) {
          throw problem(
              file,
              keyLine,
              PackRule.DUPLICATE_KEY,
              "“" + key + "”写了两次",
              "\"" + key + "\" is there twice");
        }
      }
      return new Mapping(line, fields);
    }

    private int line() {
      return Math.max(1, parser.currentTokenLocation().getLineNr());
    }

    private PackException syntax(String zh, String en) {
      return problem(file, line(), PackRule.SYNTAX, zh, en);
    }

    static PackException problem(String file, int line, PackRule rule, String zh, String en) {
      return new PackException(List.of(new PackProblem(file, line, rule, new Localized(zh, en))));
    }
  }
}
