package org.yuanliu.epcis;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The Standard Business Document Header that says in XML what {@code sender}, {@code receiver} and
 * {@code instanceIdentifier} say in JSON, and nothing more.
 */
final class BusinessHeader {
  private static final String PREFIX = "sbdh:";
  static final String NAME = PREFIX + XmlHeaderReader.SBDH_NAME;
  static final LdContext CONTEXT = LdContext.DEFAULT;

  private BusinessHeader() {}

  /** Made of the three fields; null where the document has none of them. */
  static @Nullable ObjectNode of(DocumentHeader header) {
    if (header.sender() == null
        && header.receiver() == null
        && header.instanceIdentifier() == null) {
      return null;
    }
    JsonNode created = header.body().get("creationDate");
    return of(
        header.sender(),
        header.receiver(),
        header.instanceIdentifier(),
        created == null ? header.creationDate().toString() : created.asString());
  }

  private static ObjectNode of(
      @Nullable String sender,
      @Nullable String receiver,
      @Nullable String instance,
      String creationDate) {
    ObjectNode made = JsonNodeFactory.instance.objectNode();
    made.put(PREFIX + "HeaderVersion", "1.0");
    made.putObject(PREFIX + "Sender").put(PREFIX + "Identifier", orEmpty(sender));
    made.putObject(PREFIX + "Receiver").put(PREFIX + "Identifier", orEmpty(receiver));
    made.putObject(PREFIX + "DocumentIdentification")
        .put(PREFIX + "Standard", "EPCglobal")
        .put(PREFIX + "TypeVersion", "1.0")
        .put(PREFIX + "InstanceIdentifier", orEmpty(instance))
        .put(PREFIX + "Type", "Events")
        .put(PREFIX + "CreationDateAndTime", creationDate);
    return made;
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  /** Whether a header that was read says no more than the fields that were taken from it. */
  static boolean saysNoMore(JsonNode header, ObjectNode document, String creationDate) {
    return header.equals(
        of(
            text(document, "sender"),
            text(document, "receiver"),
            text(document, "instanceIdentifier"),
            creationDate));
  }

  private static @Nullable String text(ObjectNode document, String name) {
    JsonNode value = document.get(name);
    return value == null ? null : value.asString();
  }
}
