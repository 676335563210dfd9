package org.yuanliu.platform.personal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.yuanliu.epcis.BizTransaction;
import org.yuanliu.epcis.EpcisEvent;
import org.yuanliu.epcis.LdContext;
import org.yuanliu.epcis.YlVocabulary;
import org.yuanliu.industry.DocumentIds;
import org.yuanliu.industry.DocumentType;
import org.yuanliu.industry.Element;
import org.yuanliu.industry.Link;
import org.yuanliu.industry.Localized;
import org.yuanliu.industry.Pack;
import org.yuanliu.industry.PackSet;
import org.yuanliu.industry.Product;
import org.yuanliu.industry.Target;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * The extension fields that any version of any pack marks personal, wherever in an event they stand
 * and of whatever link it is: what nobody recognises is no reason to keep a person's number in
 * clear. And the kinds of document whose numbers are marked so.
 */
final class PersonalFields {
  private static final String NUMBER = "number";
  private static final String TYPE = "type";
  private static final String CITED = "bizTransactionList";
  static final String COMMITMENT = YlVocabulary.PREFIX + ":" + YlVocabulary.COMMITMENT;

  private final PackSet packs;

  /** By local name, then by full name. */
  private final Map<String, Map<String, Field>> fields = new HashMap<>();

  /** By the URI of the type. */
  private final Map<String, Document> documents = new HashMap<>();

  /**
   * A field.
   *
   * @param name local name; of a document's number the pack's word for the document
   * @param names as people say it
   * @param person which person of a record it tells of
   * @param identity whether it is the number of his document
   * @param document the kind of document that it is the number of; null of anything else
   */
  record Field(
      String name, Localized names, String person, boolean identity, @Nullable String document) {}

  /**
   * A kind of document whose numbers are a person's.
   *
   * @param stem what the URIs begin with that cite one
   */
  record Document(String type, String stem, Field number) {}

  /**
   * A value found in a body, and where it can be replaced.
   *
   * @param path tells the values of one event apart
   * @param text the value; of anything but a plain value its JSON
   */
  record Found(Field field, String path, String text, Place place) {}

  /** A place in a tree. */
  sealed interface Place {
    /** Null for what the event says apart from its values. */
    void put(byte @Nullable [] commitment);
  }

  private record Member(ObjectNode object, String name) implements Place {
    @Override
    public void put(byte @Nullable [] commitment) {
      object.set(name, instead(commitment));
    }
  }

  private record Item(ArrayNode array, int index) implements Place {
    @Override
    public void put(byte @Nullable [] commitment) {
      array.set(index, instead(commitment));
    }
  }

  /** Where a document is cited: what cites it stays a URI. */
  record Citation(int index, Document kind, ObjectNode object) implements Place {
    @Override
    public void put(byte @Nullable [] commitment) {
      object.put("bizTransaction", uri(commitment));
    }

    String uri(byte @Nullable [] commitment) {
      return commitment == null ? kind.stem() : SealedNumber.uri(kind.stem(), commitment);
    }
  }

  PersonalFields(PackSet packs) {
    this.packs = packs;
    for (Pack pack : packs.all()) {
      for (Product product : pack.products()) {
        for (Link link : product.links()) {
          link.elements().values().forEach(element -> add(element, pack));
        }
      }
    }
  }

  PackSet packs() {
    return packs;
  }

  private void add(Element element, Pack pack) {
    if (!element.personal()) {
      return;
    }
    String person = element.person() == null ? element.id() : element.person();
    DocumentType cited =
        element.document() == null ? null : pack.documents().get(element.document());
    if (element.becomes() instanceof Target.BizTransaction() && cited != null) {
      documents.put(
          cited.uri(),
          new Document(
              cited.uri(),
              DocumentIds.stem(cited),
              new Field(cited.id(), element.names(), person, false, cited.uri())));
    }
    if (!(element.becomes() instanceof Target.Extension(boolean ilmd, var name, var member))) {
      return;
    }
    String full = member.isEmpty() ? name : member;
    String local = local(full);
    fields
        .computeIfAbsent(local, l -> new HashMap<>())
        .put(full, new Field(local, element.names(), person, element.identity(), null));
  }

  private static String local(String name) {
    int from =
        Math.max(name.lastIndexOf(':'), Math.max(name.lastIndexOf('/'), name.lastIndexOf('#')));
    return name.substring(from + 1);
  }

  /** Whether a name, with whatever prefix, is that of a field or a document of a person. */
  boolean isPersonal(String name) {
    return fields.keySet().stream().anyMatch(name::endsWith)
        || documents.values().stream().anyMatch(kind -> name.endsWith(kind.number().name()));
  }

  /** Which persons of a record a value of this name may tell of. */
  Set<String> personsOf(String name) {
    Set<String> persons = new HashSet<>();
    fields.getOrDefault(name, Map.of()).values().forEach(field -> persons.add(field.person()));
    documents.values().stream()
        .map(Document::number)
        .filter(number -> number.name().equals(name))
        .forEach(number -> persons.add(number.person()));
    return persons;
  }

  /** What people call a field or document of this name; the name itself where no pack has it. */
  Localized namesOf(String name) {
    return Stream.concat(
            fields.getOrDefault(name, Map.of()).values().stream(),
            documents.values().stream().map(Document::number).filter(n -> n.name().equals(name)))
        .map(Field::names)
        .findFirst()
        .orElse(new Localized(name, name));
  }

