package org.yuanliu.epcis;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.StringNode;

/**
 * What short names mean in a document: the part of a JSON-LD context (JSON-LD 1.1 §3.1) that EPCIS
 * uses, which is prefixes and, for extensions, whether a term holds identifiers.
 *
 * <p>Nothing is ever fetched. GS1's own context is built in and always holds: its terms are
 * {@code @protected}, so a document that defines {@code bizStep} or {@code gs1} anew changes
 * nothing about them. Another context by address alone is accepted, as GS1's schema accepts it, but
 * its terms are unknown: {@link #hasUnknownRemote()} tells, and names that only it could explain
 * are refused by the reader.
 *
 * <p>Immutable; equal when made from equal JSON.
 */
public final class LdContext {
  /** Prefixes of GS1's context that no document can redefine. */
  private static final Map<String, String> PROTECTED_PREFIXES =
      Map.of(
          "epcis", "https://ref.gs1.org/epcis/",
          "cbv", "https://ref.gs1.org/cbv/",
          "gs1", "https://gs1.org/voc/");

  /**
   * Further prefixes of GS1's context. They are protected on paper too, yet an official sample
   * redefines {@code cbvmda}: the document's own meaning goes first.
   */
  private static final Map<String, String> DEFAULT_PREFIXES =
      Map.of(
          "cbvmda", "urn:epcglobal:cbv:mda:",
          "rdfs", "http://www.w3.org/2000/01/rdf-schema#",
          "owl", "http://www.w3.org/2002/07/owl#",
          "xsd", "http://www.w3.org/2001/XMLSchema#",
          "dcterms", "http://purl.org/dc/terms/");

  /**
   * Schemes of identifiers that are common in events. They are never prefixes, declared or not: a
   * document that defined {@code urn} anew would make every identifier mean another unit than the
   * one that people read.
   */
  private static final Set<String> KNOWN_SCHEMES =
      Set.of(
          "http", "https", "urn", "ni", "nih", "geo", "tel", "mailto", "did", "data", "tag", "info",
          "uuid", "ftp", "file", "epcid");

  /** Of names that mean something within their document alone (JSON-LD 1.1 §4.5.1). */
  private static final String BLANK = "_";

  /** Definitions may name other definitions; longer chains than this are a mistake or an attack. */
  private static final int MAX_CHAIN = 8;

  /** GS1's context alone. */
  public static final LdContext DEFAULT = new LdContext(List.of(), Map.of(), Map.of(), false);

  private final List<JsonNode> sources;
  private final Map<String, String> prefixes;
  private final Map<String, String> types;
  private final boolean unknownRemote;

  private LdContext(
      List<JsonNode> sources,
      Map<String, String> prefixes,
      Map<String, String> types,
      boolean unknownRemote) {
    this.sources = List.copyOf(sources);
    this.prefixes = prefixes;
    this.types = types;
    this.unknownRemote = unknownRemote;
  }

  /** Whether the address is that of GS1's EPCIS context, in any of its versions and places. */
  static boolean isDefaultAddress(String address) {
    return (address.startsWith("https://ref.gs1.org/standards/epcis/")
            || address.startsWith("https://gs1.github.io/EPCIS/")
            || address.startsWith("https://ref.gs1.org/epcis/"))
        && (address.endsWith("epcis-context.jsonld")
            || address.endsWith("epcis-context-simple.jsonld"));
  }

  /**
   * This context with another inside it, as an event's stands inside its document's.
   *
   * @param context a string, an object or an array of both
   * @throws IllegalArgumentException where it is none of these, with a message that says what
   */
  public LdContext with(JsonNode context) {
    requireNonNull(context, "context is null");
    List<JsonNode> merged = new ArrayList<>(sources);
    Map<String, String> newPrefixes = new LinkedHashMap<>(prefixes);
    Map<String, String> newTypes = new HashMap<>(types);
    boolean remote = unknownRemote;
    if (context instanceof ArrayNode array) {
      for (JsonNode item : array) {
        remote |= add(item, newPrefixes, newTypes);
        merged.add(item);
      }
    } else {
      remote |= add(context, newPrefixes, newTypes);
      merged.add(context);
    }
    if (merged.stream().allMatch(LdContext::saysNothingNew)) {
      return DEFAULT;
    }
    // In the order of declaration: what is written from a context must not differ by process.
    return new LdContext(
        merged, Collections.unmodifiableMap(newPrefixes), Map.copyOf(newTypes), remote);
  }

  private static boolean saysNothingNew(JsonNode item) {
    return item instanceof StringNode text && isDefaultAddress(text.stringValue());
  }

  /** Adds one item; true where it is an address whose context is not known here. */
  private static boolean add(
      JsonNode item, Map<String, String> prefixes, Map<String, String> types) {
    if (item instanceof StringNode text) {
      if (!Uris.isAbsolute(text.stringValue())) {
        throw new IllegalArgumentException("the address of a context is no URI");
      }
      return !isDefaultAddress(text.stringValue());
    }
    if (!item.isObject()) {
      throw new IllegalArgumentException("a context is an address or an object");
    }
    for (Map.Entry<String, JsonNode> term : item.properties()) {
      String name = term.getKey();
      JsonNode definition = term.getValue();
      if (name.startsWith("@")
          || PROTECTED_PREFIXES.containsKey(name)
          || KNOWN_SCHEMES.contains(name)) {
        continue;
      }
      JsonNode iri = definition.isObject() ? definition.get("@id") : definition;
      if (iri instanceof StringNode text) {
        if (!XmlOut.carries(text.stringValue())) {
          throw new IllegalArgumentException("what a prefix stands for has control characters");
        }
        prefixes.put(name, text.stringValue());
      }
      if (definition.get("@type") instanceof StringNode text) {
        types.put(name, text.stringValue());
      }
    }
    // A definition may use one that stands beside it.
    for (String name : List.copyOf(prefixes.keySet())) {
      prefixes.put(name, resolve(requireNonNull(prefixes.get(name)), prefixes, MAX_CHAIN));
    }
    return false;
  }

