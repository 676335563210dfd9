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
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.yuanliu.epcis.CbvVersion;
import org.yuanliu.epcis.EpcisEvent;
import org.yuanliu.epcis.EventHash;
import org.yuanliu.epcis.LdContext;
import org.yuanliu.epcis.YlVocabulary;
import org.yuanliu.industry.PackSet;
import org.yuanliu.ledger.Suite;
import org.yuanliu.ledger.receipt.PersonalValue;
import org.yuanliu.platform.journal.Draft;
import org.yuanliu.platform.journal.JournalSettings;
import org.yuanliu.platform.packs.Packs;
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

  private final Packs packs;
  private final KeyRing ring;
  private final SubjectKeys subjects;
  private final Suite suite;
  private final AtomicReference<@Nullable PersonalFields> current = new AtomicReference<>();

  PersonalSeal(Packs packs, KeyRing ring, SubjectKeys subjects, JournalSettings journal) {
    this.packs = requireNonNull(packs, "packs is null");
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
  private record Work(
      EpcisEvent bare, ObjectNode body, List<Found> found, List<String> digests, String base) {}

  /**
   * These events without their personal values, in their order.
   *
   * @param principals who answers for each; null where nobody is known: left as it is
   * @throws org.yuanliu.platform.problem.ProblemException 503 where there are such values and the
   *     key-encryption key is not to be had
   */
  public List<Sealed> seal(List<EpcisEvent> events, List<@Nullable String> principals) {
    PersonalFields fields = fields();
    Map<Integer, Work> works = new LinkedHashMap<>();
    try {
      for (int i = 0; i < events.size(); i++) {
        EpcisEvent event = events.get(i);
        String principal = principals.get(i);
        if (principal != null && fields.maybeIn(event.body())) {
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

  private PersonalFields fields() {
    PackSet now = packs.current();
    PersonalFields known = current.get();
    if (known == null || known.packs() != now) {
      known = new PersonalFields(now);
      current.set(known);
    }
    return known;
  }

  private Work work(PersonalFields fields, EpcisEvent event, String principal) {
    ObjectNode body = event.body().deepCopy();
    List<Found> found = fields.in(body, event.context());
    if (found.isEmpty()) {
      return new Work(event, body, found, List.of(), "");
    }
    // What it says apart from the values, to which their salts are bound.
    found.forEach(one -> one.place().put(JsonNodeFactory.instance.objectNode()));
    EpcisEvent bare = with(event, body);
    String base = EventHash.of(bare, CbvVersion.CBV_2_0) + "\n" + principal;
    return new Work(bare, body, found, persons(found, principal), base);
  }

  /** The digest that each value's person is known by, in the order of the values. */
  private List<String> persons(List<Found> found, String principal) {
    byte[] index = ring.own().index();
    Map<String, String> identities = new HashMap<>();
    Map<String, TreeMap<String, String>> said = new HashMap<>();
    for (Found one : found) {
      String person = one.field().person();
      if (one.field().identity()) {
        identities.putIfAbsent(person, Digests.normal(one.text()));
      }
      said.computeIfAbsent(person, p -> new TreeMap<>()).putIfAbsent(one.path(), one.text());
    }
    List<String> digests = new ArrayList<>();
    for (Found one : found) {
      String person = one.field().person();
      String identity = identities.get(person);
      byte[] digest;
      if (identity != null) {
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
    for (int i = 0; i < work.found().size(); i++) {
      Found one = work.found().get(i);
      SubjectKey key = requireNonNull(keys.get(work.digests().get(i)));
      byte[] value = one.text().getBytes(UTF_8);
      byte[] salt = Digests.of(Digests.of(key.key(), "salts"), work.base(), one.path(), one.text());
      byte[] commitment = PersonalValue.commit(suite, salt, value);
      byte[] plain = ByteBuffer.allocate(salt.length + value.length).put(salt).put(value).array();
      values.add(
          new SealedValue(
              commitment,
              key.id(),
              one.field().name(),
              Digests.ofValue(index, one.text()),
              key.cipher().seal(key.key(), commitment, plain, ring.randomness())));
      one.place().put(PersonalFields.commitment(Commitment.text(commitment)));
    }
    return new Sealed(with(sent, work.body()), values, idTells(sent));
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
  private static EpcisEvent with(EpcisEvent event, ObjectNode body) {
    LdContext context = event.context();
    if (context.namespace(YlVocabulary.PREFIX) == null) {
      context =
          context.with(
              JsonNodeFactory.instance
                  .objectNode()
                  .put(YlVocabulary.PREFIX, YlVocabulary.NAMESPACE));
    }
    return event.withBody(body, context);
  }
}
