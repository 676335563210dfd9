package org.yuanliu.platform.personal;

import static java.util.Objects.requireNonNull;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.yuanliu.codes.UnitKey;
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

  PersonalDesk(
      PersonalValueStore store,
      SubjectKeys keys,
      Journal journal,
      Disclosure disclosure,
      Holds holds) {
    this.store = requireNonNull(store, "store is null");
    this.keys = requireNonNull(keys, "keys is null");
    this.journal = requireNonNull(journal, "journal is null");
    this.disclosure = requireNonNull(disclosure, "disclosure is null");
    this.holds = requireNonNull(holds, "holds is null");
  }

  /**
   * A value without itself.
   *
   * @param masked null once it is erased
   */
  record Masked(
      long position,
      UUID subject,
      String element,
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
    return masks(require(caller, position));
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
    Set<EntryRef> visible = visible(caller.viewer(), found).keySet();
    return masks(found.stream().filter(one -> visible.contains(one.ref())).toList());
  }

  /** All that is held on a person, as far as the caller may see it. */
  Export export(Caller caller, UUID subject) {
    List<Stored> stored = store.of(subject, MAX_VALUES + 1);
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
    requireNotHeld(subject, stored);
    long values = store.count(subject);
    if (values == 0) {
      throw new ProblemException(
          Problem.of(
              "already-erased",
              409,
              "此人的信息已经删除。",
              "What was held on this person was erased before."));
    }
    List<String> commitments =
        stored.stream()
            .filter(value -> value.erased() == null)
            .map(value -> Commitment.text(value.commitment()))
            .toList();
    ErasureAct act = new ErasureAct(subject, basis, reference, values, commitments);
    byte[] body = act.body();
    String id = "urn:yuanliu:erasure:" + subject;
    Draft draft =
        new Draft(
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
    return switch (journal.append(new Submission(UUID.randomUUID(), List.of(draft)))) {
      case Outcome.Committed(List<Outcome.Placed> placed, var head, var note) -> {
        keys.forget(subject);
        store.vacuum();
        yield new Erased(subject, placed.getFirst().ref().position(), values);
      }
      case Outcome.Conflicted ignored ->
          throw new ProblemException(
              Problem.of(
                  "already-erased",
                  409,
                  "此人的信息已经删除。",
                  "What was held on this person was erased before."));
    };
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
      if (disclosure.mayReadPersonal(viewer, facts(entry))) {
        visible.put(entry.ref(), entry);
      }
    }
    return visible;
  }

  private static EntryFacts facts(Entry entry) {
    Draft draft = entry.draft();
    return new EntryFacts(
        UnitKey.of(draft.reporter()).value(),
        UnitKey.of(draft.principal()).value(),
        new HashSet<>(draft.scope().named()),
        draft.scope().division(),
        draft.scope().industry());
  }

  private List<Masked> masks(List<Stored> values) {
    return opened(
        () -> {
          List<Masked> masks = new ArrayList<>();
          for (Stored value : values) {
            masks.add(
                new Masked(
                    value.ref().position(),
                    value.subject(),
                    value.element(),
                    value.erased() == null ? Mask.of(store.open(value).text()) : null,
                    value.erased()));
          }
          return masks;
        });
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
