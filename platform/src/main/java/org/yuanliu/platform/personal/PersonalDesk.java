package org.yuanliu.platform.personal;

import static java.util.Objects.requireNonNull;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.yuanliu.codes.UnitKey;
import org.yuanliu.industry.Localized;
import org.yuanliu.platform.access.Caller;
import org.yuanliu.platform.access.Disclosure;
import org.yuanliu.platform.access.EntryFacts;
import org.yuanliu.platform.access.Viewer;
import org.yuanliu.platform.hold.Holds;
import org.yuanliu.platform.journal.Draft;
import org.yuanliu.platform.journal.Entry;
import org.yuanliu.platform.journal.EntryKind;
import org.yuanliu.platform.journal.EntryRef;
import org.yuanliu.platform.journal.Hot;
import org.yuanliu.platform.journal.Identity;
import org.yuanliu.platform.journal.Journal;
import org.yuanliu.platform.journal.Outcome;
import org.yuanliu.platform.journal.Scope;
import org.yuanliu.platform.journal.Submission;
import org.yuanliu.platform.personal.PersonalValueStore.Open;
import org.yuanliu.platform.personal.PersonalValueStore.Stored;
import org.yuanliu.platform.problem.Problem;
import org.yuanliu.platform.problem.ProblemException;
import org.yuanliu.platform.problem.StandardProblems;

/** What is done with personal values, for those who may see them by the disclosure policy. */
@Service
class PersonalDesk {
  /** Values of one answer: a person's years at a pharmacy. Who has more is told so. */
  static final int MAX_VALUES = 10_000;

  static final int MAX_FOUND = 200;

  private final PersonalValueStore store;
  private final SubjectKeys keys;
  private final Journal journal;
  private final Disclosure disclosure;
  private final Holds holds;
  private final CurrentFields fields;

  PersonalDesk(
      PersonalValueStore store,
      SubjectKeys keys,
      Journal journal,
      Disclosure disclosure,
      Holds holds,
      CurrentFields fields) {
    this.store = requireNonNull(store, "store is null");
    this.keys = requireNonNull(keys, "keys is null");
    this.journal = requireNonNull(journal, "journal is null");
    this.disclosure = requireNonNull(disclosure, "disclosure is null");
    this.holds = requireNonNull(holds, "holds is null");
    this.fields = requireNonNull(fields, "fields is null");
  }

  /** In both languages. */
  record Name(String zh, String en) {}

  /**
   * A value without itself, and the record that it belongs to.
   *
   * @param name of the element, as people say it
   * @param masked null once it is erased
   */
  record Masked(
      long position,
      @Nullable Instant eventTime,
      @Nullable String bizStep,
      String principal,
      UUID subject,
      String element,
      Name name,
      @Nullable String masked,
      @Nullable Instant erased) {}

  /**
   * A value.
   *
   * @param commitment what stands in the event's body, base64
   * @param salt base64; with it and the value anyone can check the commitment
   */
  record Shown(UUID subject, String element, String value, String commitment, String salt) {}

  /** A value with the record that it belongs to, as the person gets it. */
  record Held(
      long position,
      String eventId,
      Instant recordTime,
      @Nullable Instant eventTime,
      @Nullable String bizStep,
      String reporter,
      String principal,
      String element,
      @Nullable String value,
      @Nullable Instant erased) {}

  /**
   * @param complete false where there are more values than one answer holds
   */
  record Export(UUID subject, boolean complete, List<Held> values) {}

  /**
   * @param position of the entry that says so
   */
  record Erased(UUID subject, long position, long values) {}

  /** What a record holds, masked. */
  List<Masked> masked(Caller caller, long position) {
    List<Stored> stored = store.of(new EntryRef(1, position));
    Map<EntryRef, Entry> visible = visible(caller.viewer(), stored);
    if (visible.isEmpty()) {
      throw new ProblemException(StandardProblems.NOT_FOUND);
    }
    return masks(stored, visible);
  }

