package org.yuanliu.platform.personal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.yuanliu.epcis.BizTransaction;
import org.yuanliu.epcis.CbvVersion;
import org.yuanliu.epcis.EpcisEvent;
import org.yuanliu.epcis.EventHash;
import org.yuanliu.epcis.LdContext;
import org.yuanliu.epcis.YlVocabulary;
import org.yuanliu.industry.DocumentIds;
import org.yuanliu.ledger.Suite;
import org.yuanliu.ledger.receipt.PersonalValue;
import org.yuanliu.platform.journal.Draft;
import org.yuanliu.platform.journal.JournalSettings;
import org.yuanliu.platform.personal.PersonalFields.Found;
import org.yuanliu.platform.personal.SubjectKeys.SubjectKey;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Takes personal values out of events. In their place stands H(salt ‖ value); the salt follows from
 * the person's key and the rest of the event, so that the same event sent again is the same record,
 * and nobody can try values once that key is destroyed. Hash, id and leaf are over what is stored:
 * a hash over the values themselves would let everyone try them.
 */
@Service
public final class PersonalSeal {
  private static final String NI = "ni:///";

  private final CurrentFields current;
  private final KeyRing ring;
  private final SubjectKeys subjects;
  private final Suite suite;

  PersonalSeal(CurrentFields current, KeyRing ring, SubjectKeys subjects, JournalSettings journal) {
    this.current = requireNonNull(current, "current is null");
    this.ring = requireNonNull(ring, "ring is null");
    this.subjects = requireNonNull(subjects, "subjects is null");
    this.suite = Suite.ofId(journal.suite());
  }

  /**
   * An event as it is stored.
   *
   * @param values what was taken out of it
   * @param idTells whether its id is its hash with the values in it, by which they could be tried
   */
  public record Sealed(EpcisEvent event, List<Draft.Attached> values, boolean idTells) {
    public Sealed {
      values = List.copyOf(values);
    }
  }

  /** One event's values before their keys are there. */
  private record Work(ObjectNode body, List<Found> found, List<String> digests, String base) {}

  /**
   * These events without their personal values, in their order.
   *
   * @param principals who answers for each; null where nobody is known: left as it is
   * @throws org.yuanliu.platform.problem.ProblemException 503 where there are such values and the
   *     key-encryption key is not to be had
   */
  public List<Sealed> seal(List<EpcisEvent> events, List<@Nullable String> principals) {
    PersonalFields fields = current.get();
    Map<Integer, Work> works = new LinkedHashMap<>();
    try {
      for (int i = 0; i < events.size(); i++) {
        EpcisEvent event = events.get(i);
        String principal = principals.get(i);
        if (principal != null && fields.maybeIn(event)) {
          Work work = work(fields, event, principal);
          if (!work.found().isEmpty()) {
            works.put(i, work);
          }
        }
      }
      Map<String, SubjectKey> keys =
          works.isEmpty()
              ? Map.of()
              : subjects.of(works.values().stream().flatMap(w -> w.digests().stream()).toList());
      List<Sealed> sealed = new ArrayList<>(events.size());
      for (int i = 0; i < events.size(); i++) {
        Work work = works.get(i);
        sealed.add(
            work == null
                ? new Sealed(events.get(i), List.of(), false)
                : sealed(events.get(i), work, keys));
      }
      return sealed;
    } catch (KeyGoneException e) {
      throw e.refusal();
    }
  }

  private Work work(PersonalFields fields, EpcisEvent event, String principal) {
    ObjectNode body = event.body().deepCopy();
    List<Found> found = fields.in(body, event);
    if (found.isEmpty()) {
      return new Work(body, found, List.of(), "");
    }
    // What it says apart from the values, to which their salts are bound.
    List<BizTransaction> cited = new ArrayList<>(event.bizTransactions());
    found.forEach(one -> put(one.place(), null, cited));
    EpcisEvent bare = with(event, body, cited);
    String base = EventHash.of(bare, CbvVersion.CBV_2_0) + "\n" + principal;
    return new Work(body, found, persons(found, principal), base);
  }

  /** In the body, and in what was read of it. */
  private static void put(
      PersonalFields.Place place, byte @Nullable [] commitment, List<BizTransaction> cited) {
    place.put(commitment);
    if (place instanceof PersonalFields.Citation citation) {
      String type = cited.get(citation.index()).type();
      cited.set(citation.index(), new BizTransaction(type, citation.uri(commitment)));
    }
  }

