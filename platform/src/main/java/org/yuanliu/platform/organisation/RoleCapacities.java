package org.yuanliu.platform.organisation;

import static java.util.Objects.requireNonNull;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.yuanliu.platform.access.Capacities;
import org.yuanliu.platform.access.PartyCodes;
import org.yuanliu.platform.access.Permission;
import org.yuanliu.platform.access.ViewerKind;
import org.yuanliu.platform.organisation.Role.Delegation;

/**
 * Roles and delegations as capacities. What is held in memory are periods, never verdicts: whether
 * one is in force is asked of the clock each time.
 */
@Component
class RoleCapacities implements Capacities {
  /** How long what another server process changed may go unnoticed; as with accounts. */
  private static final Duration MAX_AGE = Duration.ofSeconds(5);

  private static final int MAX_ACCOUNTS = 10_000;

  private final OrganisationStore store;
  private final PartyCodes partyCodes;
  private final Clock clock;
  private final Cache<UUID, Held> held =
      Caffeine.newBuilder().maximumSize(MAX_ACCOUNTS).expireAfterWrite(MAX_AGE).build();

  RoleCapacities(OrganisationStore store, PartyCodes partyCodes, Clock clock) {
    this.store = requireNonNull(store, "store is null");
    this.partyCodes = requireNonNull(partyCodes, "partyCodes is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /**
   * @param lent roles of others, by id, behind the delegations
   */
  private record Held(
      List<Role> roles,
      List<Delegation> delegations,
      Map<UUID, Role> lent,
      Map<String, Organisation> organisations) {}

  @Override
  public Optional<Home> home(UUID account, String party) {
    Held of = held(account);
    if (of.roles().isEmpty()) {
      return Optional.empty();
    }
    Set<String> codes = partyCodes.codesOf(party);
    List<Role> here = of.roles().stream().filter(role -> codes.contains(role.party())).toList();
    if (here.isEmpty()) {
      return Optional.empty();
    }
    Instant now = clock.instant();
    Organisation organisation = organisation(of, here.getFirst());
    Set<Permission> permissions = EnumSet.noneOf(Permission.class);
    here.stream()
        .filter(role -> role.inForce(now))
        .forEach(role -> permissions.addAll(organisation.bounded(role.permissions())));
    boolean department = organisation.kind() == Organisation.Kind.DEPARTMENT;
    return Optional.of(
        new Home(
            permissions,
            department ? organisation.division() : null,
            Set.copyOf(organisation.industries())));
  }

  @Override
  public List<Capacity> of(UUID account) {
    Held of = held(account);
    Instant now = clock.instant();
    List<Capacity> capacities = new ArrayList<>();
    for (Role role : of.roles()) {
      if (role.inForce(now)) {
        capacities.add(capacity(role.id(), role, organisation(of, role), role.permissions()));
      }
    }
    for (Delegation delegation : of.delegations()) {
      Role role = requireNonNull(of.lent().get(delegation.role()), "role of a delegation");
      if (delegation.inForce(now) && role.inForce(now)) {
        Set<Permission> both = EnumSet.noneOf(Permission.class);
        both.addAll(delegation.permissions());
        both.retainAll(role.permissions());
        capacities.add(capacity(delegation.id(), role, organisation(of, role), both));
      }
    }
    return capacities;
  }

  /** What was changed for the account here is seen at once. */
  void changed(UUID account) {
    held.invalidate(account);
  }

  /** An organisation changed, and with it what everybody there may do. */
  void changed() {
    held.invalidateAll();
  }

  private static Capacity capacity(
      UUID id, Role role, Organisation organisation, Set<Permission> permissions) {
    boolean department = organisation.kind() == Organisation.Kind.DEPARTMENT;
    return new Capacity(
        id,
        role.party(),
        role.title(),
        department ? ViewerKind.REGULATOR : ViewerKind.ENTERPRISE,
        organisation.division(),
        Set.copyOf(organisation.industries()),
        organisation.bounded(permissions),
        organisation.kind().isAuthority(),
        role.account());
  }

  private static Organisation organisation(Held of, Role role) {
    return requireNonNull(of.organisations().get(role.party()), "organisation of a role");
  }

  private Held held(UUID account) {
    return requireNonNull(held.get(account, this::read), "cache gave null");
  }

  private Held read(UUID account) {
    List<Role> roles = store.rolesOf(account);
    List<Delegation> delegations = store.delegationsTo(account);
    Map<UUID, Role> lent = new HashMap<>();
    delegations.forEach(one -> store.role(one.role()).ifPresent(role -> lent.put(role.id(), role)));
    Map<String, Organisation> organisations = new HashMap<>();
    List<Role> all = new ArrayList<>(roles);
    all.addAll(lent.values());
    all.forEach(
        role ->
            organisations.computeIfAbsent(
                role.party(), party -> store.organisation(party).orElseThrow()));
    return new Held(roles, delegations, lent, organisations);
  }
}