  /** The kinds of document whose numbers are a person's. */
  Collection<Document> documents() {
    return documents.values();
  }

  /** The kind of what is cited so; null where its number is nobody's, or sealed already. */
  @Nullable Document document(@Nullable String type, String id) {
    if (SealedNumber.isOne(id)) {
      return null;
    }
    Document byType = type == null ? null : documents.get(type);
    return byType != null
        ? byType
        : documents.values().stream()
            .filter(kind -> id.startsWith(kind.stem()))
            .findFirst()
            .orElse(null);
  }

  /** Whether an event may have any. */
  boolean maybeIn(EpcisEvent event) {
    return event.bizTransactions().stream().anyMatch(one -> document(one.type(), one.id()) != null)
        || maybeIn(event.body());
  }

  /** Whether there may be any in a tree: the names alone, before their prefixes are looked at. */
  private boolean maybeIn(JsonNode node) {
    if (node instanceof ObjectNode object) {
      for (Map.Entry<String, JsonNode> member : object.properties()) {
        String name = local(member.getKey());
        if (fields.containsKey(name)
            || (name.equals(NUMBER) && !documents.isEmpty())
            || deeper(member.getValue())) {
          return true;
        }
      }
    } else if (node instanceof ArrayNode array) {
      for (JsonNode item : array) {
        if (deeper(item)) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean deeper(JsonNode node) {
    return node.isContainer() && maybeIn(node);
  }

  /** All values of a body in its order. Commitments that stand there already are no values. */
  List<Found> in(ObjectNode body, EpcisEvent event) {
    List<Found> found = new ArrayList<>();
    walk(body, "", false, event.context(), found);
    if (body.get(CITED) instanceof ArrayNode cited) {
      // The reader has refused whatever has no number, so both are in one order.
      for (int i = 0; i < event.bizTransactions().size(); i++) {
        BizTransaction one = event.bizTransactions().get(i);
        Document kind = document(one.type(), one.id());
        if (kind != null && cited.get(i) instanceof ObjectNode object) {
          found.add(
              new Found(
                  kind.number(),
                  "/" + CITED + "/" + i,
                  DocumentIds.number(one.id()),
                  new Citation(i, kind, object)));
        }
      }
    }
    return found;
  }

  private void walk(
      JsonNode node, String path, boolean extension, LdContext context, List<Found> found) {
    switch (node) {
      case ObjectNode object -> {
        for (Map.Entry<String, JsonNode> member : List.copyOf(object.properties())) {
          String name = member.getKey();
          Field field = field(name, extension, context);
          if (field == null && extension && local(name).equals(NUMBER)) {
            field = numberOf(object, context);
          }
          if (field == null) {
            walk(
                member.getValue(),
                path + "/" + name,
                extension || name.indexOf(':') >= 0,
                context,
                found);
          } else {
            value(
                field,
                path + "/" + field.name(),
                member.getValue(),
                new Member(object, name),
                found);
          }
        }
      }
      case ArrayNode array -> {
        for (int i = 0; i < array.size(); i++) {
          walk(array.get(i), path + "/" + i, extension, context, found);
        }
      }
      default -> {}
    }
  }

  /** Of a file that belongs to the event: {@code {type, number, digest}}. */
  private @Nullable Field numberOf(ObjectNode file, LdContext context) {
    for (Map.Entry<String, JsonNode> member : file.properties()) {
      if (local(member.getKey()).equals(TYPE) && member.getValue() instanceof StringNode type) {
        for (Document kind : documents.values()) {
          if (type.stringValue().equals(kind.number().name())
              || kind.type().equals(context.expand(type.stringValue()))
              || kind.type().endsWith("-" + local(type.stringValue()))) {
            return kind.number();
          }
        }
      }
    }
    return null;
  }

  /** Within an object of ours members may stand without a prefix. */
  private @Nullable Field field(String name, boolean extension, LdContext context) {
    Map<String, Field> candidates = fields.get(local(name));
    if (candidates == null) {
      return null;
    }
    Field field = candidates.get(context.expand(name));
    return field == null && extension && name.indexOf(':') < 0
        ? candidates.values().iterator().next()
        : field;
  }

  private static void value(
      Field field, String path, JsonNode value, Place place, List<Found> found) {
    switch (value) {
      case ArrayNode array -> {
        for (int i = 0; i < array.size(); i++) {
          value(field, path + "/" + i, array.get(i), new Item(array, i), found);
        }
      }
      case ObjectNode object when isCommitment(object) -> {}
      case ObjectNode object -> found.add(new Found(field, path, object.toString(), place));
      default -> {
        if (!value.isNull()) {
          found.add(new Found(field, path, value.asString(), place));
        }
      }
    }
  }

  private static boolean isCommitment(ObjectNode object) {
    return object.size() == 1
        && object.get(COMMITMENT) instanceof StringNode text
        && Commitment.isOne(text.stringValue());
  }

  private static ObjectNode instead(byte @Nullable [] commitment) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    return commitment == null ? node : node.put(COMMITMENT, Commitment.text(commitment));
  }
}
