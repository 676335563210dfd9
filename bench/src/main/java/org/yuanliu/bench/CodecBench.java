package org.yuanliu.bench;

import com.ctc.wstx.stax.WstxInputFactory;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.ToLongFunction;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;
import org.yuanliu.epcis.CbvForm;
import org.yuanliu.epcis.CbvVersion;
import org.yuanliu.epcis.DocumentFormat;
import org.yuanliu.epcis.DocumentReader;
import org.yuanliu.epcis.DocumentSource;
import org.yuanliu.epcis.DocumentWriter;
import org.yuanliu.epcis.EventHasher;
import org.yuanliu.epcis.Limits;
import org.yuanliu.epcis.ReadResult;
import org.yuanliu.epcis.Syntax;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

/**
 * How fast one core reads, checks and hashes documents, beside what its parsers alone do with the
 * same bytes: a tree of Jackson's, a walk of StAX that looks at every name, attribute and text.
 */
@Command(
    name = "codec",
    mixinStandardHelpOptions = true,
    description = "Measure reading, checking and hashing of documents on one core; no server.")
final class CodecBench implements Callable<Integer> {
  private static final Limits LIMITS = new Limits(1 << 30, 1_000_000, 64, 1 << 20, 40_000, 400, 10);

  /** The just-in-time compilers are done by then, on a machine that is not idle too. */
  private static final int WARM_UP_ROUNDS = 4;

  @Option(
      names = "--events",
      defaultValue = "5000",
      description = "Events of the document (default ${DEFAULT-VALUE}).")
  private int events = 5_000;

  @Option(
      names = "--rounds",
      defaultValue = "7",
      description = "Counted rounds; the median is told (default ${DEFAULT-VALUE}).")
  private int rounds = 7;

  @Option(
      names = "--round-seconds",
      defaultValue = "2",
      description = "Length of a round (default ${DEFAULT-VALUE}).")
  private int roundSeconds = 2;

  @Option(names = "--file", description = "A document of your own instead of the made one.")
  private @Nullable Path file;

  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

  /** What the results of the work are added to, so that no compiler leaves the work out. */
  private long sink;

  private record Contender(String name, byte[] bytes, ToLongFunction<byte[]> work) {}

  @Override
  public Integer call() throws IOException {
    byte[] sent = file == null ? made() : Files.readAllBytes(file);
    DocumentReader reader = new DocumentReader(LIMITS);
    ReadResult.Accepted read = accepted(reader.readAny(sent, DocumentFormat.ofContent(sent)));
    byte[] json = write(read, Syntax.JSON_LD);
    byte[] xml = write(read, Syntax.XML_2_0);
    int count = read.events().size();
    JsonMapper mapper = JsonMapper.builder().build();
    WstxInputFactory stax = new WstxInputFactory();
    stax.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    Contender[] contenders = {
      new Contender("JSON, Jackson tree", json, bytes -> mapper.readTree(bytes).size()),
      new Contender(
          "JSON, read + check + hash", json, bytes -> hashed(reader, bytes, DocumentFormat.JSON)),
      new Contender("XML, StAX walk", xml, bytes -> walk(stax, bytes)),
      new Contender(
          "XML, read + check + hash", xml, bytes -> hashed(reader, bytes, DocumentFormat.XML))
    };
    double[][] perSecond = new double[contenders.length][rounds];
    // In turn, so that whatever else the machine does meets them all alike.
    for (int round = -WARM_UP_ROUNDS; round < rounds; round++) {
      for (int i = 0; i < contenders.length; i++) {
        double rate = round(contenders[i]);
        if (round >= 0) {
          perSecond[i][round] = rate;
        }
      }
    }
    System.out.printf(
        "%d events; JSON %,d bytes, XML %,d bytes; one thread, its processor time; Java %s; median"
            + " of %d rounds%n",
        count, json.length, xml.length, Runtime.version(), rounds);
    double[] medians = new double[contenders.length];
    for (int i = 0; i < contenders.length; i++) {
      Arrays.sort(perSecond[i]);
      medians[i] = perSecond[i][rounds / 2];
      System.out.printf(
          "%-28s %8.1f MB/s %,10.0f events/s   (%.1f to %.1f MB/s)%n",
          contenders[i].name(),
          medians[i] * contenders[i].bytes().length / 1e6,
          medians[i] * count,
          perSecond[i][0] * contenders[i].bytes().length / 1e6,
          perSecond[i][rounds - 1] * contenders[i].bytes().length / 1e6);
    }
    System.out.printf(
        "ratio: JSON %.2f of Jackson's tree, XML %.2f of StAX%n",
        medians[1] / medians[0], medians[3] / medians[2]);
    if (sink == 42) {
      System.out.println();
    }
    return 0;
  }

