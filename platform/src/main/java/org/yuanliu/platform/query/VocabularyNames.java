package org.yuanliu.platform.query;

import java.util.List;

/**
 * Names of vocabularies and of their attributes in one form, the URN of EPCIS 1.x and of the XML
 * binding: {@code urn:epcglobal:epcis:vtype:BusinessLocation}, {@code urn:epcglobal:cbv:mda#name}.
 * Names of other namespaces stay as they are.
 */
final class VocabularyNames {
  static final String TYPE = "urn:epcglobal:epcis:vtype:";
  private static final String MDA = "urn:epcglobal:cbv:mda#";
  private static final List<String> TYPES = List.of("https://ref.gs1.org/epcis/", "epcis:");
  private static final List<String> ATTRIBUTES =
      List.of("urn:epcglobal:cbv:mda:", "https://ref.gs1.org/cbv/", "https://gs1.org/voc/");

  private VocabularyNames() {}

  static String type(String name) {
    for (String prefix : TYPES) {
      if (name.startsWith(prefix)) {
        return TYPE + name.substring(prefix.length());
      }
    }
    return name.indexOf(':') < 0 ? TYPE + name : name;
  }

  static String attribute(String name) {
    for (String prefix : ATTRIBUTES) {
      if (name.startsWith(prefix)) {
        return MDA + name.substring(prefix.length());
      }
    }
    return name.indexOf(':') < 0 ? MDA + name : name;
  }
}
