package org.yuanliu.platform.organisation;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.yuanliu.codes.CanonicalUri;
import org.yuanliu.platform.access.Caller;
import org.yuanliu.platform.access.PartyCodes;
import org.yuanliu.platform.access.People;
import org.yuanliu.platform.access.Permission;
import org.yuanliu.platform.access.Viewer;
import org.yuanliu.platform.organisation.Organisation.Kind;
import org.yuanliu.platform.organisation.Organisation.Level;
import org.yuanliu.platform.organisation.Role.Delegation;
import org.yuanliu.platform.problem.Problem;
import org.yuanliu.platform.problem.ProblemException;
import org.yuanliu.platform.problem.StandardProblems;
import org.yuanliu.platform.registry.Party;
import org.yuanliu.platform.registry.Registry;

/**
 * Who may make whom what. Organisations are entered by the platform's system administrator. Roles
 * are given by the organisation's own administrator, who gives no more than he has, or by the
 * security administrator; neither gives himself one. A role is lent by its holder, or by the
 * organisation's administrator for him, within its period and what it may do.
 */
@Service
class Organisations {
  /** Rows of one organisation on a page: a department's staff. */
  static final int MAX_ROLES = 500;

  static final int MAX_TITLE_LENGTH = 60;
  static final int MAX_REASON_LENGTH = 200;

  /** Who is away for longer than a year gives up the role. */
  static final Duration MAX_LEAVE = Duration.ofDays(366);

  private static final Pattern DIGITS = Pattern.compile("[0-9]*");
  private static final Pattern INDUSTRY = Pattern.compile("[a-z0-9-]{1,40}");

  /** What a role may hold; the two other administrations are the platform's own people's. */
  private static final Set<Permission> GRANTABLE =
      Set.of(
          Permission.CAPTURE,
          Permission.QUERY,
          Permission.REGISTER,
          Permission.STATISTICS,
          Permission.ADMINISTER);

  private final OrganisationStore store;
  private final RoleCapacities capacities;
  private final PartyCodes partyCodes;
  private final Registry registry;
  private final People people;
  private final Clock clock;

