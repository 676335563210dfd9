package org.yuanliu.industry;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yuanliu.codes.Scheme;
import org.yuanliu.epcis.YlVocabulary;
import org.yuanliu.industry.PackNode.Field;
import org.yuanliu.industry.PackNode.Mapping;

/**
 * Reads what links and checks refer to: kinds of place, parts, documents, tests, code lists,
 * elements.
 */
class DefinitionReader extends PackValues {
  final Map<String, Localized> nodeTypes = new LinkedHashMap<>();
  final Map<String, Role> roles = new LinkedHashMap<>();
  final Map<String, DocumentType> documents = new LinkedHashMap<>();
  final Map<String, TestMethod> tests = new LinkedHashMap<>();
  final Map<String, CodeList> codeLists = new LinkedHashMap<>();

  /** As written: a link may change an element that it picks. */
  final Map<String, Mapping> elementNodes = new LinkedHashMap<>();

  /** As written: a product may change a link that it picks. */
  final Map<String, Mapping> linkNodes = new LinkedHashMap<>();

  DefinitionReader(String file) {
    super(file);
  }

  final void definitions(Mapping top) {
    prefixes(find(top, "prefixes"));
    nodeTypes.putAll(entries(find(top, "nodeTypes"), (key, node) -> localized(node)));
    documents.putAll(entries(find(top, "documents"), this::document));
    requireDistinctUris(find(top, "documents"));
    roles.putAll(entries(find(top, "roles"), this::role));
    tests.putAll(entries(find(top, "tests"), this::test));
    requireDefinedTests(find(top, "tests"));
    codeLists.putAll(entries(find(top, "codeLists"), this::codeList));
    elementNodes.putAll(entries(find(top, "elements"), (key, node) -> mapping(node)));
    // A library element must be right by itself, whoever picks it.
    entries(find(top, "elements"), (key, node) -> element(key, mapping(node), Set.of()));
  }

  private DocumentType document(String id, PackNode node) {
    Mapping fields = mapping(node);
    return new DocumentType(
        id,
        uri(get(fields, "type")),
        localized(get(fields, "names")),
        flag(find(fields, "expires")),
        flag(find(fields, "coversQuantity")),
        optionalText(fields, "source"));
  }

  private Role role(String id, PackNode node) {
    Mapping fields = mapping(node);
    return new Role(
        id, localized(get(fields, "names")), optionalTexts(fields, "licences", this::documentName));
  }

  private TestMethod test(String id, PackNode node) {
    Mapping fields = mapping(node);
    return new TestMethod(
        id,
        localized(get(fields, "names")),
        texts(get(fields, "steps"), this::uri),
        optionalTexts(fields, "overruledBy", this::text));
  }

  private CodeList codeList(String id, PackNode node) {
    Map<String, CodeList.Word> words =
        entries(
            node,
            (code, word) -> {
              Mapping fields = mapping(word);
              PackNode uri = find(fields, "uri");
              return new CodeList.Word(
                  code,
                  new Localized(text(get(fields, "zh")), text(get(fields, "en"))),
                  uri == null ? null : uri(uri));
            });
    return new CodeList(id, words);
  }

