package org.yuanliu.platform.standards;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipFile;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yuanliu.industry.Link;
import org.yuanliu.industry.Pack;
import org.yuanliu.industry.PackLoader;
import org.yuanliu.industry.Product;
import org.yuanliu.platform.capture.CaptureServer;
import tools.jackson.databind.JsonNode;

/** The published standard, as anybody reads it. */
class StandardsTest extends CaptureServer {
  private static final String ARRIVAL = "/standards/farm-products/pork/arrival";

  @TempDir Path folder;

  @Test
  void theIndexNamesEveryIndustryInBothLanguages() {
    String chinese = get("/standards", "").body();
    String english = get("/standards?lang=en", "").body();
    for (Pack pack : PackLoader.bundled().inForce(LocalDate.now())) {
      assertThat(chinese).contains(pack.names().zh(), "/standards/" + pack.id());
      assertThat(english).contains(pack.names().en());
    }
    assertThat(english).doesNotContain("??", "追溯标准");
  }

  @Test
  void everyLinkOfEveryIndustryHasItsPage() {
    for (Pack pack : PackLoader.bundled().inForce(LocalDate.now())) {
      String page = get("/standards/" + pack.id(), "").body();
      assertThat(page).doesNotContain("??");
      for (Product product : pack.products()) {
        assertThat(page).contains(product.names().zh());
        // Each is a request; the first and the last of a product tell enough.
        for (Link link : List.of(product.links().getFirst(), product.links().getLast())) {
          HttpResponse<String> answer =
              get("/standards/" + pack.id() + "/" + product.id() + "/" + link.id(), "");
          assertThat(answer.statusCode()).as(link.id()).isEqualTo(200);
          assertThat(answer.body()).contains(link.names().zh()).doesNotContain("??");
        }
      }
    }
  }

  @Test
  void aLinkTellsWhoWhatAndWhy() {
    String page = get(ARRIVAL, "").body();
    assertThat(page)
        .contains("屠宰厂", "畜禽标识", "animal_certificate", "动物检疫合格证明", "事前拒绝", "必填")
        .contains("生猪屠宰管理条例第十三条", "epcList | quantityList");
    assertThat(get(ARRIVAL + "?lang=en", "").body())
        .contains("Ear tags", "refused beforehand", "on a registered and valid animal quarantine");
    // Where the pack says nothing the procedure comes from the same data as the form.
    assertThat(page).contains("操作规程", "查验并留存动物检疫合格证明", "扫描或录入畜禽标识");
    assertThat(get("/standards/farm-products/pork/flying", "").statusCode()).isEqualTo(404);
    assertThat(get("/standards/toys", "").statusCode()).isEqualTo(404);
  }

  @Test
  void aPageCarriesItsStyleAndThePolicyTakesNoOther() throws Exception {
    HttpResponse<String> answer = get("/standards", "");
    Matcher style = Pattern.compile("(?s)<style>(.+?)</style>").matcher(answer.body());
    assertThat(style.find()).isTrue();
    assertThat(style.group(1)).contains(".card").doesNotContain("/*");
    assertThat(style.find()).isFalse();
    style.reset();
    assertThat(style.find()).isTrue();
    String digest =
        Base64.getEncoder()
            .encodeToString(
                MessageDigest.getInstance("SHA-256").digest(style.group(1).getBytes(UTF_8)));
    assertThat(answer.headers().allValues("Content-Security-Policy"))
        .singleElement()
        .asString()
        .contains("style-src 'self' 'sha256-" + digest + "';", "script-src 'self';")
        .doesNotContain("unsafe");
    // What is rendered in the browser gets no such thing.
    assertThat(get("/desk/", "").headers().firstValue("Content-Security-Policy").orElseThrow())
        .contains("style-src 'self';");
  }

  @Test
  void machinesGetSchemaProfileAndTemplate() throws Exception {
    JsonNode schema = json(get(ARRIVAL + "/record.schema.json", ""));
    assertThat(schema.path("required").toString()).contains("ear_tags", "heads");
    assertThat(schema.path("properties").path("heads").path("type").asString())
        .isEqualTo("integer");
    JsonNode profile = json(get(ARRIVAL + "/profile.json", ""));
    assertThat(profile.path("events").get(0).path("bizStep").asString())
        .isEqualTo("https://ref.gs1.org/cbv/BizStep-receiving");
    assertThat(json(get("/standards/pack.schema.json", "")).path("$defs").has("link")).isTrue();
    HttpResponse<byte[]> workbook =
        HTTP.send(
            HttpRequest.newBuilder(
                    URI.create("http://127.0.0.1:" + port + ARRIVAL + "/template.xlsx"))
                .build(),
            HttpResponse.BodyHandlers.ofByteArray());
    assertThat(workbook.statusCode()).isEqualTo(200);
    assertThat(workbook.headers().firstValue("Content-Disposition").orElseThrow())
        .startsWith("attachment;")
        .contains("filename*=UTF-8''" + URLEncoder.encode("猪肉-进厂.xlsx", UTF_8));
    String strings = "";
    List<String> names = new ArrayList<>();
    Path file = Files.write(folder.resolve("template.xlsx"), workbook.body());
    try (ZipFile zip = new ZipFile(file.toFile())) {
      Collections.list(zip.entries()).forEach(entry -> names.add(entry.getName()));
      // Whatever way its letters are escaped in.
      strings =
          DocumentBuilderFactory.newDefaultInstance()
              .newDocumentBuilder()
              .parse(zip.getInputStream(zip.getEntry("xl/sharedStrings.xml")))
              .getDocumentElement()
              .getTextContent();
    }
    assertThat(names).contains("xl/workbook.xml", "xl/worksheets/sheet3.xml");
    assertThat(strings).contains("追溯单元编码，可多个", "code of a trace unit, several");
    assertThat(strings).contains("ear_tags", "畜禽标识 *");
  }
}