  Organisations(
      OrganisationStore store,
      RoleCapacities capacities,
      PartyCodes partyCodes,
      Registry registry,
      People people,
      Clock clock) {
    this.store = requireNonNull(store, "store is null");
    this.capacities = requireNonNull(capacities, "capacities is null");
    this.partyCodes = requireNonNull(partyCodes, "partyCodes is null");
    this.registry = requireNonNull(registry, "registry is null");
    this.people = requireNonNull(people, "people is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /** Enters it or changes what is said of it. */
  Organisation put(Caller caller, Organisation given) {
    if (!(caller.viewer() instanceof Viewer.Operator) || !caller.may(Permission.ADMINISTER)) {
      throw absent();
    }
    Party party =
        registry
            .party(CanonicalUri.of(given.party()))
            .orElseThrow(
                () ->
                    invalid("/party", "party-unknown", "该主体尚未登记。", "The party is not registered."));
    if (partyCodes.codesOf(caller.party()).contains(party.id())) {
      throw invalid(
          "/party",
          "party-of-the-operator",
          "平台运行方自己的账号不按角色管理。",
          "Accounts of the platform's operator are not managed by roles.");
    }
    requireFits(given);
    Organisation made =
        new Organisation(
            party.id(),
            given.kind(),
            given.level(),
            given.division(),
            given.industries(),
            given.functions());
    store.put(made, clock.instant());
    capacities.changed();
    return made;
  }

  private static void requireFits(Organisation given) {
    Level level = given.level();
    boolean department = given.kind() == Kind.DEPARTMENT;
    if (department != (level != null)) {
      throw invalid(
          "/level",
          "level-of-departments",
          "监管部门须填层级，其他机构不填。",
          "Departments have a level, others none.");
    }
    if (!department && !(given.division().isEmpty() && given.functions().isEmpty())) {
      throw invalid(
          "/functions",
          "functions-of-departments",
          "辖区和职能只属于监管部门。",
          "Division and functions belong to departments.");
    }
    if (department && given.functions().isEmpty()) {
      throw invalid("/functions", "value-missing", "此处必须填写。", "A value is needed here.");
    }
    if (level != null
        && (given.division().length() != level.digits
            || !DIGITS.matcher(given.division()).matches())) {
      throw invalid(
          "/division",
          "division-of-level",
          "该层级的辖区须为行政区划代码前%d位。".formatted(level.digits),
          "At this level the division is the first %d digits of its code.".formatted(level.digits));
    }
    if (given.industries().size() > 50
        || !given.industries().stream().allMatch(id -> INDUSTRY.matcher(id).matches())) {
      throw invalid("/industries", "industry-unknown", "行业编号不正确。", "These are no ids of packs.");
    }
  }

  List<Organisation> list(Caller caller, String after, int limit) {
    if (!caller.may(Permission.ADMINISTER) && !caller.may(Permission.SECURE)) {
      throw absent();
    }
    return caller.viewer() instanceof Viewer.Operator
        ? store.list(null, after, limit)
        : store.list(partyCodes.codesOf(caller.party()), after, limit);
  }

  List<Role> roles(Caller caller, String party) {
    return store.rolesIn(overseen(caller, party).party(), MAX_ROLES);
  }

  List<Delegation> delegations(Collection<Role> roles) {
    return store.delegationsOf(roles.stream().map(Role::id).toList());
  }

  Map<UUID, People.Person> names(Collection<UUID> accounts) {
    return people.byId(accounts);
  }

  Role grant(
      Caller caller,
      String party,
      String name,
      String title,
      Set<Permission> permissions,
      @Nullable Instant from,
      @Nullable Instant until) {
    Organisation organisation = managed(caller, party);
    People.Person person = person("/account", name);
    if (person.id().equals(caller.account())) {
      throw new ProblemException(StandardProblems.FORBIDDEN);
    }
    text("/title", title, MAX_TITLE_LENGTH);
    requireGrantable(organisation, permissions);
    if (!(caller.viewer() instanceof Viewer.Operator)
        && !caller.permissions().containsAll(permissions)) {
      throw moreThanOwn();
    }
    requireSeparate(person, permissions);
    Instant now = clock.instant();
    Instant begin = from == null ? now : from;
    if (until != null && !begin.isBefore(until)) {
      throw period();
    }
    Role role =
        new Role(
            UUID.randomUUID(),
            organisation.party(),
            person.id(),
            title.strip(),
            permissions,
            begin,
            until,
            null);
    store.insert(role, caller.account(), now);
    capacities.changed(person.id());
    return role;
  }

  void end(Caller caller, UUID id) {
    Role role = store.role(id).orElseThrow(Organisations::absent);
    managed(caller, role.party());
    store.endRole(id, clock.instant());
    capacities.changed(role.account());
    store.delegationsOf(List.of(id)).forEach(one -> capacities.changed(one.account()));
  }

  Delegation delegate(
      Caller caller,
      UUID id,
      String name,
      Set<Permission> permissions,
      Instant from,
      Instant until,
      String reason) {
    Role role = store.role(id).orElseThrow(Organisations::absent);
    boolean holder = role.account().equals(caller.account());
    Organisation organisation =
        holder
            ? store.organisation(role.party()).orElseThrow(Organisations::absent)
            : managed(caller, role.party());
    People.Person person = person("/account", name);
    if (person.id().equals(role.account())) {
      throw invalid(
          "/account", "delegate-is-holder", "不能委托给本人。", "A role is lent to somebody else.");
    }
    text("/reason", reason, MAX_REASON_LENGTH);
    requireGrantable(organisation, permissions);
    if (permissions.contains(Permission.ADMINISTER)) {
      throw invalid(
          "/permissions",
          "administration-not-lent",
          "管理权限不能临时委托，请由安全管理员或本单位管理员授予角色。",
          "Administration is not lent; give the person a role.");
    }
    if (!lendable(role, organisation).containsAll(permissions)) {
      throw moreThanOwn();
    }
    requireSeparate(person, permissions);
    Instant now = clock.instant();
    requireWithin(role, from, until, now);
    Delegation delegation =
        new Delegation(
            UUID.randomUUID(), id, person.id(), permissions, from, until, reason.strip(), null);
    store.insert(delegation, caller.account(), now);
    capacities.changed(person.id());
    return delegation;
  }

  /** What the holder may do by it: with his own party never more than his account may. */
  private Set<Permission> lendable(Role role, Organisation organisation) {
    Set<Permission> own = EnumSet.noneOf(Permission.class);
    own.addAll(organisation.bounded(role.permissions()));
    People.Person holder = people.byId(Set.of(role.account())).get(role.account());
    if (holder != null && partyCodes.codesOf(holder.party()).contains(role.party())) {
      own.retainAll(holder.permissions());
    }
    return own;
  }

  private static void requireWithin(Role role, Instant from, Instant until, Instant now) {
    if (!from.isBefore(until) || !now.isBefore(until)) {
      throw period();
    }
    Instant end = role.until();
    if (role.endedAt() != null
        || from.isBefore(role.from())
        || (end != null && until.isAfter(end))) {
      throw invalid(
          "/until",
          "beyond-the-role",
          "委托期须在角色的有效期之内。",
          "A role is lent within its own period only.");
    }
    if (Duration.between(from, until).compareTo(MAX_LEAVE) > 0) {
      throw invalid(
          "/until", "leave-too-long", "委托期最长366天。", "A role is lent for 366 days at most.");
    }
  }

  /** By its holder, by whom it is lent to, or by who manages the organisation. */
  void endDelegation(Caller caller, UUID id) {
    Delegation delegation = store.delegation(id).orElseThrow(Organisations::absent);
    Role role = store.role(delegation.role()).orElseThrow(Organisations::absent);
    if (!role.account().equals(caller.account())
        && !delegation.account().equals(caller.account())) {
      managed(caller, role.party());
    }
    store.endDelegation(id, clock.instant());
    capacities.changed(delegation.account());
  }

  /** One's own roles, with what was lent of them; and what was lent to one. */
  record Own(List<Role> roles, List<Delegation> lent, List<Delegation> borrowed) {}

  Own own(Caller caller) {
    List<Role> roles = store.rolesOf(caller.account());
    return new Own(roles, delegations(roles), store.delegationsTo(caller.account()));
  }

  private Organisation managed(Caller caller, String party) {
    if (caller.viewer() instanceof Viewer.Operator) {
      if (!caller.may(Permission.SECURE)) {
        throw caller.may(Permission.ADMINISTER)
            ? new ProblemException(StandardProblems.FORBIDDEN)
            : absent();
      }
      return found(party);
    }
    return ownAdministered(caller, party);
  }

  private Organisation overseen(Caller caller, String party) {
    if (caller.viewer() instanceof Viewer.Operator) {
      if (!caller.may(Permission.SECURE) && !caller.may(Permission.ADMINISTER)) {
        throw absent();
      }
      return found(party);
    }
    return ownAdministered(caller, party);
  }

  private Organisation ownAdministered(Caller caller, String party) {
    Organisation organisation = found(party);
    if (!caller.may(Permission.ADMINISTER)
        || !partyCodes.codesOf(caller.party()).contains(organisation.party())) {
      throw absent();
    }
    return organisation;
  }

  private Organisation found(String party) {
    String canonical = CanonicalUri.of(party);
    Set<String> codes = new HashSet<>(partyCodes.codesOf(canonical));
    return store.list(codes, "", 1).stream().findFirst().orElseThrow(Organisations::absent);
  }

  private People.Person person(String pointer, String name) {
    return people
        .named(name)
        .filter(person -> !person.disabled())
        .orElseThrow(
            () -> invalid(pointer, "account-unknown", "没有这个账号。", "There is no such account."));
  }

  private static void requireGrantable(Organisation organisation, Set<Permission> permissions) {
    if (permissions.isEmpty() || !GRANTABLE.containsAll(permissions)) {
      throw invalid(
          "/permissions",
          "permissions-of-roles",
          "角色可含上报、查询、登记、统计、管理权限，至少一项。",
          "A role holds at least one of CAPTURE, QUERY, REGISTER, STATISTICS, ADMINISTER.");
    }
    if (!organisation.possible().containsAll(permissions)) {
      throw invalid(
          "/permissions",
          "beyond-the-functions",
          "超出该部门职能所能授予的权限。",
          "The department's functions do not carry this permission.");
    }
  }

  /** Of the three administrations nobody holds two, not even one at home and one elsewhere. */
  private static void requireSeparate(People.Person person, Set<Permission> permissions) {
    Set<Permission> both = new HashSet<>(person.permissions());
    both.addAll(permissions);
    if (!Permission.areSeparate(both)) {
      throw invalid(
          "/permissions",
          "duties-not-separate",
          "系统管理、安全管理、审计管理三种权限不能由同一账号兼任。",
          "System, security and audit administration are kept apart.");
    }
  }

  private static void text(String pointer, String text, int max) {
    if (text.isBlank() || text.length() > max) {
      throw invalid(
          pointer,
          "text-length",
          "此处须填写，不超过%d字。".formatted(max),
          "A text of up to %d characters is needed here.".formatted(max));
    }
  }

  private static ProblemException moreThanOwn() {
    return new ProblemException(
        Problem.of(
            "more-than-own",
            403,
            "不能授予超出自己或该角色所有的权限。",
            "Nobody gives more than he, or the role, has."));
  }

  private static ProblemException period() {
    return invalid(
        "/until",
        "period-ends-early",
        "结束须晚于开始，且在将来。",
        "The end comes after the beginning and is yet to come.");
  }

  private static ProblemException invalid(String pointer, String code, String zh, String en) {
    return new ProblemException(StandardProblems.invalid(pointer, code, zh, en));
  }

  private static ProblemException absent() {
    return new ProblemException(StandardProblems.NOT_FOUND);
  }
}
