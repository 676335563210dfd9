package org.yuanliu.platform.standards;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.yuanliu.industry.CodeList;
import org.yuanliu.industry.Element;
import org.yuanliu.industry.Link;
import org.yuanliu.industry.LinkStandard;
import org.yuanliu.industry.Pack;

/** A link's sheet to be filled in: a column an element, and a sheet that explains them. */
final class XlsxTemplate {
  private static final String VERSION = "01.0000";
  private static final int COLUMN_WIDTH = 22;
  private static final int HEADER_ROWS = 3;

  private XlsxTemplate() {}

  static byte[] of(Pack pack, Link link) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (Workbook book = new Workbook(out, "Yuanliu", VERSION)) {
      Worksheet sheet = book.newWorksheet("record");
      int column = 0;
      for (Element element : link.elements().values()) {
        sheet.width(column, COLUMN_WIDTH);
        sheet.value(0, column, element.id());
        sheet.value(1, column, element.names().zh() + (element.required() ? " *" : ""));
        sheet.value(
            2,
            column,
            element.names().en() + (element.uom() == null ? "" : " (" + element.uom() + ")"));
        sheet.style(0, column).bold().set();
        column++;
      }
      sheet.freezePane(0, HEADER_ROWS);
      explain(pack, link, book.newWorksheet("elements"));
      book.finish();
    } catch (IOException e) {
      throw new UncheckedIOException("can't write a workbook to memory", e);
    }
    return out.toByteArray();
  }

  private static void explain(Pack pack, Link link, Worksheet sheet) {
    String[] head = {"id", "名称", "name", "type", "required", "codes", "help", "EPCIS", "source"};
    for (int i = 0; i < head.length; i++) {
      sheet.value(0, i, head[i]);
      sheet.width(i, COLUMN_WIDTH);
    }
    int row = 1;
    for (Element element : link.elements().values()) {
      CodeList list = pack.codeLists().get(String.valueOf(element.codeList()));
      sheet.value(row, 0, element.id());
      sheet.value(row, 1, element.names().zh());
      sheet.value(row, 2, element.names().en());
      sheet.value(row, 3, element.type().id());
      sheet.value(row, 4, element.required() ? "required" : "optional");
      sheet.value(row, 5, list == null ? "" : String.join(" ", list.words().keySet()));
      sheet.value(row, 6, element.help() == null ? "" : element.help().zh());
      sheet.value(row, 7, LinkStandard.path(pack, element));
      sheet.value(row, 8, element.source() == null ? "" : element.source());
      row++;
    }
  }
}
