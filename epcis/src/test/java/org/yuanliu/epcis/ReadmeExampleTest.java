package org.yuanliu.epcis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of README.md does what it says, and is the code that runs here. */
class ReadmeExampleTest {
  @TempDir Path folder;

  @Test
  void theExampleParsesHashesAndConverts() throws IOException {
    Path source = folder.resolve("in.jsonld");
    Path target = folder.resolve("out.xml");
    Files.writeString(
        source, Documents.document(Documents.tree(Documents.OBJECT_EVENT)).toString());
    example(source, target);
    assertThat(Files.readString(target)).contains("urn:epcglobal:cbv:bizstep:shipping");
    assertThat(Documents.READER.readDocument(Files.readAllBytes(target), DocumentFormat.XML))
        .isInstanceOf(ReadResult.Accepted.class);
  }

  private static void example(Path in, Path out) throws IOException {
    // begin
    DocumentReader reader = new DocumentReader(Limits.DEFAULT);
    ReadResult result = reader.readAny(Files.readAllBytes(in), DocumentFormat.JSON);
    if (result instanceof ReadResult.Accepted(DocumentHeader header, List<EpcisEvent> events)) {
      for (EpcisEvent event : events) {
        System.out.println(EventHash.of(event, CbvVersion.CBV_2_0));
      }
      try (OutputStream stream = Files.newOutputStream(out);
          DocumentWriter writer =
              DocumentWriter.open(stream, Syntax.XML_2_0, CbvForm.URN, header)) {
        events.forEach(writer::write);
      }
    }
    // end
  }

  @Test
  void theReadmeHasThisCode() throws IOException {
    Path readme = Path.of("README.md");
    Path test = Path.of("src/test/java/org/yuanliu/epcis/ReadmeExampleTest.java");
    assumeTrue(Files.exists(readme) && Files.exists(test), "not run from the module's folder");
    String text = Files.readString(readme);
    String shown = text.substring(text.indexOf("```java") + 7, text.indexOf("```\n\n`Readme"));
    String source = Files.readString(test);
    String run =
        source.substring(source.indexOf("// begin") + 8, source.indexOf("    // " + "end"));
    assertThat(words(shown)).isEqualTo(words(run));
  }

  private static String words(String code) {
    return code.lines()
        .flatMap(line -> List.of(line.strip().split(" ", -1)).stream())
        .filter(word -> !word.isEmpty())
        .collect(Collectors.joining(" "))
        .toLowerCase(Locale.ROOT);
  }
}
