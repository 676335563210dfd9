package org.yuanliu.industry;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.yuanliu.epcis.BizTransaction;
import org.yuanliu.epcis.EpcisEvent;
import org.yuanliu.epcis.LdContext;
import org.yuanliu.epcis.SourceOrDestination;
import org.yuanliu.epcis.UnitMention;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What packs mark as a commercial secret, and events without it. A pack's marks hold for all events
 * of its industry, whatever the link: an event that nobody recognises is no reason to show a price.
 * In an event of no industry the extension fields that any pack marks are left out, and nothing of
 * what EPCIS itself has.
 */
public final class SecretElements {
  private static final String TRANSFER = "https://ref.gs1.org/cbv/SDT-";
  private static final String NUMBER = "number";
  private static final String TYPE = "type";
  private static final List<String> QUANTITY_LISTS =
      List.of("quantityList", "childQuantityList", "inputQuantityList", "outputQuantityList");

  private final Map<String, Marked> byIndustry = new HashMap<>();
  private final Marked elsewhere = new Marked();

  /** What one industry's packs mark, in all their versions. */
  private static final class Marked {
    /** Full names of extension fields and of their members. */
    private final Set<String> names = new HashSet<>();

    private final Set<String> localNames = new HashSet<>();

    /** URIs of kinds of document whose numbers are secret. */
    private final Set<String> documents = new HashSet<>();

    private final Set<String> sources = new HashSet<>();
    private final Set<String> destinations = new HashSet<>();
    private final Set<String> measures = new HashSet<>();

    /** Whether how much of a lot there is is a secret. */
    private boolean quantities;
  }

  private SecretElements() {}

  /** What all versions of these packs mark. */
  public static SecretElements of(PackSet packs) {
    SecretElements all = new SecretElements();
    for (Pack pack : packs.all()) {
      Marked marked = all.byIndustry.computeIfAbsent(pack.id(), id -> new Marked());
      for (Product product : pack.products()) {
        for (Link link : product.links()) {
          for (Element element : link.elements().values()) {
            if (element.secret()) {
              add(element, pack, marked, all.elsewhere);
            }
            marked.quantities |=
                element.becomes() instanceof Target.Units
                    && element.quantity() != null
                    && link.element(element.quantity()).map(Element::secret).orElse(false);
          }
        }
      }
    }
    return all;
  }

  private static void add(Element element, Pack pack, Marked marked, Marked elsewhere) {
    switch (element.becomes()) {
      case Target.Extension(boolean ilmd, String name, String member) -> {
        String full = member.isEmpty() ? name : member;
        for (Marked into : List.of(marked, elsewhere)) {
          into.names.add(full);
          into.localNames.add(local(full));
        }
      }
      case Target.BizTransaction() -> {
        DocumentType type = pack.documents().get(String.valueOf(element.document()));
        if (type != null) {
          marked.documents.add(type.uri());
        }
      }
      case Target.Transfer(boolean source, String type) ->
          (source ? marked.sources : marked.destinations).add(TRANSFER + type);
      case Target.Sensor(String measure, String field) -> marked.measures.add(measure);
      case Target.None() -> marked.quantities = true;
      case Target.Single _, Target.Units _ ->
          throw new IllegalArgumentException(
              element.id() + " is secret, and without it the event is none");
    }
  }

  /**
   * The event without what is secret in it; the same one where there is nothing.
   *
   * @param industry id of the pack; null for an event of none
   * @param own whether a party is the reader himself: that he is named is no secret to him
   */
  public EpcisEvent without(EpcisEvent event, @Nullable String industry, Predicate<String> own) {
    requireNonNull(event, "event is null");
    Marked marked = industry == null ? elsewhere : byIndustry.getOrDefault(industry, elsewhere);
    Set<Integer> documents = documents(event, marked);
    Set<Integer> sources = ends(event.sources(), marked.sources, own);
    Set<Integer> destinations = ends(event.destinations(), marked.destinations, own);
    boolean quantities =
        marked.quantities && event.units().stream().anyMatch(unit -> unit.quantity() != null);
    boolean measures = !marked.measures.isEmpty() && event.body().has("sensorElementList");
    if (documents.isEmpty()
        && sources.isEmpty()
        && destinations.isEmpty()
        && !quantities
        && !measures
        && !mayHold(event.body(), marked)) {
      return event;
    }
    ObjectNode body = event.body().deepCopy();
    removeItems(body, "bizTransactionList", documents);
    removeItems(body, "sourceList", sources);
    removeItems(body, "destinationList", destinations);
    if (quantities) {
      removeQuantities(body);
    }
    if (measures) {
      removeMeasures(body, marked.measures);
    }
    removeFields(body, false, event.context(), marked);
    if (body.equals(event.body())) {
      return event;
    }
    return event
        .withNamed(
            quantities ? withoutQuantities(event.units()) : event.units(),
            others(event.bizTransactions(), documents),
            others(event.sources(), sources),
            others(event.destinations(), destinations))
        .withBody(body, event.context());
  }

