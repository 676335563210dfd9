package org.yuanliu.epcis;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The namespaces of an XML document as prefixes of a JSON-LD context. A scope belongs to the
 * document or to one event: what one event declares says nothing about the next.
 *
 * <p>XML keeps namespace and local name apart, JSON-LD joins them: so a namespace that ends in no
 * separator is declared with {@code "@prefix": true}. Those of GS1's own context need no
 * declaration, with or without the colon that it gives them ({@code urn:epcglobal:cbv:mda} is
 * {@code urn:epcglobal:cbv:mda:} there).
 */
final class XmlNamespaces {
  private final @Nullable XmlNamespaces outer;
  private final Map<String, String> prefixByNamespace = new HashMap<>();
  private final Map<String, String> namespaceByPrefix = new LinkedHashMap<>();
  private @Nullable LdContext context;
  private int made;

  XmlNamespaces(@Nullable XmlNamespaces outer) {
    this.outer = outer;
  }

  /** Takes the declarations of the element that the cursor has entered. */
  void declare(XmlCursor cursor) {
    for (int i = 0; i < cursor.declarationCount(); i++) {
      String prefix = cursor.declaredPrefix(i);
      String namespace = cursor.declaredNamespace(i);
      if (!prefix.isEmpty() && !namespace.isEmpty() && !XmlNames.isBinding(namespace)) {
        declare(prefix, namespace);
      }
    }
  }

  private void declare(String prefix, String namespace) {
    String known = prefixOf(namespace);
    if (prefix.equals(known) || isBuiltIn(prefix, namespace) || !LdContext.mayDeclare(prefix)) {
      return;
    }
    String before = namespaceByPrefix.putIfAbsent(prefix, namespace);
    if (before == null) {
      prefixByNamespace.putIfAbsent(namespace, prefix);
      context = null;
    }
  }

  private static boolean isBuiltIn(String prefix, String namespace) {
    return namespace.equals(LdContext.DEFAULT.xmlNamespace(prefix));
  }

  private @Nullable String prefixOf(String namespace) {
    String own = prefixByNamespace.get(namespace);
    if (own != null || outer == null) {
      return own;
    }
    String outside = outer.prefixOf(namespace);
    return outside == null || namespaceByPrefix.containsKey(outside) ? null : outside;
  }

  private boolean isTaken(String prefix) {
    return namespaceByPrefix.containsKey(prefix) || (outer != null && outer.isTaken(prefix));
  }

  /** The name in JSON of something in a namespace; {@code sent} is the prefix that XML had. */
  String name(String namespace, String sent, String local) {
    if (namespace.isEmpty()) {
      return local;
    }
    if (!sent.isEmpty() && isBuiltIn(sent, namespace)) {
      return sent + ':' + local;
    }
    String prefix = prefixOf(namespace);
    if (prefix == null) {
      prefix = LdContext.DEFAULT.prefixFor(namespace);
    }
    if (prefix == null) {
      prefix = newPrefix(sent);
      namespaceByPrefix.put(prefix, namespace);
      prefixByNamespace.put(namespace, prefix);
      context = null;
    }
    return prefix + ':' + local;
  }

  private String newPrefix(String sent) {
    if (LdContext.mayDeclare(sent) && !isTaken(sent)) {
      return sent;
    }
    String prefix;
    do {
      prefix = "ns" + ++made;
    } while (isTaken(prefix));
    return prefix;
  }

  /** Whether JSON-LD takes a term of this IRI for a prefix without being told (JSON-LD 1.1). */
  private static boolean endsInSeparator(String iri) {
    return !iri.isEmpty() && ":/?#[]@".indexOf(iri.charAt(iri.length() - 1)) >= 0;
  }

  /** The context that holds in this scope. */
  LdContext context() {
    if (context != null) {
      return context;
    }
    if (outer != null && namespaceByPrefix.isEmpty()) {
      return outer.context();
    }
    ObjectNode terms = JsonNodeFactory.instance.objectNode();
    collect(terms);
    LdContext made = terms.isEmpty() ? LdContext.DEFAULT : LdContext.DEFAULT.with(terms);
    context = made;
    return made;
  }

  private void collect(ObjectNode terms) {
    if (outer != null) {
      outer.collect(terms);
    }
    for (Map.Entry<String, String> entry : namespaceByPrefix.entrySet()) {
      String iri = requireNonNull(entry.getValue());
      if (endsInSeparator(iri)) {
        terms.put(entry.getKey(), iri);
      } else {
        terms.putObject(entry.getKey()).put("@id", iri).put("@prefix", true);
      }
    }
  }
}
