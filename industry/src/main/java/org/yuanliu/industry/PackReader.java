package org.yuanliu.industry;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.yuanliu.industry.PackNode.Mapping;

/**
 * Makes a pack from the nodes of its file. A mistake in one document, test, product or link does
 * not hide those in the next.
 */
final class PackReader extends PackValues {
  private Map<String, Localized> nodeTypes = Map.of();
  private Map<String, DocumentType> documents = Map.of();
  private Map<String, TestMethod> tests = Map.of();

  /** Of the product being read: goods can only have come through a link before this one. */
  private final Set<String> linksSoFar = new LinkedHashSet<>();

  PackReader(String file) {
    super(file);
  }

  Pack pack(PackNode root) {
    Mapping top =
        mapping(
            root,
            Set.of("pack", "version", "effectiveFrom", "names", "clock", "publicView", "products"),
            Set.of("prefixes", "nodeTypes", "documents", "tests"));
    String id = id(get(top, "pack"));
    int version = version(get(top, "version"));
    LocalDate effectiveFrom = date(get(top, "effectiveFrom"));
    Localized names = localized(get(top, "names"));
    prefixes(find(top, "prefixes"));
    nodeTypes = entries(find(top, "nodeTypes"), (key, node) -> localized(node));
    documents = entries(find(top, "documents"), this::document);
    requireDistinctUris(find(top, "documents"));
    tests = entries(find(top, "tests"), this::test);
    requireDefinedTests(find(top, "tests"));
    Mapping clock = mapping(get(top, "clock"), Set.of("disagreement", "tolerance"), Set.of());
    List<Product> products = List.copyOf(entries(get(top, "products"), this::product).values());
    if (products.isEmpty()) {
      throw problem(get(top, "products"), PackRule.BAD_VALUE, "没有产品", "there is no product");
    }
    requireDistinctProducts(get(top, "products"), products);
    return new Pack(
        id,
        version,
        effectiveFrom,
        names,
        nodeTypes,
        documents,
        tests,
        products,
        duration(get(clock, "disagreement")),
        duration(get(clock, "tolerance")),
        texts(get(top, "publicView"), this::publicField));
  }

  private DocumentType document(String id, PackNode node) {
    Mapping fields = mapping(node, Set.of("names", "type"), Set.of("expires", "coversQuantity"));
    return new DocumentType(
        id,
        uri(get(fields, "type")),
        localized(get(fields, "names")),
        flag(find(fields, "expires")),
        flag(find(fields, "coversQuantity")));
  }

  private TestMethod test(String id, PackNode node) {
    Mapping fields = mapping(node, Set.of("names", "steps"), Set.of("overruledBy"));
    PackNode overruledBy = find(fields, "overruledBy");
    return new TestMethod(
        id,
        localized(get(fields, "names")),
        texts(get(fields, "steps"), this::uri),
        overruledBy == null ? Set.of() : texts(overruledBy, this::text));
  }

  private Product product(String id, PackNode node) {
    Mapping fields =
        mapping(
            node,
            Set.of("names", "links"),
            Set.of("goodsCodes", "categoryTerms", "balanceTolerance"));
    PackNode codes = find(fields, "goodsCodes");
    PackNode terms = find(fields, "categoryTerms");
    if (codes == null && terms == null) {
      throw problem(
          node,
          PackRule.MISSING_KEY,
          "产品“" + id + "”没有 goodsCodes，也没有 categoryTerms，认不出来",
          "the product \"" + id + "\" has neither goodsCodes nor categoryTerms to know it by");
    }
    PackNode tolerance = find(fields, "balanceTolerance");
    linksSoFar.clear();
    List<Link> links = List.copyOf(entries(get(fields, "links"), this::link).values());
    if (links.isEmpty()) {
      throw problem(get(fields, "links"), PackRule.BAD_VALUE, "没有环节", "there is no link");
    }
    return new Product(
        id,
        localized(get(fields, "names")),
        codes == null ? Set.of() : texts(codes, this::goodsCode),
        terms == null ? Set.of() : texts(terms, this::text),
        links,
        tolerance == null ? null : percent(tolerance));
  }

  private Link link(String id, PackNode node) {
    Mapping fields =
        mapping(node, Set.of("names", "required", "grace", "recognisedBy"), Set.of("requires"));
    PackNode requires = find(fields, "requires");
    List<Requirement> requirements =
        requires == null ? List.of() : items(requires, this::requirement);
    linksSoFar.add(id);
    return new Link(
        id,
        localized(get(fields, "names")),
        presence(get(fields, "required")),
        items(get(fields, "recognisedBy"), this::criterion),
        requirements,
        duration(get(fields, "grace")));
  }

