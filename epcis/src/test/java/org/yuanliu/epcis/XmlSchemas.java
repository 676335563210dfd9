package org.yuanliu.epcis;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.transform.Source;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import org.jspecify.annotations.Nullable;
import org.xml.sax.SAXException;

/** GS1's XML schemas, by the validator of the JDK. */
final class XmlSchemas {
  private final Schema schema;

  private XmlSchemas(Schema schema) {
    this.schema = schema;
  }

  /** Skips the test where the schemas are absent. */
  static XmlSchemas epcis2() {
    Path folder = ReferenceData.folder("gs1/xsd");
    try {
      SchemaFactory factory = SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI);
      Source[] sources =
          Stream.of(
                  "EPCglobal-epcis-2_0.xsd",
                  "EPCglobal-epcis-query-2_0.xsd",
                  "EPCglobal-epcis-masterdata-2_0.xsd")
              .map(name -> new StreamSource(folder.resolve(name).toFile()))
              .toArray(Source[]::new);
      return new XmlSchemas(factory.newSchema(sources));
    } catch (SAXException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What the schema has against a document, or null. */
  @Nullable String fault(byte[] xml) {
    try {
      schema.newValidator().validate(new StreamSource(new ByteArrayInputStream(xml)));
      return null;
    } catch (SAXException e) {
      return e.getMessage();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