  private static String resolve(String iri, Map<String, String> prefixes, int left) {
    int colon = iri.indexOf(':');
    if (colon < 0 || iri.startsWith("//", colon + 1)) {
      return iri;
    }
    String prefix = iri.substring(0, colon);
    String base = PROTECTED_PREFIXES.get(prefix);
    if (base == null) {
      base = prefixes.get(prefix);
    }
    if (base == null) {
      base = DEFAULT_PREFIXES.get(prefix);
    }
    if (base == null || base.equals(iri)) {
      return iri;
    }
    if (left == 0) {
      throw new IllegalArgumentException("definitions of a context go round in a circle");
    }
    return resolve(base, prefixes, left - 1) + iri.substring(colon + 1);
  }

  /** Whether a document may give this prefix a meaning of its own. */
  static boolean mayDeclare(String prefix) {
    return !prefix.isEmpty()
        && Uris.schemeEnd(prefix + ':') == prefix.length()
        && !PROTECTED_PREFIXES.containsKey(prefix)
        && !KNOWN_SCHEMES.contains(prefix);
  }

  /** What documents declared, prefixes and terms, each with its IRI. */
  Map<String, String> prefixes() {
    return prefixes;
  }

  /** A prefix that stands for this namespace of XML, or null. */
  @Nullable String prefixFor(String namespace) {
    for (Map<String, String> declared : List.of(PROTECTED_PREFIXES, prefixes, DEFAULT_PREFIXES)) {
      for (String prefix : declared.keySet()) {
        if (namespace.equals(xmlNamespace(prefix))) {
          return prefix;
        }
      }
    }
    return null;
  }

  /** What a prefix stands for, or null where nothing declares it. */
  public @Nullable String namespace(String prefix) {
    String found = PROTECTED_PREFIXES.get(prefix);
    if (found == null) {
      found = prefixes.get(prefix);
    }
    return found == null ? DEFAULT_PREFIXES.get(prefix) : found;
  }

  /**
   * The namespace that a prefix stands for in XML, or null where nothing declares it: what the
   * document declares, to the letter; of a prefix of GS1's own context without the colon that it
   * ends in, as the standard's XML has it.
   */
  @Nullable String xmlNamespace(String prefix) {
    String found = PROTECTED_PREFIXES.get(prefix);
    if (found == null) {
      found = prefixes.get(prefix);
    }
    if (found != null) {
      return found;
    }
    String builtIn = DEFAULT_PREFIXES.get(prefix);
    return builtIn == null ? null : withoutColon(builtIn);
  }

  static String withoutColon(String iri) {
    return iri.endsWith(":") ? iri.substring(0, iri.length() - 1) : iri;
  }

  /**
   * The full form of a name: a prefix that is declared is replaced by what it stands for, anything
   * else stays as it is.
   */
  public String expand(String name) {
    if (name.startsWith("urn:")) {
      return name; // a known scheme, the commonest of those without slashes
    }
    int colon = name.indexOf(':');
    if (colon < 0) {
      String term = prefixes.get(name);
      return term == null ? name : term;
    }
    if (name.startsWith("//", colon + 1)) {
      return name;
    }
    String namespace = namespace(name.substring(0, colon));
    return namespace == null ? name : namespace + name.substring(colon + 1);
  }

  /**
   * Whether the context says that values of this term are identifiers or vocabulary, so that short
   * forms in them are to be expanded.
   */
  boolean holdsIdentifiers(String term) {
    if (types.isEmpty()) {
      return false;
    }
    String type = types.get(term);
    return "@id".equals(type) || "@vocab".equals(type);
  }

  /** Whether a context by address alone, other than GS1's, takes part. */
  public boolean hasUnknownRemote() {
    return unknownRemote;
  }

  /** Whether this name can be understood without a context that is unknown here. */
  boolean understands(String name) {
    if (!unknownRemote) {
      return true;
    }
    int colon = name.indexOf(':');
    if (colon < 0 || name.startsWith("//", colon + 1)) {
      return true;
    }
    String prefix = name.substring(0, colon);
    return namespace(prefix) != null || prefix.equals(BLANK) || KNOWN_SCHEMES.contains(prefix);
  }

  /** Whether this is GS1's context and nothing else. */
  public boolean isDefault() {
    return sources.isEmpty();
  }

  /** The context as JSON, in the parts that were sent; an empty array for GS1's alone. */
  public JsonNode toJson() {
    if (sources.size() == 1) {
      return sources.getFirst();
    }
    ArrayNode array = JsonNodeFactory.instance.arrayNode(sources.size());
    sources.forEach(array::add);
    return array;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof LdContext that && sources.equals(that.sources);
  }

  @Override
  public int hashCode() {
    return sources.hashCode();
  }

  @Override
  public String toString() {
    return toJson().toString();
  }
}
