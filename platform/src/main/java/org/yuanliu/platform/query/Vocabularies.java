package org.yuanliu.platform.query;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.yuanliu.codes.CanonicalUri;
import org.yuanliu.codes.UnitKey;
import org.yuanliu.epcis.DocumentHeader;
import org.yuanliu.epcis.LdContext;
import org.yuanliu.platform.access.Caller;
import org.yuanliu.platform.journal.Draft;
import org.yuanliu.platform.journal.EntryKind;
import org.yuanliu.platform.journal.Hot;
import org.yuanliu.platform.journal.Identity;
import org.yuanliu.platform.journal.Journal;
import org.yuanliu.platform.journal.Outcome;
import org.yuanliu.platform.journal.Scope;
import org.yuanliu.platform.journal.Submission;
import org.yuanliu.platform.registry.Party;
import org.yuanliu.platform.registry.Registry;
import tools.jackson.databind.JsonNode;

/**
 * Keeps the master data that come in the header of documents (EPCIS 2.0 §9.5.2): what the sender
 * says of places, products, parties and any other vocabulary, attributes and hierarchy alike.
 */
@Component
public final class Vocabularies {
  private static final String HASH = "SHA-256";

  private final Journal journal;
  private final Registry registry;

  Vocabularies(Journal journal, Registry registry) {
    this.journal = requireNonNull(journal, "journal is null");
    this.registry = requireNonNull(registry, "registry is null");
  }

  /**
   * Stores the master data of a document's header as one entry of the journal; sent again, it is
   * the same entry.
   *
   * @return elements found; 0: nothing was stored
   */
  public int store(Caller caller, DocumentHeader header) {
    List<VocabularySubject.Element> elements = elements(header);
    if (elements.isEmpty()) {
      return 0;
    }
    VocabularySubject subject = new VocabularySubject(elements);
    byte[] body = VocabularyJson.MAPPER.writeValueAsBytes(subject);
    MessageDigest digest = sha256();
    digest.update(header.creationDate().toString().getBytes(UTF_8));
    digest.update(caller.party().getBytes(UTF_8));
    byte[] hash = digest.digest(body);
    String id = "urn:yuanliu:vocabulary:" + HexFormat.of().formatHex(hash);
    Party party = registry.parties(Set.of(caller.party())).get(caller.party());
    Draft draft =
        new Draft(
            EntryKind.VOCABULARY,
            new Identity(UnitKey.of(id).value(), hash),
            caller.party(),
            caller.party(),
            id,
            hash,
            HASH,
            caller.standing(),
            new Scope(
                party == null ? null : party.division(),
                party == null ? null : party.industry(),
                Set.of()),
            Hot.NONE,
            body,
            subject);
    Outcome outcome = journal.append(new Submission(UUID.randomUUID(), List.of(draft)));
    return switch (outcome) {
      case Outcome.Committed committed -> elements.size();
      case Outcome.Conflicted conflicted ->
          throw new IllegalStateException("two contents have one digest: " + id);
    };
  }

  static List<VocabularySubject.Element> elements(DocumentHeader header) {
    LdContext context = header.context();
    JsonNode lists =
        header.body().path("epcisHeader").path("epcisMasterData").path("vocabularyList");
    List<VocabularySubject.Element> elements = new ArrayList<>();
    for (JsonNode vocabulary : lists) {
      String type = VocabularyNames.type(context.expand(vocabulary.path("type").asString("")));
      for (JsonNode element : vocabulary.path("vocabularyElementList")) {
        String id = id(element.get("id"), context);
        if (id != null) {
          elements.add(
              new VocabularySubject.Element(
                  type, id, attributes(element, context), children(element, context)));
        }
      }
    }
    return elements;
  }

  private static @Nullable String id(@Nullable JsonNode id, LdContext context) {
    return id == null || !id.isString() || id.stringValue().isBlank()
        ? null
        : CanonicalUri.of(context.expand(id.stringValue()));
  }

  private static List<VocabularySubject.Attribute> attributes(JsonNode element, LdContext context) {
    List<VocabularySubject.Attribute> attributes = new ArrayList<>();
    for (JsonNode attribute : element.path("attributes")) {
      JsonNode value = attribute.get("attribute");
      String name = attribute.path("id").asString("");
      if (value != null && !name.isBlank()) {
        attributes.add(
            new VocabularySubject.Attribute(
                VocabularyNames.attribute(context.expand(name)), value));
      }
    }
    return attributes;
  }

  private static List<String> children(JsonNode element, LdContext context) {
    List<String> children = new ArrayList<>();
    for (JsonNode child : element.path("children")) {
      String id = id(child, context);
      if (id != null) {
        children.add(id);
      }
    }
    return children;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance(HASH);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
