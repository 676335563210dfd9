package org.yuanliu.platform.standards;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.yuanliu.codes.CodeReader;
import org.yuanliu.codes.Divisions;
import org.yuanliu.industry.FlatRecords;
import org.yuanliu.industry.Link;
import org.yuanliu.industry.LinkForm;
import org.yuanliu.industry.LinkStandard;
import org.yuanliu.industry.Pack;
import org.yuanliu.industry.PackLoader;
import org.yuanliu.industry.Product;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * One changed line of a pack changes what is published in every form, and what is enforced: the two
 * can't differ.
 */
class PublishedIsEnforcedTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String LINE = "      heads: required\n      dead_heads: optional\n";

  private static final String RECORD =
      """
      {"event_time": "2026-11-20T08:00:00+08:00", "place": "610102002",
       "ear_tags": ["161010200000101"], "animal_certificate": "A/1", "heads": 1}\
      """;

  /** Everything that comes of a link, published and enforced. */
  private record Told(
      String form, String schema, String profile, String sheet, String page, List<String> refused) {
    static Told of(Pack pack) {
      Product product =
          pack.products().stream().filter(p -> p.id().equals("pork")).findFirst().orElseThrow();
      Link link = product.link("arrival").orElseThrow();
      FlatRecords records =
          new FlatRecords(pack, CodeReader.of(Divisions.standard()), ZoneId.of("Asia/Shanghai"));
      return new Told(
          JSON.writeValueAsString(LinkForm.of(pack, product, link)),
          JSON.writeValueAsString(LinkStandard.recordSchema(pack, product, link)),
          JSON.writeValueAsString(LinkStandard.profile(pack, product, link)),
          strings(XlsxTemplate.of(pack, link)),
          StandardView.of(pack, product, link, false).elements().toString(),
          records.events(product, link, (ObjectNode) JSON.readTree(RECORD)).problems().stream()
              .map(problem -> problem.element() + " " + problem.code())
              .toList());
    }
  }

  /** By the directory at its end: the sizes of its entries stand nowhere else. */
  private static String strings(byte[] workbook) {
    try {
      Path file = Files.createTempFile("template", ".xlsx");
      Files.write(file, workbook);
      try (ZipFile zip = new ZipFile(file.toFile());
          InputStream in = zip.getInputStream(zip.getEntry("xl/sharedStrings.xml"))) {
        return new String(in.readAllBytes(), UTF_8);
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aChangedLineChangesAllOfThem() throws IOException {
    Pack pack =
        PackLoader.bundled().all().stream()
            .filter(each -> each.id().equals("farm-products"))
            .findFirst()
            .orElseThrow();
    String changed =
        pack.text()
            .replace(LINE, LINE.replace("required\n", "required\n      seal_number: required\n"));
    assertThat(changed).isNotEqualTo(pack.text());
    Told before = Told.of(pack);
    Told after =
        Told.of(PackLoader.load("changed.yaml", new ByteArrayInputStream(changed.getBytes(UTF_8))));
    for (String told :
        List.of(before.form(), before.schema(), before.profile(), before.sheet(), before.page())) {
      assertThat(told).contains("heads").doesNotContain("seal_number");
    }
    for (String told :
        List.of(after.form(), after.schema(), after.profile(), after.sheet(), after.page())) {
      assertThat(told).contains("heads", "seal_number");
    }
    assertThat(before.refused()).isEmpty();
    assertThat(after.refused()).containsExactly("seal_number missing");
  }
}
