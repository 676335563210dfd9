package org.yuanliu.platform.registry;

import static java.util.Objects.requireNonNull;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.yuanliu.platform.access.Caller;
import org.yuanliu.platform.access.Permission;
import org.yuanliu.platform.access.Viewer;
import org.yuanliu.platform.journal.EntryKind;
import org.yuanliu.platform.problem.ProblemException;
import org.yuanliu.platform.registry.Party.PartyKind;
import org.yuanliu.platform.registry.RegistryStore.PartyRow;

/** Parties: register, amend, find, merge and undo. */
@RestController
@RequestMapping("/api/v1/parties")
class PartyApi {
  /** A page of the register. */
  static final int MAX_PAGE = 500;

  private final Registrar registrar;
  private final Registry registry;
  private final RegistryStore store;
  private final PartyCommands commands;

  PartyApi(Registrar registrar, Registry registry, RegistryStore store, PartyCommands commands) {
    this.registrar = requireNonNull(registrar, "registrar is null");
    this.registry = requireNonNull(registry, "registry is null");
    this.store = requireNonNull(store, "store is null");
    this.commands = requireNonNull(commands, "commands is null");
  }

  /**
   * @param next what to give as {@code after} for the next page; null on the last one
   */
  record Page(List<Party> parties, @Nullable String next) {}

  /**
   * @param kept party that keeps, any of its codes
   * @param merged party that is the same
   */
  record Merge(String kept, String merged, String reason) {}

  record Reason(String reason) {}

  /** 201 with the new party's id; 200 with the id of the one that is registered already. */
  @PostMapping
  ResponseEntity<Registrar.Result> register(
      Caller caller, @RequestBody RegistryCommand.RegisterParty command) {
    return Answers.of(submit(caller, command), "/api/v1/parties?code=");
  }

  @PostMapping("/amendments")
  ResponseEntity<Registrar.Result> amend(
      Caller caller, @RequestBody RegistryCommand.AmendParty command) {
    return ResponseEntity.ok(submit(caller, command));
  }

  @PostMapping("/merges")
  ResponseEntity<Registrar.Result> merge(Caller caller, @RequestBody Merge merge) {
    return Answers.of(
        submit(
            caller, new RegistryCommand.MergeParties(merge.kept(), merge.merged(), merge.reason())),
        "/api/v1/parties/merges/");
  }

  @PostMapping("/merges/{id}/undo")
  ResponseEntity<Registrar.Result> undo(
      Caller caller, @PathVariable UUID id, @RequestBody Reason reason) {
    return ResponseEntity.ok(submit(caller, new RegistryCommand.UndoMerge(id, reason.reason())));
  }

  /** By a code that has no slash in it. */
  @GetMapping("/{code}")
  Party get(Caller caller, @PathVariable String code) {
    return find(caller, code);
  }

  /** By any code in any written form. */
  @GetMapping(params = "code")
  Party find(Caller caller, @RequestParam String code) {
    caller.require(Permission.QUERY);
    Party party;
    try {
      party = registry.party(commands.canonical("/code", code)).orElseThrow(Refusals::absent);
    } catch (ProblemException e) {
      // A code that cannot be is a code that is not there.
      throw Refusals.absent();
    }
    Staging staging = new Staging(store);
    PartyRow row = staging.party(party.id()).orElseThrow(Refusals::absent);
    if (new RegistrationRules(caller, staging).seesWhole(row)) {
      return party;
    }
    return switch (party.kind()) {
      case ENTERPRISE, MARKET, AUTHORITY, SERVICE_PROVIDER -> asInPublicRegister(party);
      case STALL_HOLDER, NATURAL_PERSON -> throw Refusals.absent();
    };
  }

  /** Those in one's care: an office's divisions, a market's holders. */
  @GetMapping
  Page list(
      Caller caller,
      @RequestParam(defaultValue = "") String after,
      @RequestParam(defaultValue = "100") @Min(1) @Max(MAX_PAGE) int limit) {
    caller.require(Permission.QUERY);
    List<String> ids =
        switch (caller.viewer()) {
          case Viewer.Operator operator -> store.partyIds("", null, after, limit);
          case Viewer.Regulator regulator ->
              store.partyIds(regulator.divisionPrefix(), null, after, limit);
          case Viewer.Enterprise enterprise -> holders(caller, after, limit);
          case Viewer.Consumer consumer -> List.of();
          case Viewer.PublicPage page -> List.of();
        };
    List<Party> parties =
        ids.stream().map(id -> registry.party(id).orElseThrow(Refusals::absent)).toList();
    return new Page(parties, ids.size() == limit ? ids.getLast() : null);
  }

  private List<String> holders(Caller caller, String after, int limit) {
    Party own = registry.party(caller.party()).orElse(null);
    if (own == null || own.kind() != PartyKind.MARKET) {
      return own == null || after.compareTo(own.id()) >= 0 ? List.of() : List.of(own.id());
    }
    return store.partyIds("", own.id(), after, limit);
  }

  private Registrar.Result submit(Caller caller, RegistryCommand command) {
    return registrar.submit(caller, EntryKind.REGISTRY_CHANGE, List.of(command)).getFirst();
  }

  /** What the public register of firms (国家企业信用信息公示系统) tells anyone. */
  private static Party asInPublicRegister(Party party) {
    return new Party(
        party.id(),
        party.codes(),
        party.kind(),
        party.names(),
        party.division(),
        null,
        party.industry(),
        List.of(),
        List.of());
  }
}
