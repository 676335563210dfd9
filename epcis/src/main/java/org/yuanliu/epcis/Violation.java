package org.yuanliu.epcis;

import static java.util.Objects.requireNonNull;

/**
 * One reason why a document is refused.
 *
 * @param code stable name of the rule, one of {@link ViolationCode#code()}
 * @param pointer JSON pointer (RFC 6901) to the place, in XML an XPath such as {@code
 *     /epcis:EPCISDocument/EPCISBody/EventList/ObjectEvent[2]/bizStep}; "" for the whole document;
 *     for something that is missing, the object that should have it
 * @param zh what is wrong, for people, in Chinese
 * @param en the same in English
 */
public record Violation(String code, String pointer, String zh, String en) {
  public Violation {
    requireNonNull(code, "code is null");
    requireNonNull(pointer, "pointer is null");
    requireNonNull(zh, "zh is null");
    requireNonNull(en, "en is null");
  }
}
