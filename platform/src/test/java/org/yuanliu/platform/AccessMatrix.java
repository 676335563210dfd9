package org.yuanliu.platform;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The expectations of {@code access/matrix.txt}: for each address what each role is answered about
 * its own, its neighbour's and a stranger's object.
 */
final class AccessMatrix {
  static final String RESOURCE = "/access/matrix.txt";

  /** Who asks. The columns of the file, in this order. */
  enum Role {
    /** Nobody is signed in. */
    nobody,
    /** A firm's account without any permission. */
    bare,
    /** A firm that reports, asks and registers. */
    firm,
    /** The same firm's administrator. */
    steward,
    /** A regulator of the city in which everything happens. */
    office,
    /** A regulator of another province. */
    elsewhere,
    /** Who runs the platform: system administration. */
    system,
    /** Security administration. */
    security,
    /** Audit administration. */
    auditor,
    /** A department's person for figures: never a record. */
    statistician
  }

  /** Whose object is asked about, as the firm sees it. */
  enum Relation {
    own,
    /** Of a firm whose records name the asking one. */
    neighbour,
    stranger
  }

  /**
   * What is answered: a status, and whether the object's mark is in the body.
   *
   * @param shows null where nothing is expected of the body
   */
  record Answer(int status, Boolean shows) {
    static Answer parse(String text) {
      boolean marked = text.endsWith("+") || text.endsWith("-");
      return new Answer(
          Integer.parseInt(marked ? text.substring(0, text.length() - 1) : text),
          marked ? Boolean.valueOf(text.endsWith("+")) : null);
    }

    @Override
    public String toString() {
      return status + (shows == null ? "" : shows ? "+" : "-");
    }
  }

  /**
   * One address.
   *
   * @param path what is asked, with places for the object's names
   * @param type content type of the body
   * @param mark what tells the object in a list; null where the status tells enough
   */
  record Row(
      String method,
      String pattern,
      String path,
      String body,
      String type,
      String accept,
      String mark,
      Map<Role, List<Answer>> expected) {
    String key() {
      return method + " " + pattern;
    }

    /** All of them where the request names an object; else whose it is makes no difference. */
    List<Relation> relations() {
      String asked = path + " " + mark + " " + body;
      return NAMED.matcher(asked).find() ? List.of(Relation.values()) : List.of(Relation.own);
    }

    Answer expected(Role role, Relation relation) {
      List<Answer> answers = expected.getOrDefault(role, List.of(new Answer(0, null)));
      return answers.get(answers.size() == 1 ? 0 : relation.ordinal());
    }
  }

  /** A place for something of the object's; a number or an id drawn anew is nobody's. */
  private static final Pattern NAMED = Pattern.compile("\\{(?!n}|uuid})[a-z]+}");

  private AccessMatrix() {}

  static Map<String, Row> read() {
    try (InputStream in = AccessMatrix.class.getResourceAsStream(RESOURCE)) {
      String text = new String(requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      return parse(text.lines().toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, Row> parse(List<String> lines) {
    Map<String, Row> rows = new LinkedHashMap<>();
    List<String> block = new ArrayList<>();
    for (String line : lines) {
      if (line.startsWith("#") || line.isBlank()) {
        continue;
      }
      if (!line.startsWith(" ") && !block.isEmpty()) {
        add(rows, block);
        block.clear();
      }
      block.add(line);
    }
    add(rows, block);
    return rows;
  }

  private static void add(Map<String, Row> rows, List<String> block) {
    String[] head = block.getFirst().strip().split("\\s+");
    String path = head[1].replaceAll("\\{\\*?(\\w+)}", "{$1}").replaceAll("\\?.*", "");
    String body = null;
    String type = "application/json";
    String accept = null;
    String mark = null;
    Map<Role, List<Answer>> expected = new LinkedHashMap<>();
    for (String line : block.subList(1, block.size())) {
      String text = line.strip();
      String value = text.substring(1).strip();
      switch (text.charAt(0)) {
        case '/' -> path = text;
        case '?' -> path = path + "?" + value;
        case '>' -> body = value;
        case ';' -> type = value;
        case '<' -> accept = value;
        case '@' -> mark = value;
        case '=' -> expected.putAll(answers(value));
        default -> throw new IllegalArgumentException(RESOURCE + ": " + line);
      }
    }
    Row row = new Row(head[0], head[1], path, body, type, accept, mark, expected);
    if (rows.put(row.key(), row) != null) {
      throw new IllegalArgumentException(RESOURCE + ": twice " + row.key());
    }
  }

  private static Map<Role, List<Answer>> answers(String line) {
    String[] cells = line.split("\\s+");
    if (cells.length == Role.statistician.ordinal()) {
      cells = Arrays.copyOf(cells, Role.values().length);
      cells[Role.statistician.ordinal()] = cells[Role.bare.ordinal()];
    }
    if (cells.length != Role.values().length) {
      throw new IllegalArgumentException(RESOURCE + ": not one cell a role: " + line);
    }
    Map<Role, List<Answer>> answers = new LinkedHashMap<>();
    for (Role role : Role.values()) {
      answers.put(
          role, Arrays.stream(cells[role.ordinal()].split("/")).map(Answer::parse).toList());
    }
    return answers;
  }
}
