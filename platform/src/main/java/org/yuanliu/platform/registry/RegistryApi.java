package org.yuanliu.platform.registry;

import static java.util.Objects.requireNonNull;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.yuanliu.codes.CanonicalUri;
import org.yuanliu.platform.access.Caller;
import org.yuanliu.platform.access.PartyCodes;
import org.yuanliu.platform.access.Permission;
import org.yuanliu.platform.access.Viewer;
import org.yuanliu.platform.journal.EntryKind;
import org.yuanliu.platform.problem.ProblemException;
import org.yuanliu.platform.registry.RegistryStore.MandateRow;

/** Places, products, documents, mandates, equivalences, and batches of anything. */
@RestController
@RequestMapping("/api/v1")
class RegistryApi {
  static final int MAX_PAGE = 500;

  private final Registrar registrar;
  private final RegistryStore store;
  private final PartyCodes partyCodes;
  private final PartyCommands commands;
  private final ObjectProvider<PersonalNumbers> numbers;

  RegistryApi(
      Registrar registrar,
      RegistryStore store,
      PartyCodes partyCodes,
      PartyCommands commands,
      ObjectProvider<PersonalNumbers> numbers) {
    this.registrar = requireNonNull(registrar, "registrar is null");
    this.store = requireNonNull(store, "store is null");
    this.partyCodes = requireNonNull(partyCodes, "partyCodes is null");
    this.commands = requireNonNull(commands, "commands is null");
    this.numbers = requireNonNull(numbers, "numbers is null");
  }

  /**
   * @param revokedFrom the moment from which it holds no longer; null while none is set
   * @param waitsFor the side that has not accepted it yet; null where it is in force
   */
  record MandateAnswer(
      Mandate mandate, @Nullable Instant revokedFrom, Mandate.@Nullable Side waitsFor) {
    static MandateAnswer of(MandateRow row) {
      return new MandateAnswer(row.mandate(), row.revokedFrom(), row.waitsFor());
    }
  }

  record MandatePage(List<MandateAnswer> mandates, @Nullable String next) {}

  record Equivalence(String unit, String other, String reason) {}

  /** All of them or none, in order; one result each. */
  @PostMapping("/registry/batch")
  List<Registrar.Result> batch(Caller caller, @RequestBody List<RegistryCommand> commands) {
    return registrar.submit(caller, EntryKind.REGISTRY_CHANGE, commands);
  }

  @PostMapping("/places")
  ResponseEntity<Registrar.Result> place(Caller caller, @RequestBody Place place) {
    return Answers.of(
        submit(caller, new RegistryCommand.RegisterPlace(place), "/place"), "/api/v1/places?id=");
  }

  @GetMapping("/places")
  Place place(Caller caller, @RequestParam String id) {
    caller.require(Permission.QUERY);
    Staging staging = new Staging(store);
    RegistrationRules rules = new RegistrationRules(caller, staging);
    return staging
        .place(CanonicalUri.of(id))
        .filter(found -> rules.seesPlace(found.value(), found.registrant()))
        .orElseThrow(Refusals::absent)
        .value();
  }

  @PostMapping("/products")
  ResponseEntity<Registrar.Result> product(Caller caller, @RequestBody Product product) {
    return Answers.of(
        submit(caller, new RegistryCommand.RegisterProduct(product), "/product"),
        "/api/v1/products?code=");
  }

  /** What a product is called is printed on it: any caller may ask. */
  @GetMapping("/products")
  Product product(Caller caller, @RequestParam String code) {
    caller.require(Permission.QUERY);
    return new Staging(store).product(CanonicalUri.of(code)).orElseThrow(Refusals::absent).value();
  }

  @PostMapping("/documents")
  ResponseEntity<Registrar.Result> document(Caller caller, @RequestBody TraceDocument document) {
    return Answers.of(
        submit(caller, new RegistryCommand.RegisterDocument(document), "/document"),
        "/api/v1/documents?id=");
  }