  /**
   * @param events ids of the events of the link that has the element; empty outside of any link
   */
  final Element element(String id, Mapping fields, Set<String> events) {
    ElementType type = elementType(text(get(fields, "type")));
    PackNode codes = find(fields, "codes");
    PackNode document = find(fields, "document");
    PackNode term = find(fields, "term");
    if (type != ElementType.TEXT) {
      requireFor(fields, type == ElementType.CODE, codes, "codes", "code");
    }
    requireFor(fields, type == ElementType.DOCUMENT, document, "document", "document");
    boolean personal = flag(find(fields, "personal"));
    boolean secret = flag(find(fields, "secret"));
    PackNode person = find(fields, "person");
    PackNode identity = find(fields, "identity");
    PackNode notPersonal = person == null ? identity : person;
    if (notPersonal != null && !personal) {
      throw problem(
          notPersonal,
          PackRule.BAD_VALUE,
          "只有个人信息才写 person、identity",
          "\"person\" and \"identity\" are for personal elements alone");
    }
    PackNode isPublic = find(fields, "public");
    if (flag(isPublic) && (personal || secret)) {
      throw problem(
          isPublic == null ? fields : isPublic,
          PackRule.BAD_VALUE,
          "个人信息和商业秘密不能公开",
          "what is personal or a commercial secret is not public");
    }
    PackNode quantity = find(fields, "quantity");
    Target becomes = target(id, type, fields);
    if (secret && (becomes instanceof Target.Single || becomes instanceof Target.Units)) {
      throw problem(
          get(fields, "secret"),
          PackRule.BAD_VALUE,
          "追溯单元、时间、地点等缺了就不成事件，不能作商业秘密",
          "units, time, places: without them the event is none, they can't be secret");
    }
    return new Element(
        id,
        localized(get(fields, "names")),
        find(fields, "help") == null ? null : localized(get(fields, "help")),
        type,
        flag(find(fields, "list")),
        flag(find(fields, "required")),
        personal,
        person == null ? null : text(person),
        flag(identity),
        secret,
        flag(isPublic),
        optionalText(fields, "unit"),
        codes == null ? null : defined(codes, codeLists.keySet()),
        optionalTexts(fields, "schemes", this::scheme),
        document == null ? null : documentName(document),
        term == null ? null : term(text(term)),
        becomes,
        List.copyOf(
            optionalTexts(
                fields, "in", node -> events.isEmpty() ? text(node) : defined(node, events))),
        quantity == null ? null : text(quantity),
        find(fields, "min") == null ? null : number(get(fields, "min")),
        find(fields, "max") == null ? null : number(get(fields, "max")),
        optionalText(fields, "default"),
        optionalText(fields, "source"));
  }

  private void requireFor(
      Mapping fields, boolean due, @Nullable PackNode node, String key, String type) {
    if (due && node == null) {
      throw problem(
          fields,
          PackRule.MISSING_KEY,
          "类型为 " + type + " 的要素要写 " + key,
          "an element of type " + type + " needs \"" + key + "\"");
    }
    if (!due && node != null) {
      throw problem(
          node,
          PackRule.BAD_VALUE,
          "只有类型为 " + type + " 的要素才写 " + key,
          "\"" + key + "\" is for elements of type " + type + " alone");
    }
  }

  private Target target(String id, ElementType type, Mapping fields) {
    PackNode becomes = find(fields, "becomes");
    PackNode as = find(fields, "as");
    String word = becomes == null ? Targets.EXTENSION : text(becomes);
    PackNode at = becomes == null ? fields : becomes;
    if (as != null && !Targets.isExtension(word) && !Targets.isSensor(word)) {
      throw problem(
          as,
          PackRule.BAD_VALUE,
          "as 只用于 extension、ilmd 和 sensor",
          "\"as\" is for extension, ilmd and sensor alone");
    }
    String name = YlVocabulary.NAMESPACE + camel(id);
    String member = "";
    String field = "value";
    if (as != null && Targets.isSensor(word)) {
      field = sensorField(as);
    } else if (as != null) {
      String[] path = text(as).split("/(?=[a-z][a-z0-9]*:)", 2);
      name = uri(new PackNode.Scalar(as.line(), path[0]));
      member = path.length == 2 ? uri(new PackNode.Scalar(as.line(), path[1])) : "";
    }
    Target target = Targets.of(word, name, member, field);
    if (!fits(target, type)) {
      throw problem(
          at,
          PackRule.BAD_VALUE,
          "类型为 " + type.id() + " 的要素不能变成 " + word,
          "an element of type " + type.id() + " can't become " + word);
    }
    return target;
  }

  private String sensorField(PackNode node) {
    String field = text(node);
    if (!Set.of("value", "minValue", "maxValue", "meanValue").contains(field)) {
      throw problem(
          node,
          PackRule.BAD_VALUE,
          "传感器的 as 是 value、minValue、maxValue、meanValue 之一",
          "for a sensor \"as\" is one of value, minValue, maxValue and meanValue");
    }
    return field;
  }

