package org.yuanliu.platform.standards;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.dhatim.fastexcel.DataValidationErrorStyle;
import org.dhatim.fastexcel.PaperSize;
import org.dhatim.fastexcel.Range;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.jspecify.annotations.Nullable;
import org.yuanliu.industry.CodeList;
import org.yuanliu.industry.Element;
import org.yuanliu.industry.ElementType;
import org.yuanliu.industry.Link;
import org.yuanliu.industry.LinkStandard;
import org.yuanliu.industry.Pack;

/**
 * A link's sheet to be filled in: a column an element, a sheet that explains them, and the words of
 * the code lists, from which the cells offer a choice.
 */
final class XlsxTemplate {
  private static final String VERSION = "01.0000";
  private static final int COLUMN_WIDTH = 24;
  private static final int NARROW = 14;
  private static final int WIDE = 44;

  /** Name, English name, kind of value, id; below them is filled in. */
  private static final int HEADER_ROWS = 4;

  /** Rows whose cells offer a choice: as many records as one call takes of one list. */
  private static final int ROWS = 2_000;

  /** Digits stay digits: a number format would round a code of 20 to 15. */
  private static final String TEXT = "@";

  private static final String HEAD_FILL = "E6F0EF";
  private static final String SOFT = "51605F";
  private static final List<String> YES_NO = List.of("true", "false");

  private XlsxTemplate() {}

  static byte[] of(Pack pack, Link link) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (Workbook book = new Workbook(out, "Yuanliu", VERSION)) {
      Worksheet sheet = book.newWorksheet("填报");
      explain(pack, link, book.newWorksheet("指标说明"));
      Map<String, Range> choices = choices(pack, link, book.newWorksheet("代码表"));
      int column = 0;
      for (Element element : link.elements().values()) {
        column(sheet, column, element, choices.get(choiceOf(element)));
        column++;
      }
      sheet.freezePane(0, HEADER_ROWS);
      sheet.paperSize(PaperSize.A4_PAPER);
      sheet.pageOrientation("landscape");
      book.finish();
    } catch (IOException e) {
      throw new UncheckedIOException("can't write a workbook to memory", e);
    }
    return out.toByteArray();
  }

  private static void column(
      Worksheet sheet, int column, Element element, @Nullable Range choices) {
    sheet.width(column, COLUMN_WIDTH);
    sheet.style(column).format(TEXT).set();
    sheet.value(0, column, element.names().zh() + (element.required() ? " *" : ""));
    sheet.value(1, column, element.names().en());
    sheet.value(
        2, column, StandardView.type(element, false) + "\n" + StandardView.type(element, true));
    sheet.value(3, column, element.id());
    sheet.style(0, column).bold().fillColor(HEAD_FILL).wrapText(true).set();
    sheet.style(1, column).fillColor(HEAD_FILL).wrapText(true).set();
    sheet.style(2, column).fontColor(SOFT).fillColor(HEAD_FILL).wrapText(true).set();
    sheet.style(3, column).fontColor(SOFT).fillColor(HEAD_FILL).set();
    if (choices != null && !element.list()) {
      sheet
          .range(HEADER_ROWS, column, HEADER_ROWS + ROWS - 1, column)
          .validateWithList(choices)
          .allowBlank(true)
          .errorStyle(DataValidationErrorStyle.STOP)
          .showErrorMessage(true)
          .errorTitle("请从列表里选 Choose one")
          .error("可用的代码见“代码表”。The codes are listed on the third sheet.");
    }
  }

  /** Which words a cell offers; empty where anything may be written. */
  private static String choiceOf(Element element) {
    return element.type() == ElementType.BOOLEAN
        ? ElementType.BOOLEAN.id()
        : element.type() == ElementType.CODE ? String.valueOf(element.codeList()) : "";
  }

  /** The words of each list, with what they mean; where the codes of each stand. */
  private static Map<String, Range> choices(Pack pack, Link link, Worksheet sheet) {
    Map<String, Range> found = new LinkedHashMap<>();
    int column = 0;
    for (Element element : link.elements().values()) {
      String name = choiceOf(element);
      CodeList list = pack.codeLists().get(name);
      if (found.containsKey(name) || name.isEmpty()) {
        continue;
      }
      List<String> codes = list == null ? YES_NO : List.copyOf(list.words().keySet());
      head(sheet, 0, column, element.names().zh());
      head(sheet, 0, column + 1, element.names().en());
      sheet.width(column, NARROW);
      sheet.width(column + 1, COLUMN_WIDTH);
      sheet.style(column).format(TEXT).set();
      for (int i = 0; i < codes.size(); i++) {
        String code = codes.get(i);
        sheet.value(i + 1, column, code);
        sheet.value(i + 1, column + 1, meaning(list, code));
      }
      found.put(name, sheet.range(1, column, codes.size(), column));
      column += 2;
    }
    sheet.freezePane(0, 1);
    return found;
  }

  private static String meaning(@Nullable CodeList list, String code) {
    CodeList.Word word = list == null ? null : list.words().get(code);
    return word == null
        ? (code.equals(YES_NO.getFirst()) ? "是 / yes" : "否 / no")
        : word.names().zh() + " / " + word.names().en();
  }

  private static void explain(Pack pack, Link link, Worksheet sheet) {
    String[] head = {
      "编号 id",
      "名称",
      "name",
      "类型 type",
      "必填 required",
      "代码 codes",
      "说明",
      "help",
      "EPCIS",
      "依据 source"
    };
    int[] widths = {
      COLUMN_WIDTH, COLUMN_WIDTH, COLUMN_WIDTH, COLUMN_WIDTH, NARROW, WIDE, WIDE, WIDE, WIDE, WIDE
    };
    for (int i = 0; i < head.length; i++) {
      head(sheet, 0, i, head[i]);
      sheet.width(i, widths[i]);
    }
    int row = 1;
    for (Element element : link.elements().values()) {
      CodeList list = pack.codeLists().get(String.valueOf(element.codeList()));
      String[] cells = {
        element.id(),
        element.names().zh(),
        element.names().en(),
        StandardView.type(element, false) + " / " + StandardView.type(element, true),
        element.required() ? "必填 / yes" : "选填 / no",
        list == null ? "" : String.join(" ", list.words().keySet()),
        element.help() == null ? "" : element.help().zh(),
        element.help() == null ? "" : element.help().en(),
        LinkStandard.path(pack, element),
        element.source() == null ? "" : element.source()
      };
      for (int i = 0; i < cells.length; i++) {
        sheet.value(row, i, cells[i]);
        sheet.style(row, i).wrapText(true).verticalAlignment("top").set();
      }
      row++;
    }
    sheet.freezePane(0, 1);
  }

  private static void head(Worksheet sheet, int row, int column, String text) {
    sheet.value(row, column, text);
    sheet.style(row, column).bold().fillColor(HEAD_FILL).wrapText(true).set();
  }
}