  /** What a record holds, open. */
  List<Shown> shown(Caller caller, long position, Set<String> elements) {
    return opened(
        () ->
            require(caller, position).stream()
                .filter(value -> value.erased() == null)
                .filter(value -> elements.isEmpty() || elements.contains(value.element()))
                .map(this::shown)
                .toList());
  }

  /** Where an exact value stands, masked: in those records alone that the caller may see. */
  List<Masked> find(Caller caller, String value) {
    List<Stored> found = opened(() -> store.find(value, MAX_FOUND));
    Map<EntryRef, Entry> visible = visible(caller.viewer(), found);
    return masks(found.stream().filter(one -> visible.containsKey(one.ref())).toList(), visible);
  }

  /** All that is held on a person, as far as the caller may see it. */
  Export export(Caller caller, UUID subject) {
    List<Stored> stored = new ArrayList<>(store.of(subject, MAX_VALUES + 1));
    stored.addAll(documentsOf(stored));
    Map<EntryRef, Entry> visible = visible(caller.viewer(), stored);
    if (visible.isEmpty()) {
      throw new ProblemException(StandardProblems.NOT_FOUND);
    }
    return opened(
        () ->
            new Export(
                subject,
                stored.size() <= MAX_VALUES,
                stored.stream()
                    .limit(MAX_VALUES)
                    .filter(value -> visible.containsKey(value.ref()))
                    .map(value -> held(value, requireNonNull(visible.get(value.ref()))))
                    .toList()));
  }

  /**
   * Destroys a person's key and what it opened: in the transaction of the journal entry that says
   * so. Only the platform's operator, for it takes from all who reported on the person.
   */
  Erased erase(Caller caller, UUID subject, ErasureAct.Basis basis, String reference) {
    if (!(caller.viewer() instanceof Viewer.Operator)) {
      throw new ProblemException(StandardProblems.FORBIDDEN);
    }
    List<Stored> stored = store.of(subject, ErasureAct.MAX_COMMITMENTS);
    if (stored.isEmpty()) {
      throw new ProblemException(StandardProblems.NOT_FOUND);
    }
    if (store.count(subject) == 0) {
      throw alreadyErased();
    }
    Map<UUID, List<Stored>> going = new LinkedHashMap<>();
    going.put(subject, stored);
    for (Stored document : documentsOf(stored)) {
      if (document.erased() == null && !going.containsKey(document.subject())) {
        going.put(document.subject(), store.of(document.subject(), ErasureAct.MAX_COMMITMENTS));
      }
    }
    going.forEach(this::requireNotHeld);
    long values = 0;
    List<Draft> acts = new ArrayList<>();
    for (Map.Entry<UUID, List<Stored>> one : going.entrySet()) {
      long count = store.count(one.getKey());
      values += count;
      acts.add(act(caller, one.getKey(), one.getValue(), count, basis, reference));
    }
    return switch (journal.append(new Submission(UUID.randomUUID(), acts))) {
      case Outcome.Committed(List<Outcome.Placed> placed, var head, var note) -> {
        going.keySet().forEach(keys::forget);
        store.vacuum();
        yield new Erased(subject, placed.getFirst().ref().position(), values);
      }
      case Outcome.Conflicted ignored -> throw alreadyErased();
    };
  }

  private static ProblemException alreadyErased() {
    return new ProblemException(
        Problem.of(
            "already-erased",
            409,
            "此人的信息已经删除。",
            "What was held on this person was erased before."));
  }

  private static Draft act(
      Caller caller,
      UUID subject,
      List<Stored> stored,
      long values,
      ErasureAct.Basis basis,
      String reference) {
    List<String> commitments =
        stored.stream()
            .filter(value -> value.erased() == null)
            .map(value -> Commitment.text(value.commitment()))
            .toList();
    ErasureAct act = new ErasureAct(subject, basis, reference, values, commitments);
    byte[] body = act.body();
    String id = "urn:yuanliu:erasure:" + subject;
    return new Draft(
        EntryKind.ERASURE,
        new Identity(UnitKey.of(id).value(), sha256(body)),
        caller.party(),
        caller.party(),
        id,
        new byte[0],
        "",
        caller.standing(),
        new Scope(null, null, Set.of()),
        Hot.NONE,
        body,
        act);
  }