  /** What is stated of it that the caller may see, what counts most. */
  @GetMapping("/documents")
  TraceDocument document(Caller caller, @RequestParam String id) {
    caller.require(Permission.QUERY);
    Staging staging = new Staging(store);
    RegistrationRules rules = new RegistrationRules(caller, staging);
    String asked = CanonicalUri.of(id);
    PersonalNumbers personal = numbers.getIfAvailable();
    String cited = personal == null ? asked : personal.known(asked).orElse(asked);
    return staging.statements(cited).stream()
        .filter(found -> rules.seesDocument(found.value(), found.registrant()))
        .findFirst()
        .orElseThrow(Refusals::absent)
        .value();
  }

  /** In force at once, or proposed by one side: {@code waitsFor} of the mandate tells. */
  @PostMapping("/mandates")
  ResponseEntity<Registrar.Result> grant(
      Caller caller, @RequestBody RegistryCommand.GrantMandate command) {
    return Answers.of(submit(caller, command, ""), "/api/v1/mandates/");
  }

  /** The word of the side that it waits for; from then on it holds. */
  @PostMapping("/mandates/{id}/acceptance")
  Registrar.Result accept(Caller caller, @PathVariable String id) {
    return submit(caller, new RegistryCommand.AcceptMandate(id), "");
  }

  @GetMapping("/mandates/{id}")
  MandateAnswer mandate(Caller caller, @PathVariable String id) {
    caller.require(Permission.QUERY);
    RegistrationRules rules = new RegistrationRules(caller, new Staging(store));
    return store
        .mandate(id)
        .filter(row -> rules.seesMandate(row.mandate()))
        .map(MandateAnswer::of)
        .orElseThrow(Refusals::absent);
  }

  /**
   * Mandates that a party gave or got.
   *
   * @param party any of its codes; one's own where it is left out
   */
  @GetMapping("/mandates")
  MandatePage mandates(
      Caller caller,
      @RequestParam(required = false) @Nullable String party,
      @RequestParam(defaultValue = "") String after,
      @RequestParam(defaultValue = "100") @Min(1) @Max(MAX_PAGE) int limit) {
    caller.require(Permission.QUERY);
    String of = party == null ? caller.party() : commands.canonical("/party", party);
    Set<String> codes = partyCodes.codesOf(of);
    if (caller.viewer() instanceof Viewer.Enterprise && !codes.contains(caller.party())) {
      return new MandatePage(List.of(), null);
    }
    RegistrationRules rules = new RegistrationRules(caller, new Staging(store));
    List<MandateRow> rows = store.mandatesNaming(codes, after, limit);
    List<MandateAnswer> seen =
        rows.stream()
            .filter(row -> rules.seesMandate(row.mandate()))
            .map(MandateAnswer::of)
            .toList();
    boolean more = rows.size() == limit && seen.size() == limit;
    return new MandatePage(seen, more ? rows.getLast().mandate().id() : null);
  }

  /**
   * Revokes; what was reported before stays covered. The grant stays in the journal.
   *
   * @param from null for now
   */
  @DeleteMapping("/mandates/{id}")
  Registrar.Result revoke(
      Caller caller,
      @PathVariable String id,
      @RequestParam(required = false) @Nullable Instant from,
      @RequestParam(defaultValue = "revoked") String reason) {
    return submit(caller, new RegistryCommand.RevokeMandate(id, from, reason), "");
  }

  @PostMapping("/equivalences")
  ResponseEntity<Registrar.Result> declare(Caller caller, @RequestBody Equivalence body) {
    return Answers.of(
        submit(
            caller,
            new RegistryCommand.DeclareEquivalence(body.unit(), body.other(), body.reason()),
            ""),
        "/api/v1/equivalences/");
  }

  @PostMapping("/equivalences/end")
  Registrar.Result end(Caller caller, @RequestBody Equivalence body) {
    return submit(
        caller, new RegistryCommand.EndEquivalence(body.unit(), body.other(), body.reason()), "");
  }

  private Registrar.Result submit(Caller caller, RegistryCommand command, String member) {
    try {
      return registrar.submit(caller, EntryKind.REGISTRY_CHANGE, List.of(command)).getFirst();
    } catch (ProblemException e) {
      throw Refusals.unwrapped(member, e);
    }
  }
}
