package org.yuanliu.platform.opendata;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.jspecify.annotations.Nullable;
import org.yuanliu.industry.Localized;

/** A version as files. What a version is given out as is made of its stored body alone. */
final class ReleaseFiles {
  private static final String VERSION = "01.0000";
  private static final int COLUMN_WIDTH = 18;

  /**
   * Office programs of China take a file of comma-separated values for GBK unless it begins with
   * this mark; programs that read by a library take it off ({@code utf-8-sig}).
   */
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  /** What a spreadsheet would take for a formula. */
  private static final String FORMULA = "=+-@\t\r";

  private static final List<String> COLUMNS =
      List.of(
          "set",
          "period",
          "version",
          "category",
          "category_zh",
          "category_en",
          "division",
          "division_name",
          "value",
          "unit_zh",
          "unit_en",
          "subjects",
          "withheld");

  private ReleaseFiles() {}

  /** A file's name and what is in it. */
  enum Kind {
    CSV("data.csv", "text/csv;charset=UTF-8"),
    JSON("data.json", "application/json"),
    XLSX("data.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");

    private final String file;
    private final String mediaType;

    Kind(String file, String mediaType) {
      this.file = file;
      this.mediaType = mediaType;
    }

    String file() {
      return file;
    }

    String mediaType() {
      return mediaType;
    }
  }

  static byte[] of(Kind kind, String body) {
    return switch (kind) {
      case JSON -> body.getBytes(UTF_8);
      case CSV -> csv(Release.read(body));
      case XLSX -> xlsx(Release.read(body));
    };
  }

  /** SHA-256 of a version's body, in hexadecimal. */
  static String checksum(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }

  private static List<String> row(Release release, Release.Cell cell) {
    Localized names = cell.categoryNames();
    return List.of(
        release.set(),
        release.period(),
        Integer.toString(release.version()),
        cell.category(),
        names == null ? "" : names.zh(),
        names == null ? "" : names.en(),
        cell.division(),
        cell.divisionName(),
        number(cell.value()),
        release.unit().zh(),
        release.unit().en(),
        number(cell.subjects()),
        Boolean.toString(cell.withheld()));
  }

  private static String number(@Nullable Number number) {
    return number == null ? "" : number.toString();
  }

  static byte[] csv(Release release) {
    StringBuilder text = new StringBuilder(BYTE_ORDER_MARK);
    text.append(String.join(",", COLUMNS)).append("\r\n");
    for (Release.Cell cell : release.cells()) {
      text.append(String.join(",", row(release, cell).stream().map(ReleaseFiles::field).toList()))
          .append("\r\n");
    }
    return text.toString().getBytes(UTF_8);
  }

  /** Quoted as RFC 4180 says, with an apostrophe before what a spreadsheet would reckon out. */
  static String field(String text) {
    String harmless = !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    boolean quoted = harmless.chars().anyMatch(c -> c == '"' || c == ',' || c == '\n' || c == '\r');
    return quoted ? '"' + harmless.replace("\"", "\"\"") + '"' : harmless;
  }

  private static byte[] xlsx(Release release) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (Workbook book = new Workbook(out, "Yuanliu", VERSION)) {
      Worksheet sheet = book.newWorksheet("data");
      for (int column = 0; column < COLUMNS.size(); column++) {
        sheet.width(column, COLUMN_WIDTH);
        sheet.value(0, column, COLUMNS.get(column));
        sheet.style(0, column).bold().set();
      }
      sheet.freezePane(0, 1);
      int line = 1;
      for (Release.Cell cell : release.cells()) {
        List<String> row = row(release, cell);
        for (int column = 0; column < row.size(); column++) {
          sheet.value(line, column, row.get(column)); // a text: nothing is reckoned out
        }
        if (cell.value() != null) {
          sheet.value(line, COLUMNS.indexOf("value"), cell.value());
        }
        if (cell.subjects() != null) {
          sheet.value(line, COLUMNS.indexOf("subjects"), cell.subjects());
        }
        line++;
      }
      book.finish();
    } catch (IOException e) {
      throw new UncheckedIOException("can't write a workbook to memory", e);
    }
    return out.toByteArray();
  }
}
