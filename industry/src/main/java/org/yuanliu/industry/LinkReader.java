package org.yuanliu.industry;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.yuanliu.industry.PackNode.Field;
import org.yuanliu.industry.PackNode.Mapping;
import org.yuanliu.industry.PackNode.Sequence;

/** Reads links: what they make, what they ask for, by what they are recognised. */
class LinkReader extends DefinitionReader {
  /** Half of the regulations that name a time for uploads say 24 hours; none says less. */
  private static final Duration DEFAULT_GRACE = Duration.ofHours(24);

  /** Elements that every link with an event has, from the common library. */
  private static final List<String> EVERYWHERE = List.of("event_time", "place");

  LinkReader(String file) {
    super(file);
  }

  final void links(@Nullable PackNode node) {
    linkNodes.putAll(entries(node, (key, link) -> mapping(link)));
    // Each must be right by itself; a product that changes one is looked at again.
    Set<String> all = linkNodes.keySet();
    entries(node, (key, link) -> link(key, mapping(link), all));
  }

  /**
   * A product's pick of a link.
   *
   * @param before the links of the product before this one
   */
  final Link picked(PackNode pick, Set<String> before) {
    if (pick instanceof PackNode.Scalar) {
      String name = defined(pick, linkNodes.keySet());
      return link(name, new Mapping(pick.line(), node(name).fields()), before);
    }
    Mapping changes = mapping(pick);
    String name = defined(get(changes, "link"), linkNodes.keySet());
    Map<String, Field> fields = new LinkedHashMap<>(node(name).fields());
    Map<String, Field> changed = new LinkedHashMap<>(changes.fields());
    changed.remove("link");
    Field elements = changed.get("elements");
    Field base = fields.get("elements");
    if (elements != null && base != null) {
      changed.put("elements", new Field(elements.line(), both(base.value(), elements.value())));
    }
    if (changed.containsKey("event") || changed.containsKey("events")) {
      fields.remove("event");
      fields.remove("events");
    }
    fields.putAll(changed);
    return link(name, new Mapping(pick.line(), fields), before);
  }

  private Mapping node(String name) {
    return Objects.requireNonNull(linkNodes.get(name), "the link was not looked up");
  }

  /** The elements of both; where both name one, with what the second changes. */
  private Mapping both(PackNode base, PackNode changes) {
    Map<String, Field> fields = new LinkedHashMap<>(mapping(base).fields());
    mapping(changes)
        .fields()
        .forEach(
            (id, field) -> {
              Field old = fields.get(id);
              boolean wasMapping = old != null && old.value() instanceof Mapping;
              fields.put(
                  id,
                  wasMapping && old != null
                      ? new Field(field.line(), merged((Mapping) old.value(), field.value()))
                      : field);
            });
    return new Mapping(changes.line(), fields);
  }

  private Link link(String id, Mapping fields, Set<String> before) {
    Mapping who = find(fields, "who") == null ? null : mapping(get(fields, "who"));
    Set<String> nodeTypes = who == null ? Set.of() : optionalTexts(who, "at", this::nodeType);
    List<EventTemplate> events = events(fields);
    Map<String, Element> elements = elements(fields, events);
    PackNode recognisedBy = find(fields, "recognisedBy");
    if (recognisedBy == null && events.isEmpty()) {
      throw problem(
          fields,
          PackRule.MISSING_KEY,
          "环节“" + id + "”没有 event，也没有 recognisedBy，认不出来",
          "the link \"" + id + "\" has neither event nor recognisedBy to know it by");
    }
    PackNode requires = find(fields, "requires");
    PackNode grace = find(fields, "grace");
    PackNode procedure = find(fields, "procedure");
    PackNode retention = find(fields, "retention");
    PackNode required = find(fields, "required");
    return new Link(
        id,
        localized(get(fields, "names")),
        LinkStage.valueOf(text(get(fields, "stage")).toUpperCase(Locale.ROOT)),
        required == null ? new Presence.Optional() : presence(required),
        recognisedBy == null
            ? events.stream().map(event -> criterion(event, nodeTypes)).toList()
            : items(recognisedBy, this::criterion),
        requires == null ? List.of() : items(requires, node -> requirement(node, before)),
        grace == null ? DEFAULT_GRACE : duration(grace),
        who == null ? Set.of() : optionalTexts(who, "roles", node -> defined(node, roles.keySet())),
        nodeTypes,
        events,
        elements,
        procedure == null ? List.of() : items(procedure, this::localized),
        retention == null ? null : retention(retention),
        optionalText(fields, "source"));
  }

  final Retention retention(PackNode node) {
    Mapping fields = mapping(node);
    PackNode keep = get(fields, "keep");
    return new Retention(
        text(get(fields, "class")),
        text(keep).equals("forever") ? null : span(keep),
        "expiry".equals(optionalText(fields, "from"))
            ? Retention.From.EXPIRY
            : Retention.From.RECORD,
        text(get(fields, "source")));
  }

  private List<EventTemplate> events(Mapping fields) {
    PackNode one = find(fields, "event");
    PackNode several = find(fields, "events");
    if (one != null && several != null) {
      throw problem(
          several,
          PackRule.BAD_VALUE,
          "event 和 events 只写一个",
          "write either \"event\" or \"events\"");
    }
    if (one != null) {
      return List.of(event(one));
    }
    if (several == null) {
      return List.of();
    }
    List<EventTemplate> events = items(several, this::event);
    Set<String> seen = new LinkedHashSet<>();
    for (int i = 0; i < events.size(); i++) {
      if (!seen.add(events.get(i).id())) {
        throw problem(
            ((Sequence) several).items().get(i),
            PackRule.NOT_UNIQUE,
            "事件“" + events.get(i).id() + "”写了两次",
            "the event \"" + events.get(i).id() + "\" is there twice");
      }
    }
    return events;
  }