  private static boolean fits(Target target, ElementType type) {
    return switch (target) {
      case Target.Single(Target.Member member) ->
          switch (member) {
            case EVENT_TIME -> type == ElementType.TIME;
            case BIZ_LOCATION, READ_POINT -> type == ElementType.PLACE;
            case PARENT, TRANSFORMATION_ID -> type == ElementType.UNIT || type == ElementType.TEXT;
            case DISPOSITION -> type == ElementType.CODE;
            case PRINCIPAL -> type == ElementType.PARTY;
          };
      case Target.Units ignored -> type == ElementType.UNIT;
      case Target.BizTransaction ignored -> type == ElementType.DOCUMENT;
      case Target.Transfer transfer ->
          transfer.type().equals("location")
              ? type == ElementType.PLACE
              : type == ElementType.PARTY;
      case Target.Sensor ignored ->
          type == ElementType.READINGS
              || type == ElementType.DECIMAL
              || type == ElementType.INTEGER;
      case Target.Extension ignored -> true;
      case Target.None ignored -> true;
    };
  }

  /** {@code safety_interval} becomes {@code safetyInterval}. */
  static String camel(String id) {
    StringBuilder name = new StringBuilder();
    for (String part : id.split("_", -1)) {
      name.append(
          name.isEmpty() || part.isEmpty()
              ? part
              : part.substring(0, 1).toUpperCase(Locale.ROOT) + part.substring(1));
    }
    return name.toString();
  }

  /** The base with what the pick changes; a word alone says whether it is required. */
  static Mapping merged(@Nullable Mapping base, PackNode pick) {
    Map<String, Field> fields = new LinkedHashMap<>();
    if (base != null) {
      fields.putAll(base.fields());
    }
    if (pick instanceof PackNode.Scalar(int line, String word)) {
      String required = Boolean.toString(word.equals("required"));
      fields.put("required", new Field(line, new PackNode.Scalar(line, required)));
    } else if (pick instanceof Mapping mapping) {
      fields.putAll(mapping.fields());
    }
    return new Mapping(pick.line(), fields);
  }

  private static ElementType elementType(String word) {
    return ElementType.valueOf(word.toUpperCase(Locale.ROOT));
  }

  private static CoreTerm term(String word) {
    for (CoreTerm term : CoreTerm.values()) {
      if (term.id().equals(word)) {
        return term;
      }
    }
    throw new IllegalStateException("the structure was not checked: " + word);
  }

  final Scheme scheme(PackNode node) {
    String word = text(node);
    Map<String, Scheme> byId = new HashMap<>();
    for (Scheme scheme : Scheme.values()) {
      byId.put(scheme.id(), scheme);
    }
    Scheme scheme = byId.get(word);
    if (scheme == null) {
      throw undefined(node, word, byId.keySet());
    }
    return scheme;
  }

  final String documentName(PackNode node) {
    return defined(node, documents.keySet());
  }

  final String nodeType(PackNode node) {
    return defined(node, nodeTypes.keySet());
  }

  final @Nullable String optionalText(Mapping fields, String key) {
    PackNode node = find(fields, key);
    return node == null ? null : text(node);
  }

  final String defined(PackNode node, Set<String> names) {
    String name = text(node);
    if (!names.contains(name)) {
      throw undefined(node, name, names);
    }
    return name;
  }

  private PackException undefined(PackNode node, String name, Set<String> names) {
    List<String> sorted = names.stream().sorted().toList();
    return problem(
        node,
        PackRule.UNDEFINED_NAME,
        "没有定义“" + name + "”；已定义：" + String.join("、", sorted),
        "\"" + name + "\" is not defined; defined are: " + String.join(", ", sorted));
  }

  private void requireDistinctUris(@Nullable PackNode node) {
    if (!(node instanceof Mapping mapping)) {
      return;
    }
    Map<String, String> seen = new HashMap<>();
    for (DocumentType type : documents.values()) {
      String other = seen.put(type.uri(), type.id());
      if (other != null) {
        String later = mapping.fields().containsKey(type.id()) ? type.id() : other;
        throw problem(
            mapping.fields().containsKey(later) ? entry(mapping, later) : mapping,
            PackRule.NOT_UNIQUE,
            "“" + type.id() + "”和“" + other + "”的 type 相同",
            "\"" + type.id() + "\" has the type of \"" + other + "\"");
      }
    }
  }

  private void requireDefinedTests(@Nullable PackNode node) {
    if (!(node instanceof Mapping mapping)) {
      return;
    }
    for (String id : mapping.fields().keySet()) {
      PackNode overruledBy = find((Mapping) entry(mapping, id), "overruledBy");
      if (overruledBy != null) {
        texts(overruledBy, name -> defined(name, tests.keySet()));
      }
    }
  }
}