  private static Set<Integer> documents(EpcisEvent event, Marked marked) {
    Set<Integer> found = new HashSet<>();
    for (int i = 0; i < event.bizTransactions().size(); i++) {
      BizTransaction cited = event.bizTransactions().get(i);
      if (cited.type() != null && marked.documents.contains(cited.type())) {
        found.add(i);
      }
    }
    return found;
  }

  private static Set<Integer> ends(
      List<SourceOrDestination> ends, Set<String> types, Predicate<String> own) {
    Set<Integer> found = new HashSet<>();
    for (int i = 0; i < ends.size(); i++) {
      SourceOrDestination end = ends.get(i);
      if (types.contains(end.type()) && !own.test(end.id())) {
        found.add(i);
      }
    }
    return found;
  }

  private static <T> List<T> others(List<T> all, Set<Integer> without) {
    List<T> others = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      if (!without.contains(i)) {
        others.add(all.get(i));
      }
    }
    return others;
  }

  private static List<UnitMention> withoutQuantities(List<UnitMention> units) {
    return units.stream()
        .map(u -> new UnitMention(u.role(), u.sent(), u.canonical(), u.lot(), null, null))
        .toList();
  }

  /** The reader has refused whatever is incomplete: body and event have the same items in order. */
  private static void removeItems(ObjectNode body, String member, Set<Integer> items) {
    if (items.isEmpty() || !(body.get(member) instanceof ArrayNode list)) {
      return;
    }
    items.stream().sorted((a, b) -> b - a).forEach(list::remove);
    if (list.isEmpty()) {
      body.remove(member);
    }
  }

  private static void removeQuantities(ObjectNode body) {
    for (String member : QUANTITY_LISTS) {
      for (JsonNode item : body.path(member)) {
        if (item instanceof ObjectNode object) {
          object.remove(List.of("quantity", "uom"));
        }
      }
    }
  }

  private static void removeMeasures(ObjectNode body, Set<String> measures) {
    if (!(body.get("sensorElementList") instanceof ArrayNode elements)) {
      return;
    }
    for (int i = elements.size() - 1; i >= 0; i--) {
      if (elements.get(i).get("sensorReport") instanceof ArrayNode reports) {
        for (int j = reports.size() - 1; j >= 0; j--) {
          if (measures.contains(local(reports.get(j).path(TYPE).asString("")))) {
            reports.remove(j);
          }
        }
        if (reports.isEmpty()) {
          elements.remove(i);
        }
      }
    }
    if (elements.isEmpty()) {
      body.remove("sensorElementList");
    }
  }

  /** By local names alone, before prefixes are looked at. */
  private static boolean mayHold(JsonNode node, Marked marked) {
    if (node instanceof ObjectNode object) {
      for (Map.Entry<String, JsonNode> member : object.properties()) {
        String name = local(member.getKey());
        if (marked.localNames.contains(name)
            || (name.equals(NUMBER) && !marked.documents.isEmpty())
            || (member.getValue().isContainer() && mayHold(member.getValue(), marked))) {
          return true;
        }
      }
    } else {
      for (JsonNode item : node) {
        if (item.isContainer() && mayHold(item, marked)) {
          return true;
        }
      }
    }
    return false;
  }

  /**
   * @param extension whether it is within a field that is not of EPCIS itself
   */
  private static void removeFields(
      JsonNode node, boolean extension, LdContext context, Marked marked) {
    switch (node) {
      case ObjectNode object -> {
        boolean numbered = extension && isFileOf(object, context, marked);
        for (Map.Entry<String, JsonNode> member : List.copyOf(object.properties())) {
          String name = member.getKey();
          if (isMarked(name, extension, context, marked)
              || (numbered && local(name).equals(NUMBER))) {
            object.remove(name);
            continue;
          }
          JsonNode value = member.getValue();
          boolean filled = value.isContainer() && !value.isEmpty();
          removeFields(value, extension || name.indexOf(':') >= 0, context, marked);
          if (filled && value.isEmpty()) {
            object.remove(name);
          }
        }
      }
      case ArrayNode array -> array.forEach(item -> removeFields(item, extension, context, marked));
      default -> {}
    }
  }

  /** Within an object of ours members may stand without a prefix. */
  private static boolean isMarked(
      String name, boolean extension, LdContext context, Marked marked) {
    return marked.localNames.contains(local(name))
        && ((extension && name.indexOf(':') < 0) || marked.names.contains(context.expand(name)));
  }

  /** Of a file that belongs to the event: {@code {type, number, digest}}. */
  private static boolean isFileOf(ObjectNode file, LdContext context, Marked marked) {
    for (Map.Entry<String, JsonNode> member : file.properties()) {
      if (local(member.getKey()).equals(TYPE) && member.getValue().isString()) {
        String type = member.getValue().stringValue();
        return marked.documents.stream()
            .anyMatch(uri -> uri.equals(context.expand(type)) || uri.endsWith("-" + local(type)));
      }
    }
    return false;
  }

  private static String local(String name) {
    int from =
        Math.max(name.lastIndexOf(':'), Math.max(name.lastIndexOf('/'), name.lastIndexOf('#')));
    return name.substring(from + 1);
  }
}
