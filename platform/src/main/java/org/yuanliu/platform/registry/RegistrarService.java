package org.yuanliu.platform.registry;

import static java.util.Objects.requireNonNull;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Service;
import org.yuanliu.codes.CanonicalUri;
import org.yuanliu.codes.UnitKey;
import org.yuanliu.platform.access.Caller;
import org.yuanliu.platform.access.Permission;
import org.yuanliu.platform.journal.Draft;
import org.yuanliu.platform.journal.EntryKind;
import org.yuanliu.platform.journal.Hot;
import org.yuanliu.platform.journal.Identity;
import org.yuanliu.platform.journal.Journal;
import org.yuanliu.platform.journal.Outcome;
import org.yuanliu.platform.journal.Scope;
import org.yuanliu.platform.journal.Submission;
import org.yuanliu.platform.problem.ProblemException;
import org.yuanliu.platform.registry.PartyCommands.Step;

/**
 * Takes commands one call after another: what a command is checked against is what stands when it
 * is stored. With several servers on one journal the identity of a change (its object and revision)
 * refuses the second of two writers.
 */
@Service
class RegistrarService implements Registrar {
  private static final String HASH = "SHA-256";
  private static final String CHANGE_PREFIX = "urn:yuanliu:registry:";

  private final Journal journal;
  private final RegistryStore store;
  private final PartyCommands parties;
  private final ThingCommands things;
  private final ObjectProvider<PersonalNumbers> numbers;
  private final ReentrantLock lock = new ReentrantLock(true);

  RegistrarService(
      Journal journal,
      RegistryStore store,
      PartyCommands parties,
      ThingCommands things,
      ObjectProvider<PersonalNumbers> numbers) {
    this.journal = requireNonNull(journal, "journal is null");
    this.store = requireNonNull(store, "store is null");
    this.parties = requireNonNull(parties, "parties is null");
    this.things = requireNonNull(things, "things is null");
    this.numbers = requireNonNull(numbers, "numbers is null");
  }

  @Override
  public List<Result> submit(Caller caller, EntryKind kind, List<RegistryCommand> commands) {
    caller.require(Permission.REGISTER);
    Texts.size("", commands, MAX_BATCH);
    // Before the lock: the keys' holder may be slow.
    Map<String, Draft.Attached> values = new HashMap<>();
    List<RegistryCommand> sealed =
        commands.stream().map(command -> sealed(command, values)).toList();
    lock.lock();
    try {
      return decideAndStore(caller, kind, sealed, values);
    } finally {
      lock.unlock();
    }
  }

  /** A document whose number is a person's stands here as events cite it. */
  private RegistryCommand sealed(RegistryCommand command, Map<String, Draft.Attached> values) {
    PersonalNumbers personal = numbers.getIfAvailable();
    if (personal == null
        || !(command instanceof RegistryCommand.RegisterDocument(TraceDocument document))
        || document.id() == null) {
      return command;
    }
    return personal
        .seal(document.type(), CanonicalUri.of(document.id()))
        .<RegistryCommand>map(
            one -> {
              values.put(one.id(), one.value());
              return new RegistryCommand.RegisterDocument(document.as(one.id()));
            })
        .orElse(command);
  }

  private List<Result> decideAndStore(
      Caller caller,
      EntryKind kind,
      List<RegistryCommand> commands,
      Map<String, Draft.Attached> values) {
    Staging staging = new Staging(store);
    RegistrationRules rules = new RegistrationRules(caller, staging);
    List<Result> results = new ArrayList<>();
    List<Draft> drafts = new ArrayList<>();
    for (int i = 0; i < commands.size(); i++) {
      try {
        Step step = decide(commands.get(i), caller, staging, rules);
        results.add(step.result());
        if (step.change() != null) {
          drafts.add(draft(caller, kind, step.change(), staging, values));
        }
      } catch (ProblemException e) {
        throw commands.size() == 1 ? e : Refusals.at(i, e);
      }
    }
    if (!drafts.isEmpty()) {
      switch (journal.append(new Submission(UUID.randomUUID(), drafts))) {
        case Outcome.Committed committed -> {}
        case Outcome.Conflicted conflicted -> throw Refusals.changedMeanwhile();
      }
    }
    return results;
  }

  private Step decide(
      RegistryCommand command, Caller caller, Staging staging, RegistrationRules rules) {
    return switch (command) {
      case RegistryCommand.RegisterParty register ->
          parties.register(register, caller, staging, rules);
      case RegistryCommand.AmendParty amend -> parties.amend(amend, staging, rules);
      case RegistryCommand.MergeParties merge -> parties.merge(merge, staging, rules);
      case RegistryCommand.UndoMerge undo -> parties.undoMerge(undo, staging, rules);
      case RegistryCommand.RegisterPlace(Place place) ->
          things.place(place, caller, staging, rules);
      case RegistryCommand.RegisterProduct(Product product) ->
          things.product(product, caller, staging, rules);
      case RegistryCommand.RegisterDocument(TraceDocument document) ->
          things.document(document, caller, staging, rules);
      case RegistryCommand.GrantMandate grant -> things.grant(grant, staging, rules);
      case RegistryCommand.AcceptMandate accept -> things.accept(accept, staging, rules);
      case RegistryCommand.RevokeMandate revoke -> things.revoke(revoke, staging, rules);
      case RegistryCommand.DeclareEquivalence(String unit, String other, String reason) ->
          things.declare(unit, other, reason, staging, rules);
      case RegistryCommand.EndEquivalence(String unit, String other, String reason) ->
          things.end(unit, other, reason, staging, rules);
    };
  }