  /** The digest that each value's person is known by, in the order of the values. */
  private List<String> persons(List<Found> found, String principal) {
    byte[] index = ring.own().index();
    Map<String, String> identities = new HashMap<>();
    Map<String, TreeMap<String, String>> said = new HashMap<>();
    for (Found one : found) {
      String person = one.field().person();
      if (one.field().document() != null) {
        continue;
      }
      if (one.field().identity()) {
        identities.putIfAbsent(person, Digests.normal(one.text()));
      }
      said.computeIfAbsent(person, p -> new TreeMap<>()).putIfAbsent(one.path(), one.text());
    }
    List<String> digests = new ArrayList<>();
    for (Found one : found) {
      String person = one.field().person();
      String identity = identities.get(person);
      String document = one.field().document();
      byte[] digest;
      if (document != null) {
        digest = SealedNumber.digest(index, document, one.text());
      } else if (identity != null) {
        digest = Digests.of(index, "person by number", identity);
      } else {
        // Without a number nobody is the same for two firms; with one of another field he is not.
        StringBuilder texts = new StringBuilder();
        requireNonNull(said.get(person))
            .values()
            .forEach(t -> texts.append(Digests.normal(t)).append('\n'));
        digest = Digests.of(index, "person by name", principal, person, texts.toString());
      }
      digests.add(HexFormat.of().formatHex(digest));
    }
    return digests;
  }

  private Sealed sealed(EpcisEvent sent, Work work, Map<String, SubjectKey> keys) {
    byte[] index = ring.own().index();
    List<Draft.Attached> values = new ArrayList<>();
    List<BizTransaction> cited = new ArrayList<>(sent.bizTransactions());
    for (int i = 0; i < work.found().size(); i++) {
      Found one = work.found().get(i);
      SubjectKey key = requireNonNull(keys.get(work.digests().get(i)));
      byte[] salt =
          one.place() instanceof PersonalFields.Citation citation
              ? SealedNumber.salt(key, citation.kind().type(), one.text())
              : Digests.of(Digests.of(key.key(), "salts"), work.base(), one.path(), one.text());
      SealedValue value = value(key, one.field(), one.text(), salt, index);
      values.add(value);
      put(one.place(), value.commitment(), cited);
    }
    return new Sealed(with(sent, work.body(), cited), values, idTells(sent));
  }

  private SealedValue value(
      SubjectKey key, PersonalFields.Field field, String text, byte[] salt, byte[] index) {
    byte[] value = text.getBytes(UTF_8);
    byte[] commitment = PersonalValue.commit(suite, salt, value);
    byte[] plain = ByteBuffer.allocate(salt.length + value.length).put(salt).put(value).array();
    return new SealedValue(
        commitment,
        key.id(),
        field.name(),
        Digests.ofValue(index, text),
        key.cipher().seal(key.key(), commitment, plain, ring.randomness()));
  }

  /**
   * A document as it is cited, where its number is a person's.
   *
   * @param id the URI with the commitment to the number
   * @param value the number, to be stored with what cites it
   */
  public record SealedDocument(String id, Draft.Attached value) {}

  /**
   * As what a document is cited that is asked for by its number; empty where nobody ever did.
   *
   * @throws org.yuanliu.platform.problem.ProblemException 503 where the key is not to be had
   */
  public Optional<String> knownDocument(String id) {
    PersonalFields.Document kind = current.get().document(null, id);
    if (kind == null) {
      return Optional.empty();
    }
    try {
      String number = DocumentIds.number(id);
      byte[] digest = SealedNumber.digest(ring.own().index(), kind.type(), number);
      return subjects
          .known(HexFormat.of().formatHex(digest))
          .map(
              key ->
                  SealedNumber.uri(
                      kind.stem(), SealedNumber.commitment(suite, key, kind.type(), number)));
    } catch (KeyGoneException e) {
      throw e.refusal();
    }
  }

  /**
   * How a document stands in the registry, as events cite it.
   *
   * @return empty where its number is nobody's, or sealed already
   * @throws org.yuanliu.platform.problem.ProblemException 503 where the key is not to be had
   */
  public Optional<SealedDocument> document(@Nullable String type, String id) {
    PersonalFields.Document kind = current.get().document(type, id);
    if (kind == null) {
      return Optional.empty();
    }
    try {
      byte[] index = ring.own().index();
      String number = DocumentIds.number(id);
      String digest = HexFormat.of().formatHex(SealedNumber.digest(index, kind.type(), number));
      SubjectKey key = requireNonNull(subjects.of(List.of(digest)).get(digest));
      SealedValue value =
          value(key, kind.number(), number, SealedNumber.salt(key, kind.type(), number), index);
      return Optional.of(
          new SealedDocument(SealedNumber.uri(kind.stem(), value.commitment()), value));
    } catch (KeyGoneException e) {
      throw e.refusal();
    }
  }

  private static boolean idTells(EpcisEvent event) {
    String id = event.eventId();
    if (id == null || !id.startsWith(NI)) {
      return false;
    }
    for (CbvVersion version : CbvVersion.values()) {
      if (EventHash.of(event, version).equals(id)) {
        return true;
      }
    }
    return false;
  }

  /** The event with another body, which says its own context. */
  private static EpcisEvent with(
      EpcisEvent event, ObjectNode body, List<BizTransaction> transactions) {
    LdContext context = event.context();
    if (context.namespace(YlVocabulary.PREFIX) == null) {
      context =
          context.with(
              JsonNodeFactory.instance
                  .objectNode()
                  .put(YlVocabulary.PREFIX, YlVocabulary.NAMESPACE));
    }
    return event
        .withNamed(event.units(), transactions, event.sources(), event.destinations())
        .withBody(body, context);
  }
}
