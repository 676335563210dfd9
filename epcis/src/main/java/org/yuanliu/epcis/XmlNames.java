package org.yuanliu.epcis;

import java.util.Set;

/** Namespaces and names of the XML binding (EPCIS 2.0 §9, EPCIS 1.2 §9). */
final class XmlNames {
  static final String EPCIS_1 = "urn:epcglobal:epcis:xsd:1";
  static final String EPCIS_2 = "urn:epcglobal:epcis:xsd:2";
  static final String QUERY_1 = "urn:epcglobal:epcis-query:xsd:1";
  static final String QUERY_2 = "urn:epcglobal:epcis-query:xsd:2";
  static final String MASTER_DATA_1 = "urn:epcglobal:epcis-masterdata:xsd:1";
  static final String MASTER_DATA_2 = "urn:epcglobal:epcis-masterdata:xsd:2";
  static final String SBDH =
      "http://www.unece.org/cefact/namespaces/StandardBusinessDocumentHeader";
  static final String XSI = "http://www.w3.org/2001/XMLSchema-instance";
  static final String XSD = "http://www.w3.org/2001/XMLSchema";
  static final String XML = "http://www.w3.org/XML/1998/namespace";
  static final String EPCGLOBAL = "urn:epcglobal:xsd:1";

  /**
   * Ours, for what JSON-LD can say and plain XML cannot: attributes {@code ld:id}, {@code ld:type}
   * for members {@code @id}, {@code @type}; {@code ld:json} names attributes whose text is JSON; an
   * element {@code ld:member} carries in {@code ld:name} a member name that is no XML name.
   */
  static final String LD = "https://yuanliu.org/ns/json-ld#";

  /**
   * Ours, for elements in no namespace that the schemas let stand inside {@code extension} ({@code
   * xsd:any namespace="##local"}): JSON has no member without a namespace.
   */
  static final String UNQUALIFIED = "https://yuanliu.org/ns/local#";

  /** Attributes of an extension element in its JSON form: an object under this member. */
  static final String ATTRIBUTES = "@attributes";

  /** Namespaces of the binding itself, which no extension has and no context needs. */
  private static final Set<String> BINDING =
      Set.of(
          EPCIS_1,
          EPCIS_2,
          QUERY_1,
          QUERY_2,
          MASTER_DATA_1,
          MASTER_DATA_2,
          SBDH,
          XSI,
          XSD,
          XML,
          EPCGLOBAL,
          LD,
          "http://schemas.xmlsoap.org/soap/envelope/",
          "http://www.w3.org/2003/05/soap-envelope");

  private XmlNames() {}

  static boolean isBinding(String namespace) {
    return BINDING.contains(namespace);
  }

  static boolean isEvent(String namespace) {
    return namespace.equals(EPCIS_1) || namespace.equals(EPCIS_2);
  }
}
