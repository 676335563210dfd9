package org.yuanliu.platform.organisation;

import static java.util.Objects.requireNonNull;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.yuanliu.platform.access.AuditNotes;
import org.yuanliu.platform.access.Caller;
import org.yuanliu.platform.access.People;
import org.yuanliu.platform.access.Permission;
import org.yuanliu.platform.organisation.Role.Delegation;
import org.yuanliu.platform.problem.ProblemException;
import org.yuanliu.platform.problem.StandardProblems;
import org.yuanliu.platform.registry.Party;
import org.yuanliu.platform.registry.Registry;

/** Organisations, roles in them, delegation. For everybody who manages none they are not there. */
@RestController
@RequestMapping("/api/v1/organisations")
@Tag(name = "Organisations", description = "机构与角色 · Organisations, roles, delegation")
class OrganisationApi {
  private static final int MAX_PAGE = 200;

  private final Organisations organisations;
  private final Registry registry;
  private final Clock clock;

  OrganisationApi(Organisations organisations, Registry registry, Clock clock) {
    this.organisations = requireNonNull(organisations, "organisations is null");
    this.registry = requireNonNull(registry, "registry is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /** As {@link Organisation}; what is left out is empty. */
  record Given(
      @Nullable String party,
      Organisation.@Nullable Kind kind,
      Organisation.@Nullable Level level,
      @Nullable String division,
      @Nullable List<String> industries,
      @Nullable Set<Organisation.Function> functions) {}

  /**
   * @param nameEn null where it has none
   */
  record Named(Organisation organisation, String name, @Nullable String nameEn) {}

  record OrganisationPage(List<Named> organisations, @Nullable String next) {}

  @GetMapping
  @Operation(summary = "机构 · Organisations: all for the operator, else one's own")
  OrganisationPage list(
      Caller caller,
      @RequestParam(defaultValue = "") String after,
      @RequestParam(defaultValue = "100") @Min(1) @Max(MAX_PAGE) int limit) {
    List<Organisation> found = organisations.list(caller, after, limit);
    Map<String, Party> parties = registry.parties(found.stream().map(Organisation::party).toList());
    return new OrganisationPage(
        found.stream().map(one -> named(one, parties.get(one.party()))).toList(),
        found.size() == limit ? found.getLast().party() : null);
  }

  private static Named named(Organisation one, @Nullable Party party) {
    if (party == null || party.names().isEmpty()) {
      return new Named(one, one.party(), null);
    }
    Party.DatedName last = party.names().getLast();
    return new Named(one, last.name(), last.nameEn());
  }

  @PutMapping
  @Operation(summary = "登记或修改机构 · Enter an organisation or change it (system administration)")
  Organisation put(Caller caller, @RequestBody Given given) {
    return organisations.put(
        caller,
        new Organisation(
            given("/party", given.party()),
            given("/kind", given.kind()),
            given.level(),
            given.division() == null ? "" : given.division(),
            given.industries() == null ? List.of() : given.industries(),
            given.functions() == null ? Set.of() : given.functions()));
  }

  /**
   * @param lentTo what of it is or was lent
   */
  record RoleAnswer(
      UUID id,
      String party,
      String account,
      String title,
      Set<Permission> permissions,
      Instant from,
      @Nullable Instant until,
      @Nullable Instant endedAt,
      boolean inForce,
      List<DelegationAnswer> lentTo) {}

  record DelegationAnswer(
      UUID id,
      UUID role,
      String account,
      Set<Permission> permissions,
      Instant from,
      Instant until,
      String reason,
      @Nullable Instant endedAt,
      boolean inForce) {}

  record Roles(List<RoleAnswer> roles) {}

  @GetMapping("/roles")
  @Operation(summary = "人员与角色 · Roles in an organisation, ended ones too")
  Roles roles(Caller caller, @RequestParam String party) {
    List<Role> roles = organisations.roles(caller, party);
    return new Roles(answers(roles, organisations.delegations(roles)));
  }

  /**
   * @param borrowed what others have lent to one
   */
  record OwnRoles(List<RoleAnswer> roles, List<DelegationAnswer> borrowed) {}

  @GetMapping("/roles/own")
  @Operation(summary = "我的角色 · One's own roles, and what was lent to one")
  OwnRoles own(Caller caller) {
    Organisations.Own own = organisations.own(caller);
    Map<UUID, People.Person> names =
        organisations.names(own.borrowed().stream().map(Delegation::account).toList());
    return new OwnRoles(
        answers(own.roles(), own.lent()),
        own.borrowed().stream().map(one -> answer(one, names)).toList());
  }

  /**
   * @param from null for now
   * @param until null for no end
   */
  record NewRole(
      @Nullable String party,
      @Nullable String account,
      @Nullable String title,
      @Nullable Set<Permission> permissions,
      @Nullable Instant from,
      @Nullable Instant until) {}

  record Made(UUID id) {}

  @PostMapping("/roles")
  @Operation(summary = "授予角色 · Give a person a role for a time")
  ResponseEntity<Made> grant(Caller caller, HttpServletRequest request, @RequestBody NewRole role) {
    Role made =
        organisations.grant(
            caller,
            given("/party", role.party()),
            given("/account", role.account()),
            given("/title", role.title()),
            given("/permissions", role.permissions()),
            role.from(),
            role.until());
    AuditNotes.put(request, "party", made.party());
    AuditNotes.put(request, "to", made.account().toString());
    AuditNotes.put(request, "permissions", made.permissions().toString());
    return ResponseEntity.created(URI.create("/api/v1/organisations/roles/" + made.id()))
        .body(new Made(made.id()));
  }

  @DeleteMapping("/roles/{role}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(summary = "终止角色 · End a role now, and what was lent of it")
  void end(Caller caller, @PathVariable UUID role) {
    organisations.end(caller, role);
  }

  record NewDelegation(
      @Nullable String account,
      @Nullable Set<Permission> permissions,
      @Nullable Instant from,
      @Nullable Instant until,
      @Nullable String reason) {}

  @PostMapping("/roles/{role}/delegations")
  @Operation(summary = "休假委托 · Lend a role while its holder is away")
  ResponseEntity<Made> delegate(
      Caller caller,
      HttpServletRequest request,
      @PathVariable UUID role,
      @RequestBody NewDelegation delegation) {
    Delegation made =
        organisations.delegate(
            caller,
            role,
            given("/account", delegation.account()),
            given("/permissions", delegation.permissions()),
            given("/from", delegation.from()),
            given("/until", delegation.until()),
            given("/reason", delegation.reason()));
    AuditNotes.put(request, "to", made.account().toString());
    AuditNotes.put(request, "permissions", made.permissions().toString());
    AuditNotes.put(request, "reason", made.reason());
    return ResponseEntity.created(URI.create("/api/v1/organisations/delegations/" + made.id()))
        .body(new Made(made.id()));
  }

  @DeleteMapping("/delegations/{delegation}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(summary = "收回委托 · End a delegation now")
  void endDelegation(Caller caller, @PathVariable UUID delegation) {
    organisations.endDelegation(caller, delegation);
  }

  private List<RoleAnswer> answers(List<Role> roles, List<Delegation> lent) {
    Set<UUID> accounts = new HashSet<>();
    roles.forEach(role -> accounts.add(role.account()));
    lent.forEach(one -> accounts.add(one.account()));
    Map<UUID, People.Person> names = organisations.names(accounts);
    Instant now = clock.instant();
    return roles.stream()
        .map(
            role ->
                new RoleAnswer(
                    role.id(),
                    role.party(),
                    name(names, role.account()),
                    role.title(),
                    role.permissions(),
                    role.from(),
                    role.until(),
                    role.endedAt(),
                    role.inForce(now),
                    lent.stream()
                        .filter(one -> one.role().equals(role.id()))
                        .map(one -> answer(one, names))
                        .toList()))
        .toList();
  }

  private DelegationAnswer answer(Delegation one, Map<UUID, People.Person> names) {
    return new DelegationAnswer(
        one.id(),
        one.role(),
        name(names, one.account()),
        one.permissions(),
        one.from(),
        one.until(),
        one.reason(),
        one.endedAt(),
        one.inForce(clock.instant()));
  }

  private static String name(Map<UUID, People.Person> names, UUID account) {
    People.Person person = names.get(account);
    return person == null ? account.toString() : person.name();
  }

  private static <T> T given(String pointer, @Nullable T value) {
    if (value == null) {
      throw new ProblemException(
          StandardProblems.invalid(pointer, "value-missing", "此处必须填写。", "A value is needed here."));
    }
    return value;
  }
}
