package org.yuanliu.codes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The divisions of GB/T 2260 with the time in which each stood, and development zones, which the
 * standard leaves out. Immutable.
 *
 * <p>Lines of the tables are {@code code,name,level,parent,from,to}: level one of PROVINCE,
 * PREFECTURE, COUNTY, ZONE; {@code from} the first day, {@code to} the first day no more, either
 * empty where there is none or it is unknown; perhaps a seventh field, the English name, for what
 * is in none of our tables. Empty lines and lines that start with # are skipped.
 */
public final class Divisions {
  private static final String GENERATED = "divisions.csv";
  private static final String EXTENSION = "divisions-extension.csv";
  private static final String ENGLISH = "division-names.csv";
  private static final int FIELDS = 6;

  private final Map<String, List<Validity>> byCode;

  private Divisions(Map<String, List<Validity>> byCode) {
    this.byCode = Map.copyOf(byCode);
  }

  /** A division and the days from (inclusive) and to (exclusive) which it stood so. */
  private record Validity(Division division, LocalDate from, LocalDate to) {
    boolean covers(LocalDate day) {
      return !day.isBefore(from) && day.isBefore(to);
    }
  }

  /**
   * The tables that come with this library. Reading them takes some milliseconds: keep the result.
   */
  public static Divisions standard() {
    Map<String, String> english = english();
    Map<String, List<Validity>> rows = readResource(GENERATED, english);
    // What we state ourselves about a code, with exact dates, replaces what the package derives.
    rows.putAll(readResource(EXTENSION, english));
    return new Divisions(rows);
  }

  /**
   * A table of one's own.
   *
   * @throws IllegalArgumentException naming the line that is malformed
   */
  public static Divisions read(Reader csv) throws IOException {
    return new Divisions(rows(csv, "division table", english()));
  }

  /** This table with the codes of another, which win where both have one. */
  public Divisions with(Divisions extension) {
    Map<String, List<Validity>> rows = new HashMap<>(byCode);
    rows.putAll(extension.byCode);
    return new Divisions(rows);
  }

  /** The divisions that stood on a day. */
  public Snapshot asOf(LocalDate day) {
    return new Snapshot(byCode, requireNonNull(day, "day is null"));
  }

  /** Whether the code stood for a division on any day. */
  public boolean isKnown(String code) {
    return byCode.containsKey(code);
  }

  /** The divisions of one day. */
  public static final class Snapshot {
    private final Map<String, List<Validity>> byCode;
    private final LocalDate day;

    private Snapshot(Map<String, List<Validity>> byCode, LocalDate day) {
      this.byCode = byCode;
      this.day = day;
    }

    /** The division with this code on the day, if there was one. */
    public Optional<Division> find(String code) {
      return byCode.getOrDefault(requireNonNull(code, "code is null"), List.of()).stream()
          .filter(row -> row.covers(day))
          .map(Validity::division)
          .findFirst();
    }

    /** The divisions directly below a code on the day, in the order of their codes. */
    public List<Division> children(String parent) {
      requireNonNull(parent, "parent is null");
      return byCode.values().stream()
          .flatMap(List::stream)
          .filter(row -> parent.equals(row.division().parent()) && row.covers(day))
          .map(Validity::division)
          .sorted(Comparator.comparing(Division::code))
          .toList();
    }

    /**
     * From the province down to the division itself; empty where the code is unknown on the day.
     */
    public List<Division> path(String code) {
      List<Division> path = new ArrayList<>();
      @Nullable String next = code;
      while (next != null && path.size() < Division.Level.values().length) {
        Optional<Division> found = find(next);
        found.ifPresent(path::addFirst);
        next = found.map(Division::parent).orElse(null);
      }
      return List.copyOf(path);
    }
  }

  private static Map<String, List<Validity>> readResource(
      String name, Map<String, String> english) {
    try (Reader in = resource(name)) {
      return rows(in, name, english);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the table " + name, e);
    }
  }

  private static Reader resource(String name) {
    InputStream in = Divisions.class.getResourceAsStream(name);
    if (in == null) {
      throw new IllegalStateException("the build left out the table " + name);
    }
    return new InputStreamReader(in, UTF_8);
  }

  /** English names by the Chinese ones. */
  private static Map<String, String> english() {
    Map<String, String> names = new HashMap<>();
    try (BufferedReader lines = new BufferedReader(resource(ENGLISH))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        int comma = line.indexOf(',');
        if (!line.startsWith("#") && comma > 0) {
          names.put(line.substring(0, comma), line.substring(comma + 1));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the table " + ENGLISH, e);
    }
    return names;
  }

  private static Map<String, List<Validity>> rows(
      Reader csv, String name, Map<String, String> english) throws IOException {
    Map<String, List<Validity>> rows = new HashMap<>();
    BufferedReader lines = new BufferedReader(csv);
    int number = 0;
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      number++;
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      try {
        Validity row = row(line, english);
        rows.computeIfAbsent(row.division().code(), code -> new ArrayList<>()).add(row);
      } catch (IllegalArgumentException | DateTimeParseException | CodeException e) {
        throw new IllegalArgumentException(name + ", line " + number + ": " + line, e);
      }
    }
    rows.replaceAll((code, validities) -> List.copyOf(validities));
    return rows;
  }

  private static Validity row(String line, Map<String, String> english) {
    String[] fields = line.split(",", -1);
    if (fields.length != FIELDS && fields.length != FIELDS + 1) {
      throw new IllegalArgumentException("not " + FIELDS + " fields, nor one more");
    }
    boolean named = fields.length > FIELDS && !fields[FIELDS].isBlank();
    Division division =
        new Division(
            DivisionCode.of(fields[0]).value(),
            fields[1],
            named ? fields[FIELDS] : english.getOrDefault(fields[1], fields[1]),
            Division.Level.valueOf(fields[2]),
            fields[3].isEmpty() ? null : DivisionCode.of(fields[3]).value());
    LocalDate from = fields[4].isEmpty() ? LocalDate.MIN : LocalDate.parse(fields[4]);
    LocalDate to = fields[5].isEmpty() ? LocalDate.MAX : LocalDate.parse(fields[5]);
    if (!from.isBefore(to)) {
      throw new IllegalArgumentException("it ended before it began");
    }
    return new Validity(division, from, to);
  }
}
