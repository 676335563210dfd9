package org.yuanliu.epcis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.List;
import org.yuanliu.codes.CanonicalUri;
import org.yuanliu.codes.CodeException;
import org.yuanliu.codes.CodeReader;
import org.yuanliu.codes.Divisions;

/** What Jazzer feeds; see {@link JazzerTest}. Each takes any bytes, and only a fault throws. */
public final class JazzerTargets {
  /** Of this thread's processor time: a machine that is busy otherwise is no hang. */
  private static final Duration HANG = Duration.ofSeconds(1);

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private JazzerTargets() {}

  private static void within(Runnable work) {
    long begin = THREADS.getCurrentThreadCpuTime();
    work.run();
    Duration taken = Duration.ofNanos(THREADS.getCurrentThreadCpuTime() - begin);
    check(taken.compareTo(HANG) < 0, "it took " + taken);
  }

  private static void check(boolean holds, String what) {
    if (!holds) {
      throw new IllegalStateException(what);
    }
  }

  /** The first document of a process loads classes, which is no hang. */
  private static void warmUp() {
    byte[] json =
        Documents.document(Documents.tree(Documents.OBJECT_EVENT)).toString().getBytes(UTF_8);
    document(json, DocumentFormat.JSON);
    document(XmlRefusalTest.DOCUMENT.getBytes(UTF_8), DocumentFormat.XML);
    document(new byte[] {'<'}, DocumentFormat.XML);
  }

  private static void document(byte[] bytes, DocumentFormat format) {
    switch (Documents.READER.readAny(bytes, format)) {
      case ReadResult.Refused(List<Violation> violations) ->
          check(violations.size() <= Limits.DEFAULT_MAX_VIOLATIONS, "too many violations");
      case ReadResult.Accepted accepted -> {
        for (EpcisEvent event : accepted.events()) {
          EpcisEvent back = StoredEvent.decode(StoredEvent.encode(event));
          for (CbvVersion version : CbvVersion.values()) {
            check(
                EventHash.of(back, version).equals(EventHash.of(event, version)),
                "the stored event has another hash");
          }
        }
        byte[] written = ConversionTest.write(accepted, Syntax.XML_2_0, CbvForm.WEB_URI);
        check(
            Documents.READER.readAny(written, DocumentFormat.XML) instanceof ReadResult.Accepted,
            "the document written in XML is refused");
      }
    }
    Documents.READER.readEvent(bytes, format);
  }

  /** Documents in JSON. */
  public static final class Json {
    private Json() {}

    public static void fuzzerInitialize() {
      warmUp();
    }

    public static void fuzzerTestOneInput(byte[] bytes) {
      within(() -> document(bytes, DocumentFormat.JSON));
    }
  }

  /** Documents in XML. */
  public static final class Xml {
    private Xml() {}

    public static void fuzzerInitialize() {
      warmUp();
    }

    public static void fuzzerTestOneInput(byte[] bytes) {
      within(() -> document(bytes, DocumentFormat.XML));
    }
  }

  /** Codes as people type and scan them, element strings, Digital Links and other URIs. */
  public static final class Codes {
    private static final CodeReader READER = CodeReader.of(Divisions.standard());

    private Codes() {}

    public static void fuzzerInitialize() {
      read("(01)09521234543213(10)ABC");
    }

    public static void fuzzerTestOneInput(byte[] bytes) {
      within(() -> read(new String(bytes, UTF_8)));
    }

    private static void read(String text) {
      READER.read(text);
      for (String uri : List.of(text, "https://id.gs1.org/" + text, "urn:epc:id:" + text)) {
        String canonical = CanonicalUri.of(uri);
        check(CanonicalUri.of(canonical).equals(canonical), "not idempotent: " + uri);
        check(!CanonicalUri.isCanonicalLink(uri) || canonical.equals(uri), "not canonical: " + uri);
        CanonicalUri.isLot(canonical);
        try {
          check(CanonicalUri.checked(uri).equals(canonical), "checked to another: " + uri);
        } catch (CodeException e) {
          check(!CanonicalUri.isCanonicalLink(uri), "canonical and refused: " + uri);
        }
      }
    }
  }

  /** All of them, told apart by how the text begins. */
  public static final class All {
    private All() {}

    public static void fuzzerInitialize() {
      warmUp();
      Codes.fuzzerInitialize();
    }

    public static void fuzzerTestOneInput(byte[] bytes) {
      switch (bytes.length == 0 ? 0 : bytes[0]) {
        case '{' -> Json.fuzzerTestOneInput(bytes);
        case '<' -> Xml.fuzzerTestOneInput(bytes);
        default -> Codes.fuzzerTestOneInput(bytes);
      }
    }
  }
}
