package org.yuanliu.industry;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.yuanliu.industry.PackNode.Mapping;

/**
 * Makes a pack from the nodes of its file. First the structure of the whole file is looked at, then
 * what its names refer to; a mistake in one document, link, check or product does not hide those in
 * the next.
 */
final class PackReader extends CheckReader {
  /** Name of the products' links in messages. */
  private static final String LINKS = "links";

  PackReader(String file) {
    super(file);
  }

  /** Takes over what a library defines. */
  PackReader with(PackNode library, String libraryFile) {
    PackReader other = new PackReader(libraryFile);
    PackStructure.require(libraryFile, library, PackFormat.LIBRARY);
    Mapping top = other.mapping(library);
    other.definitions(top);
    other.links(find(top, LINKS));
    prefixes(find(top, "prefixes"));
    nodeTypes.putAll(other.nodeTypes);
    roles.putAll(other.roles);
    documents.putAll(other.documents);
    tests.putAll(other.tests);
    codeLists.putAll(other.codeLists);
    elementNodes.putAll(other.elementNodes);
    linkNodes.putAll(other.linkNodes);
    return this;
  }

  Pack pack(PackNode root, String text) {
    PackStructure.require(file, root, PackFormat.PACK);
    Mapping top = mapping(root);
    definitions(top);
    links(find(top, LINKS));
    Mapping clock = mapping(get(top, "clock"));
    List<Product> products = List.copyOf(entries(get(top, "products"), this::product).values());
    requireDistinctProducts(get(top, "products"), products);
    Map<String, Check> checks = checks(find(top, "checks"), products);
    Map<String, Statistic> statistics = statistics(find(top, "statistics"));
    PackNode to = find(top, "effectiveTo");
    PackNode leads = find(top, "leads");
    PackNode retention = find(top, "retention");
    Pack pack =
        new Pack(
            text(get(top, "pack")),
            whole(get(top, "version")),
            date(get(top, "effectiveFrom")),
            to == null ? null : date(to),
            localized(get(top, "names")),
            leads == null ? List.of() : items(leads, this::localized),
            nodeTypes,
            roles,
            documents,
            tests,
            codeLists,
            optionalTexts(top, "schemes", this::scheme),
            products,
            checks,
            statistics,
            retention == null ? null : retention(retention),
            duration(get(clock, "disagreement")),
            duration(get(clock, "tolerance")),
            texts(get(top, "publicView"), this::publicField),
            text);
    if (to != null && date(to).isBefore(pack.effectiveFrom())) {
      throw problem(
          to,
          PackRule.BAD_VALUE,
          "effectiveTo 早于 effectiveFrom",
          "effectiveTo is before effectiveFrom");
    }
    return pack;
  }

  private Product product(String id, PackNode node) {
    // An element that the product has otherwise is otherwise in each of its links.
    Map<String, Mapping> library = new LinkedHashMap<>(elementNodes);
    try {
      elementNodes.putAll(
          entries(
              find(mapping(node), "elements"),
              (name, changes) -> {
                defined(new PackNode.Scalar(changes.line(), name), library.keySet());
                return merged(library.get(name), changes);
              }));
      return product(id, node, mapping(node));
    } finally {
      elementNodes.clear();
      elementNodes.putAll(library);
    }
  }

  private Product product(String id, PackNode node, Mapping fields) {
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
    PackNode category = find(fields, "category");
    return new Product(
        id,
        localized(get(fields, "names")),
        category == null ? null : localized(category),
        codes == null ? Set.of() : texts(codes, this::text),
        terms == null ? Set.of() : texts(terms, this::text),
        productLinks(get(fields, LINKS)),
        tolerance == null ? null : percent(tolerance),
        optionalText(fields, "source"));
  }

  private List<Link> productLinks(PackNode node) {
    Map<String, Link> links = new LinkedHashMap<>();
    items(
        node,
        pick -> {
          // Goods can only have come through a link before this one.
          Link link = picked(pick, new LinkedHashSet<>(links.keySet()));
          if (links.put(link.id(), link) != null) {
            throw problem(
                pick,
                PackRule.NOT_UNIQUE,
                "环节“" + link.id() + "”写了两次",
                "the link \"" + link.id() + "\" is there twice");
          }
          return link;
        });
    return List.copyOf(links.values());
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

  private PublicField publicField(PackNode node) {
    String word = text(node);
    for (PublicField field : PublicField.values()) {
      if (field.id().equals(word)) {
        return field;
      }
    }
    throw new IllegalStateException("the structure was not checked: " + word);
  }
}
