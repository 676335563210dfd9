package org.yuanliu.epcis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Jazzer searches by coverage for bytes that make a parser crash, hang or run out of memory. It
 * runs in a process of its own: its engine is native and ends the process, and so the memory has a
 * bound.
 */
class JazzerTest {
  private static final int SHORT_SECONDS = 4;
  private static final int LONG_SECONDS = 120;

  /** Of the searching process; documents of the search are a few kilobytes. */
  private static final String HEAP = "-Xmx300m";

  @TempDir Path folder;

  @Test
  void nothingIsFoundInSeconds() throws Exception {
    search(JazzerTargets.All.class, SHORT_SECONDS);
  }

  @ParameterizedTest
  @ValueSource(
      classes = {JazzerTargets.Json.class, JazzerTargets.Xml.class, JazzerTargets.Codes.class})
  @Tag("long")
  void nothingIsFoundInMinutes(Class<?> target) throws Exception {
    search(target, LONG_SECONDS);
  }

  private void search(Class<?> target, int seconds) throws Exception {
    Path seeds = Files.createDirectory(folder.resolve("seeds"));
    seeds(seeds);
    Path log = folder.resolve("log");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                HEAP,
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                absolute(System.getProperty("java.class.path")),
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + target.getName(),
                "--instrumentation_includes=org.yuanliu.**",
                // Its own search for dangerous calls is no use here, and slow to start.
                "--custom_hook_includes=org.yuanliu.**",
                "-max_total_time=" + seconds,
                "-max_len=8192",
                "-timeout=60",
                seeds.toString())
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    boolean ended = process.waitFor(seconds + 120L, TimeUnit.SECONDS);
    process.destroyForcibly();
    String said = found() + Files.readString(log);
    assertThat(ended).as(said).isTrue();
    assertThat(process.exitValue()).as(said).isZero();
    // The bytes that the search learnt from: without them it was blind.
    assertThat(said).containsPattern("cov: \\d\\d+").contains("Done ");
  }

  /** The input that a target did not stand, which the folder takes with it. */
  private String found() throws IOException {
    try (DirectoryStream<Path> inputs = Files.newDirectoryStream(folder, "crash-*")) {
      StringBuilder found = new StringBuilder();
      for (Path input : inputs) {
        String bytes = Base64.getEncoder().encodeToString(Files.readAllBytes(input));
        found.append("Input in Base64: ").append(bytes).append('\n');
      }
      return found.toString();
    }
  }

  /** A class path whose folders are found from another folder too. */
  private static String absolute(String path) {
    return String.join(
        java.io.File.pathSeparator,
        List.of(path.split(java.io.File.pathSeparator, -1)).stream()
            .filter(part -> !part.isEmpty())
            .map(part -> Path.of(part).toAbsolutePath().toString())
            .toList());
  }

  private static void seeds(Path folder) throws IOException {
    int number = 0;
    for (String event : Documents.ALL_EVENTS) {
      String json = Documents.document(Documents.tree(event)).toString();
      Files.writeString(folder.resolve("json" + number), json);
      ReadResult.Accepted read =
          (ReadResult.Accepted) Documents.read(Documents.document(Documents.tree(event)));
      Files.write(
          folder.resolve("xml" + number++),
          ConversionTest.write(read, Syntax.XML_2_0, CbvForm.WEB_URI));
    }
    for (String code :
        List.of(
            "(01)09521234543213(10)ABC",
            "01/09521234543213/21/12%2F34?linkType=all",
            "sgtin:4012345.011111.9876",
            "https://example.com/a/414/4012345000115/254/987",
            "urn:yuanliu:oid:1.2.156",
            "\u001d0109521234543213")) {
      Files.write(folder.resolve("code" + number++), code.getBytes(UTF_8));
    }
  }
}