  /** The numbers of a person's documents, which stand beside him in his records. */
  private List<Stored> documentsOf(List<Stored> values) {
    PersonalFields known = fields.get();
    Map<EntryRef, Set<String>> persons = new HashMap<>();
    for (Stored value : values) {
      persons
          .computeIfAbsent(value.ref(), ref -> new HashSet<>())
          .addAll(known.personsOf(value.element()));
    }
    List<String> names = known.documents().stream().map(kind -> kind.number().name()).toList();
    Set<UUID> own = values.stream().map(Stored::subject).collect(Collectors.toSet());
    return store.beside(values, names).stream()
        .filter(document -> !own.contains(document.subject()))
        .filter(
            document ->
                known.personsOf(document.element()).stream()
                    .anyMatch(requireNonNull(persons.get(document.ref()))::contains))
        .toList();
  }

  private void requireNotHeld(UUID subject, List<Stored> stored) {
    Holds.InForce held = holds.inForce();
    if (held.isEmpty()) {
      return;
    }
    List<EntryRef> refs = stored.stream().map(Stored::ref).distinct().toList();
    if (held.holds(subject) || journal.readAll(refs).stream().anyMatch(held::holds)) {
      throw new ProblemException(
          Problem.of(
              "legal-hold",
              409,
              "此人的信息或其所在记录处于法律保全中，不能删除；保全解除后再申请。",
              "A legal hold covers this person or a record that names him; nothing is erased until"
                  + " it is lifted."));
    }
  }

  private List<Stored> require(Caller caller, long position) {
    List<Stored> stored = store.of(new EntryRef(1, position));
    if (stored.isEmpty() || visible(caller.viewer(), stored).isEmpty()) {
      throw new ProblemException(StandardProblems.NOT_FOUND);
    }
    return stored;
  }

  /** The records among those of these values whose personal values the viewer may see. */
  private Map<EntryRef, Entry> visible(Viewer viewer, List<Stored> values) {
    List<EntryRef> refs = List.copyOf(values.stream().map(Stored::ref).collect(Collectors.toSet()));
    Map<EntryRef, Entry> visible = new HashMap<>();
    for (Entry entry : journal.readAll(refs)) {
      if (disclosure.mayReadPersonal(viewer, EntryFacts.of(entry))) {
        visible.put(entry.ref(), entry);
      }
    }
    return visible;
  }

  private List<Masked> masks(List<Stored> values, Map<EntryRef, Entry> entries) {
    return opened(
        () ->
            values.stream()
                .map(value -> mask(value, requireNonNull(entries.get(value.ref())).draft()))
                .toList());
  }

  private Masked mask(Stored value, Draft draft) {
    Localized names = fields.get().namesOf(value.element());
    return new Masked(
        value.ref().position(),
        draft.hot().eventTime(),
        draft.hot().bizStep(),
        draft.principal(),
        value.subject(),
        value.element(),
        new Name(names.zh(), names.en()),
        value.erased() == null ? Mask.of(store.open(value).text()) : null,
        value.erased());
  }

  private Shown shown(Stored value) {
    Open open = store.open(value);
    return new Shown(
        value.subject(),
        value.element(),
        open.text(),
        Commitment.text(value.commitment()),
        Base64.getEncoder().encodeToString(open.salt()));
  }

  private Held held(Stored value, Entry entry) {
    return new Held(
        value.ref().position(),
        entry.draft().id(),
        entry.recordTime(),
        entry.draft().hot().eventTime(),
        entry.draft().hot().bizStep(),
        entry.draft().reporter(),
        entry.draft().principal(),
        value.element(),
        value.erased() == null ? store.open(value).text() : null,
        value.erased());
  }

  private static <T> T opened(java.util.function.Supplier<T> work) {
    try {
      return work.get();
    } catch (KeyGoneException e) {
      throw e.refusal();
    }
  }

  private static byte[] sha256(byte[] body) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(body);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