  private EventTemplate event(PackNode node) {
    Mapping fields = mapping(node);
    String type = text(get(fields, "type"));
    PackNode action = find(fields, "action");
    boolean transformation = type.equals("TransformationEvent");
    if (transformation == (action != null)) {
      throw problem(
          action == null ? node : action,
          PackRule.BAD_VALUE,
          "转换事件没有 action，其它事件要有",
          "a TransformationEvent has no action, any other event has one");
    }
    PackNode disposition = find(fields, "disposition");
    return new EventTemplate(
        Objects.requireNonNullElse(optionalText(fields, "id"), EventTemplate.ONLY),
        type,
        action == null ? null : text(action),
        uri(get(fields, "bizStep")),
        disposition == null ? null : uri(disposition),
        optionalText(fields, "when"));
  }

  private Map<String, Element> elements(Mapping fields, List<EventTemplate> events) {
    Set<String> ids = events.stream().map(EventTemplate::id).collect(Collectors.toSet());
    Map<String, Field> picks = new LinkedHashMap<>();
    if (!events.isEmpty()) {
      for (String id : EVERYWHERE) {
        Mapping common = elementNodes.get(id);
        if (common != null) {
          picks.put(id, new Field(fields.line(), new Mapping(fields.line(), Map.of())));
        }
      }
    }
    PackNode own = find(fields, "elements");
    if (own != null) {
      picks.putAll(mapping(own).fields());
    }
    Map<String, Element> elements = new LinkedHashMap<>();
    List<PackProblem> problems = new ArrayList<>();
    picks.forEach(
        (id, field) -> collecting(problems, () -> elements.put(id, pick(id, field, ids))));
    refuse(problems);
    for (Element element : elements.values()) {
      String quantity = element.quantity();
      Field field = Objects.requireNonNull(picks.get(element.id()));
      if (quantity != null && !quantity.equals(Element.EACH) && !elements.containsKey(quantity)) {
        throw problem(
            field.value(),
            PackRule.UNDEFINED_NAME,
            "数量要素“" + quantity + "”不在本环节里",
            "the quantity \"" + quantity + "\" is no element of this link");
      }
    }
    for (EventTemplate event : events) {
      if (event.when() != null && !elements.containsKey(event.when())) {
        throw problem(
            fields,
            PackRule.UNDEFINED_NAME,
            "事件的 when“" + event.when() + "”不在本环节的要素里",
            "\"when\" of an event: \"" + event.when() + "\" is no element of this link");
      }
    }
    return elements;
  }

  private Element pick(String id, Field field, Set<String> events) {
    Mapping common = elementNodes.get(id);
    boolean whole =
        field.value() instanceof Mapping mapping
            && mapping.fields().keySet().containsAll(Set.of("names", "type"));
    if (common == null && !whole) {
      throw problem(
          field.value(),
          PackRule.UNDEFINED_NAME,
          "要素“" + id + "”没有在 elements 里定义，这里也没写 names 和 type",
          "the element \"" + id + "\" is not among elements, nor are its names and type here");
    }
    return element(id, merged(common, field.value()), events);
  }

  private Presence presence(PackNode node) {
    if (node instanceof Mapping mapping) {
      return new Presence.WhenPassing(texts(get(mapping, "whenPassing"), this::nodeType));
    }
    return switch (text(node)) {
      case "always" -> new Presence.Always();
      case "asNeeded" -> new Presence.AsNeeded();
      case "takesOn" -> new Presence.TakesOn();
      default -> new Presence.Optional();
    };
  }

  private static Criterion criterion(EventTemplate event, Set<String> nodeTypes) {
    return new Criterion(Set.of(event.bizStep()), Set.of(event.type()), Set.of(), nodeTypes);
  }

  private Criterion criterion(PackNode node) {
    Mapping fields = mapping(node);
    return new Criterion(
        texts(get(fields, "steps"), this::uri),
        optionalTexts(fields, "eventTypes", this::text),
        optionalTexts(fields, "dispositions", this::uri),
        optionalTexts(fields, "at", this::nodeType));
  }

  private Requirement requirement(PackNode node, Set<String> before) {
    Mapping fields = mapping(node);
    if (fields.fields().size() != 1) {
      throw problem(
          node,
          PackRule.BAD_VALUE,
          "一项要求只写 document、test、cameThrough、anyOf 中的一个",
          "a requirement is one of document, test, cameThrough and anyOf");
    }
    PackNode document = find(fields, "document");
    if (document != null) {
      return new Requirement.Document(documentName(document));
    }
    PackNode test = find(fields, "test");
    if (test != null) {
      return new Requirement.PassedTest(defined(test, tests.keySet()));
    }
    PackNode cameThrough = find(fields, "cameThrough");
    if (cameThrough != null) {
      return new Requirement.CameThrough(defined(cameThrough, before));
    }
    List<Requirement> choices = items(get(fields, "anyOf"), choice -> requirement(choice, before));
    if (choices.size() < 2) {
      throw problem(node, PackRule.BAD_VALUE, "anyOf 至少要有两项", "anyOf needs two choices or more");
    }
    return new Requirement.AnyOf(choices);
  }
}
