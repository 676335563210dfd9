package org.yuanliu.platform.query;

import java.util.List;
import org.yuanliu.platform.journal.Subject;
import tools.jackson.databind.JsonNode;

/**
 * The subject of entries of the kind VOCABULARY: what a party says of the elements of vocabularies.
 *
 * @param elements in the order of the document
 */
record VocabularySubject(List<Element> elements) implements Subject {
  VocabularySubject {
    elements = List.copyOf(elements);
  }

  /**
   * One element.
   *
   * @param type the vocabulary, full name
   * @param id canonical URI
   * @param children canonical URIs
   */
  record Element(String type, String id, List<Attribute> attributes, List<String> children) {
    Element {
      attributes = List.copyOf(attributes);
      children = List.copyOf(children);
    }
  }

  /**
   * One attribute.
   *
   * @param id full name
   */
  record Attribute(String id, JsonNode attribute) {}
}
