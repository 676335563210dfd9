package org.yuanliu.epcis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Whatever the bytes, reading ends soon with a result, and what is accepted can be written and read
 * again. Right documents are spoilt at random for a bounded time; the seed of a failing one is
 * told.
 */
class XmlFuzzTest {
  private static final Duration SHORT = Duration.ofSeconds(2);
  private static final Duration LONG = Duration.ofMinutes(5);

  /** Of this thread's processor time: a machine that is busy otherwise is no hang. */
  private static final Duration HANG = Duration.ofSeconds(1);

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private static final String[] SPLINTERS = {
    "<",
    ">",
    "&",
    "&amp;",
    "&x;",
    "<![CDATA[",
    "]]>",
    "<!--",
    "-->",
    "<?",
    "?>",
    "/>",
    "</",
    "<extension>",
    "</extension>",
    "<epc>",
    " xmlns=\"\"",
    " xmlns:yl=\"urn:x\"",
    " xsi:nil=\"true\"",
    "<!DOCTYPE a [",
    "\"",
    "'",
    "\u0000",
    "\uFFFE",
    "1e999999999",
    "urn:epc:id:sgtin:",
    "<ld:member/>",
    "<a xmlns=\"urn:epcglobal:epcis:xsd:2\"/>",
    "QuantityEvent",
    "xsd:1",
    "EventList",
    "%",
    "\r\n"
  };

  private static List<byte[]> seeds() {
    List<byte[]> seeds = new ArrayList<>();
    seeds.add(XmlRefusalTest.DOCUMENT.getBytes(UTF_8));
    for (String event : Documents.ALL_EVENTS) {
      ReadResult.Accepted read =
          (ReadResult.Accepted) Documents.read(Documents.document(Documents.tree(event)));
      seeds.add(ConversionTest.write(read, Syntax.XML_2_0, CbvForm.WEB_URI));
      seeds.add(ConversionTest.write(read, Syntax.XML_1_2, CbvForm.URN));
    }
    return seeds;
  }

  @Test
  void changedDocumentsAreReadOrRefused() {
    fuzz(SHORT);
  }

  @Test
  @Tag("long")
  void changedDocumentsAreReadOrRefusedForLong() {
    fuzz(LONG);
  }

  private static void fuzz(Duration time) {
    List<byte[]> seeds = seeds();
    long end = System.nanoTime() + time.toNanos();
    long first = new Random().nextLong();
    for (long seed = first; System.nanoTime() < end; seed++) {
      Random random = new Random(seed);
      byte[] xml = mutated(seeds.get(random.nextInt(seeds.size())), random);
      long begin = THREADS.getCurrentThreadCpuTime();
      try {
        holds(xml);
      } catch (RuntimeException | AssertionError | StackOverflowError e) {
        throw new AssertionError("seed " + seed + ":\n" + new String(xml, UTF_8), e);
      }
      assertThat(Duration.ofNanos(THREADS.getCurrentThreadCpuTime() - begin))
          .as("seed " + seed)
          .isLessThan(HANG);
    }
  }

  private static byte[] mutated(byte[] from, Random random) {
    StringBuilder text = new StringBuilder(new String(from, UTF_8));
    int changes = 1 + random.nextInt(6);
    for (int i = 0; i < changes; i++) {
      int at = random.nextInt(text.length());
      int to = Math.min(text.length(), at + 1 + random.nextInt(40));
      switch (random.nextInt(5)) {
        case 0 -> text.insert(at, SPLINTERS[random.nextInt(SPLINTERS.length)]);
        case 1 -> text.delete(at, to);
        case 2 -> text.insert(random.nextInt(text.length()), text.substring(at, to));
        case 3 -> text.setCharAt(at, (char) random.nextInt(0x250));
        default ->
            text.insert(at, SPLINTERS[random.nextInt(SPLINTERS.length)].repeat(random.nextInt(99)));
      }
      if (text.isEmpty()) {
        text.append(' ');
      }
    }
    byte[] bytes = text.toString().getBytes(UTF_8);
    if (random.nextInt(8) == 0) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
    return bytes;
  }

  private static void holds(byte[] xml) {
    switch (Documents.READER.readAny(xml, DocumentFormat.XML)) {
      case ReadResult.Refused(List<Violation> violations) -> {
        assertThat(violations).isNotEmpty().hasSizeLessThanOrEqualTo(Limits.DEFAULT_MAX_VIOLATIONS);
        assertThat(violations).allMatch(v -> v.pointer().isEmpty() || v.pointer().startsWith("/"));
      }
      case ReadResult.Accepted accepted -> {
        for (Syntax syntax : Syntax.values()) {
          byte[] written = ConversionTest.write(accepted, syntax, CbvForm.WEB_URI);
          ReadResult again = Documents.READER.readAny(written, DocumentFormat.ofContent(written));
          if (syntax != Syntax.JSON_LD) {
            assertThat(again)
                .as(() -> syntax + "\n" + new String(written, UTF_8))
                .isInstanceOf(ReadResult.Accepted.class);
          }
        }
        for (EpcisEvent event : accepted.events()) {
          EpcisEvent back = StoredEvent.decode(StoredEvent.encode(event));
          assertThat(EventHash.of(back, CbvVersion.CBV_2_0))
              .isEqualTo(EventHash.of(event, CbvVersion.CBV_2_0));
        }
      }
    }
    Documents.READER.readEvent(xml, DocumentFormat.XML);
  }

  @Test
  void largeAndDeepTextIsRefusedAtOnce() {
    for (String xml :
        List.of(
            "<a>".repeat(1_000_000),
            "<a b='" + "x".repeat(14 << 20) + "'/>",
            "<a>" + "x".repeat(14 << 20) + "</a>",
            "<a " + "b='1' ".repeat(100_000) + "/>",
            "<a>" + "&#x41;".repeat(1_000_000) + "</a>",
            XmlRefusalTest.DOCUMENT.replace(">007<", ">" + "<yl:a/>".repeat(500_000) + "<"))) {
      byte[] bytes = xml.getBytes(UTF_8);
      assertThat(Documents.READER.readDocument(bytes, DocumentFormat.XML)).isNotNull();
    }
    byte[] huge = new byte[100_000_000];
    java.util.Arrays.fill(huge, (byte) 'x');
    assertThat(Documents.refused(Documents.READER.readDocument(huge, DocumentFormat.XML)))
        .extracting(Violation::code)
        .containsExactly("document_too_large");
  }
}