  private static Draft draft(
      Caller caller,
      EntryKind kind,
      RegistryChange change,
      Staging staging,
      Map<String, Draft.Attached> values) {
    byte[] body = RegistryJson.encode(change);
    byte[] digest = sha256(body);
    String id = CHANGE_PREFIX + name(change);
    Draft.Attached value =
        change instanceof RegistryChange.DocumentRegistered registered
            ? values.get(registered.document().id())
            : null;
    return new Draft(
        kind,
        new Identity(UnitKey.of(id).value(), digest),
        caller.party(),
        caller.party(),
        id,
        digest,
        HASH,
        caller.standing(),
        scope(change, staging),
        Hot.NONE,
        body,
        change,
        value == null ? List.of() : List.of(value));
  }

  /** What the change is about and which revision it makes: two such changes cannot both be. */
  private static String name(RegistryChange change) {
    return switch (change) {
      case RegistryChange.PartyRegistered c -> "party:" + c.party().id() + "#1";
      case RegistryChange.PartyAmended c -> "party:" + c.party().id() + "#" + c.revision();
      case RegistryChange.PartiesMerged c -> "merge:" + c.id();
      case RegistryChange.MergeUndone c -> "merge:" + c.merge() + "#undone";
      case RegistryChange.PlaceRegistered c -> "place:" + c.place().id() + "#" + c.revision();
      case RegistryChange.ProductRegistered c ->
          "product:" + c.product().code() + "#" + c.revision();
      case RegistryChange.DocumentRegistered c ->
          "document:" + c.document().id() + "@" + c.registrant() + "#" + c.revision();
      case RegistryChange.MandateGranted c -> "mandate:" + c.mandate().id();
      case RegistryChange.MandateProposed c -> "mandate:" + c.mandate().id();
      case RegistryChange.MandateAccepted c -> "mandate:" + c.mandate() + "#accepted";
      case RegistryChange.MandateRevoked c -> "mandate:" + c.mandate() + "#revoked:" + c.from();
      case RegistryChange.EquivalenceDeclared c -> "equivalence:" + c.id();
      case RegistryChange.EquivalenceEnded c -> "equivalence:" + c.id() + "#ended";
    };
  }

  private static Scope scope(RegistryChange change, Staging staging) {
    return switch (change) {
      case RegistryChange.PartyRegistered c -> scope(c.party());
      case RegistryChange.PartyAmended c -> scope(c.party());
      case RegistryChange.PartiesMerged c -> scope(staging, c.kept(), c.merged());
      case RegistryChange.MergeUndone c -> scope(staging, c.kept(), c.merged());
      case RegistryChange.PlaceRegistered c ->
          new Scope(c.place().division(), null, keys(c.place().party()));
      case RegistryChange.ProductRegistered c -> new Scope(null, c.product().industry(), Set.of());
      case RegistryChange.DocumentRegistered c ->
          new Scope(null, null, keys(c.document().issuer()));
      case RegistryChange.MandateGranted c ->
          scope(staging, c.mandate().principal(), c.mandate().reporter());
      case RegistryChange.MandateProposed c ->
          scope(staging, c.mandate().principal(), c.mandate().reporter());
      case RegistryChange.MandateAccepted c -> mandateScope(staging, c.mandate());
      case RegistryChange.MandateRevoked c -> mandateScope(staging, c.mandate());
      case RegistryChange.EquivalenceDeclared c -> new Scope(null, null, Set.of());
      case RegistryChange.EquivalenceEnded c -> new Scope(null, null, Set.of());
    };
  }

  private static Scope mandateScope(Staging staging, String mandate) {
    return staging
        .mandate(mandate)
        .map(row -> scope(staging, row.mandate().principal(), row.mandate().reporter()))
        .orElse(new Scope(null, null, Set.of()));
  }

  private static Scope scope(Party party) {
    return new Scope(party.division(), party.industry(), keys(party.id()));
  }

  private static Scope scope(Staging staging, String first, String second) {
    String division = staging.party(first).map(row -> row.party().division()).orElse(null);
    return new Scope(division, null, keys(first, second));
  }

  private static Set<UUID> keys(@Nullable String... codes) {
    Set<UUID> keys = new HashSet<>();
    for (String code : codes) {
      if (code != null) {
        keys.add(UnitKey.of(code).value());
      }
    }
    return keys;
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance(HASH).digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has " + HASH, e);
    }
  }
}