  private Presence presence(PackNode node) {
    if (node instanceof Mapping) {
      Mapping fields = mapping(node, Set.of("whenPassing"), Set.of());
      return new Presence.WhenPassing(texts(get(fields, "whenPassing"), this::nodeType));
    }
    return switch (text(node)) {
      case "always" -> new Presence.Always();
      case "optional" -> new Presence.Optional();
      default ->
          throw problem(
              node,
              PackRule.BAD_VALUE,
              "required 应为 always、optional 或 {whenPassing: […]}",
              "required is always, optional or {whenPassing: […]}");
    };
  }

  private Criterion criterion(PackNode node) {
    Mapping fields = mapping(node, Set.of("steps"), Set.of("eventTypes", "dispositions", "at"));
    return new Criterion(
        texts(get(fields, "steps"), this::uri),
        optionalTexts(fields, "eventTypes", this::eventType),
        optionalTexts(fields, "dispositions", this::uri),
        optionalTexts(fields, "at", this::nodeType));
  }

  private Requirement requirement(PackNode node) {
    Mapping fields = mapping(node, Set.of(), Set.of("document", "test", "cameThrough", "anyOf"));
    if (fields.fields().size() != 1) {
      throw problem(
          node,
          PackRule.BAD_VALUE,
          "一项要求只写 document、test、cameThrough、anyOf 中的一个",
          "a requirement is one of document, test, cameThrough and anyOf");
    }
    PackNode document = find(fields, "document");
    if (document != null) {
      return new Requirement.Document(defined(document, documents.keySet()));
    }
    PackNode test = find(fields, "test");
    if (test != null) {
      return new Requirement.PassedTest(defined(test, tests.keySet()));
    }
    PackNode cameThrough = find(fields, "cameThrough");
    if (cameThrough != null) {
      return new Requirement.CameThrough(defined(cameThrough, linksSoFar));
    }
    List<Requirement> choices = items(get(fields, "anyOf"), this::requirement);
    if (choices.size() < 2) {
      throw problem(node, PackRule.BAD_VALUE, "anyOf 至少要有两项", "anyOf needs two choices or more");
    }
    return new Requirement.AnyOf(choices);
  }

  private void requireDistinctUris(@Nullable PackNode node) {
    Map<String, String> seen = new HashMap<>();
    for (DocumentType type : documents.values()) {
      String other = seen.put(type.uri(), type.id());
      if (other != null && node instanceof Mapping mapping) {
        throw problem(
            entry(mapping, type.id()),
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
    for (TestMethod method : tests.values()) {
      PackNode overruledBy = find((Mapping) entry(mapping, method.id()), "overruledBy");
      if (overruledBy != null) {
        texts(overruledBy, name -> defined(name, tests.keySet()));
      }
    }
  }

  /** One code or term means one product. */
  private void requireDistinctProducts(PackNode node, List<Product> products) {
    Map<String, String> seen = new HashMap<>();
    for (Product product : products) {
      Set<String> own = new LinkedHashSet<>(product.goodsCodes());
      product.categoryTerms().forEach(term -> own.add(term.toLowerCase(Locale.ROOT)));
      for (String name : own) {
        String other = seen.put(name, product.id());
        if (other != null && node instanceof Mapping mapping) {
          throw problem(
              entry(mapping, product.id()),
              PackRule.NOT_UNIQUE,
              "“" + name + "”既指“" + other + "”又指“" + product.id() + "”",
              "\"" + name + "\" means both \"" + other + "\" and \"" + product.id() + "\"");
        }
      }
    }
  }

  private String nodeType(PackNode node) {
    return defined(node, nodeTypes.keySet());
  }

  private String defined(PackNode node, Set<String> names) {
    String name = text(node);
    if (!names.contains(name)) {
      throw problem(
          node,
          PackRule.UNDEFINED_NAME,
          "没有定义“" + name + "”；已定义：" + String.join("、", names),
          "\"" + name + "\" is not defined; defined are: " + String.join(", ", names));
    }
    return name;
  }

  private PublicField publicField(PackNode node) {
    Map<String, PublicField> byId =
        Arrays.stream(PublicField.values()).collect(Collectors.toMap(PublicField::id, f -> f));
    PublicField field = byId.get(known(node, byId.keySet()));
    return Objects.requireNonNull(field);
  }
}