  /** Documents a second of processor time: what else the machine does is not counted. */
  private double round(Contender contender) {
    long begin = threads.getCurrentThreadCpuTime();
    long end = begin + roundSeconds * 1_000_000_000L;
    int done = 0;
    long now;
    do {
      sink += contender.work().applyAsLong(contender.bytes());
      done++;
      now = threads.getCurrentThreadCpuTime();
    } while (now < end);
    return done / ((now - begin) / 1e9);
  }

  /** Each event is hashed as it comes, as whoever reads a document for its hashes does. */
  private static long hashed(DocumentReader reader, byte[] bytes, DocumentFormat format) {
    long[] sum = new long[1];
    EventHasher hasher = new EventHasher(CbvVersion.CBV_2_0, Set.of());
    try {
      DocumentReader.Summary summary =
          reader.readEach(
              DocumentSource.of(bytes), format, event -> sum[0] += hasher.digest(event)[0]);
      if (!summary.violations().isEmpty()) {
        throw new IllegalArgumentException("the document is refused: " + summary.violations());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return sum[0];
  }

  private static long walk(WstxInputFactory factory, byte[] bytes) {
    try {
      long sum = 0;
      XMLStreamReader reader = factory.createXMLStreamReader(new ByteArrayInputStream(bytes));
      while (reader.hasNext()) {
        switch (reader.next()) {
          case XMLStreamConstants.START_ELEMENT -> {
            sum += reader.getLocalName().length();
            for (int i = 0; i < reader.getAttributeCount(); i++) {
              sum +=
                  reader.getAttributeLocalName(i).length() + reader.getAttributeValue(i).length();
            }
          }
          case XMLStreamConstants.CHARACTERS -> sum += reader.getText().length();
          default -> {}
        }
      }
      reader.close();
      return sum;
    } catch (XMLStreamException e) {
      throw new IllegalStateException(e);
    }
  }

  private static ReadResult.Accepted accepted(ReadResult result) {
    return switch (result) {
      case ReadResult.Accepted accepted -> accepted;
      case ReadResult.Refused(var violations) ->
          throw new IllegalArgumentException("the document is refused: " + violations);
    };
  }

  private static byte[] write(ReadResult.Accepted read, Syntax syntax) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    var header = read.header();
    if (header == null) {
      throw new IllegalArgumentException("a document is measured, not a single event");
    }
    try (DocumentWriter writer = DocumentWriter.open(out, syntax, CbvForm.WEB_URI, header)) {
      read.events().forEach(writer::write);
    }
    return out.toByteArray();
  }

  private byte[] made() {
    BenchEvents source = new BenchEvents("CODEC", Instant.parse("2026-11-01T00:00:00Z"));
    StringBuilder document =
        new StringBuilder(
            """
            {"@context":["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld",\
            {"yl":"https://yuanliu.org/ns/"}],"type":"EPCISDocument","schemaVersion":"2.0",\
            "creationDate":"2026-11-20T06:00:00+08:00","epcisBody":{"eventList":[\
            """);
    for (int i = 0; i < events; i++) {
      document.append(i == 0 ? "" : ",").append(source.event(i));
    }
    return document.append("]}}").toString().getBytes(StandardCharsets.UTF_8);
  }
}
