package org.yuanliu.epcis.tool;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Documents far larger than the heap of the command that reads them. */
class BoundedMemoryTest {
  private static final String HEAP = "-Xmx32m";
  private static final long BYTES = 200L << 20;
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String HEAD =
      """
      {"@context": ["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld",
       {"ex": "https://ex.example/"}], "type": "EPCISDocument", "schemaVersion": "2.0",
       "creationDate": "2026-11-20T06:00:00Z", "epcisBody": {"eventList": [
      """;

  /** Some 20 kB each: what is read besides them is little, so that the test is short. */
  private static final String EVENT =
      """
      {"type": "ObjectEvent", "eventTime": "2026-11-20T05:31:07.25+08:00",
       "eventTimeZoneOffset": "+08:00", "epcList": ["urn:epc:id:sgtin:4012345.011111.%d"],
       "action": "OBSERVE", "bizStep": "shipping", "ex:note": "%s"}
      """;

  @TempDir Path folder;
  private Path document;
  private int events;

  @BeforeEach
  void write() throws IOException {
    document = folder.resolve("large.jsonld");
    String note = "一批大白菜 from the field to the table ".repeat(400);
    try (OutputStream out = Files.newOutputStream(document)) {
      out.write(HEAD.getBytes(UTF_8));
      long written = 0;
      while (written < BYTES) {
        byte[] event =
            (events == 0 ? "" : ",").concat(EVENT.formatted(events, note)).getBytes(UTF_8);
        out.write(event);
        written += event.length;
        events++;
      }
      out.write("]}}".getBytes(UTF_8));
    }
  }

  @AfterEach
  void delete() throws IOException {
    Files.deleteIfExists(document);
  }

  @Test
  void hashConvertAndValidateNeedNoMoreThanOneEvent() throws Exception {
    Path hashes = run("hash", document.toString());
    Path xml = folder.resolve("large.xml");
    run("convert", document.toString(), xml.toString());
    assertThat(Files.size(xml)).isGreaterThan(BYTES);
    Path fromXml = run("hash", xml.toString());
    assertThat(Files.readString(run("validate", xml.toString()))).contains(events + " events");
    assertThat(Files.mismatch(hashes, fromXml)).isEqualTo(-1);
    try (Stream<String> lines = Files.lines(hashes)) {
      assertThat(new HashSet<>(lines.toList())).hasSize(events);
    }
  }

  /** What the command prints, from a process of its own. */
  private Path run(String... arguments) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                HEAP,
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                EpcisTools.class.getName()));
    command.addAll(List.of(arguments));
    Path out = Files.createTempFile(folder, "out", ".txt");
    Path err = Files.createTempFile(folder, "err", ".txt");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    try {
      assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.exitValue()).as(() -> read(err)).isZero();
    return out;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
