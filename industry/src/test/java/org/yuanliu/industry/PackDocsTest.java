package org.yuanliu.industry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The written reference says what the reader does. {@code -Dyuanliu.docs.write=true} renews it. */
class PackDocsTest {
  private static final String MARKER =
      "<!-- made from the format by PackReference; PackDocsTest tells when it is out of date -->\n";

  @Test
  void theReferenceIsThatOfTheFormat() throws IOException {
    Path file = Path.of("../docs/packs.md");
    String text = Files.readString(file);
    int at = text.indexOf(MARKER);
    assertThat(at).isPositive();
    String current = text.substring(0, at) + MARKER + PackReference.markdown();
    if (Boolean.getBoolean("yuanliu.docs.write")) {
      Files.writeString(file, current);
    } else {
      assertThat(text).isEqualTo(current);
    }
  }

  @Test
  void theIndustriesAreThoseOfThePacks() throws IOException {
    Path file = Path.of("../docs/industries.md");
    String current = IndustriesDoc.markdown(PackLoader.bundled());
    if (Boolean.getBoolean("yuanliu.docs.write")) {
      Files.writeString(file, current);
    } else {
      assertThat(Files.readString(file))
          .as("run this test with -Dyuanliu.docs.write=true to renew docs/industries.md")
          .isEqualTo(current);
    }
  }

  @Test
  void theExampleOfTheGuideIsAPack() throws IOException {
    String text = Files.readString(Path.of("../docs/packs.md"));
    int from = text.indexOf("```yaml\npack:") + "```yaml\n".length();
    byte[] yaml = text.substring(from, text.indexOf("```", from)).getBytes("UTF-8");
    Pack pack = PackLoader.load("guide", new java.io.ByteArrayInputStream(yaml));
    assertThat(pack.products().getFirst().links()).hasSize(8);
  }
}
