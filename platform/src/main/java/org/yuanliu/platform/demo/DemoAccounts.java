package org.yuanliu.platform.demo;

import static java.util.Objects.requireNonNull;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yuanliu.platform.access.Accounts;
import org.yuanliu.platform.access.Permission;
import org.yuanliu.platform.access.ViewerKind;
import org.yuanliu.platform.demo.DemoFile.DemoAccount;
import org.yuanliu.platform.demo.ScriptedChains.Reporter;
import org.yuanliu.platform.journal.Standing;

/** Accounts of the parties; passwords and keys are drawn anew for each installation. */
final class DemoAccounts {
  /** 108 bits, written in 18 characters. */
  private static final int PASSWORD_BYTES = 18 * 6 / 8;

  private static final Set<Permission> FIRM =
      Set.of(Permission.CAPTURE, Permission.QUERY, Permission.REGISTER);

  private static final Set<Permission> SECURITY = Set.of(Permission.SECURE);
  private static final Set<Permission> AUDITOR = Set.of(Permission.AUDIT);
  private static final Set<Permission> PRIVACY = Set.of(Permission.QUERY, Permission.PERSONAL);

  private final Accounts accounts;
  private final SecureRandom random = new SecureRandom();

  DemoAccounts(Accounts accounts) {
    this.accounts = requireNonNull(accounts, "accounts is null");
  }

  /** An account and a key for each reporter, and a password where a person may want to sign in. */
  List<DemoAccount> create(Cast cast, List<Actor> others, List<Reporter> reporters) {
    List<Actor> withPassword =
        List.of(
            cast.operator,
            cast.cityRegulator,
            cast.districtRegulator,
            cast.provincialRegulator,
            cast.slaughterhouse,
            cast.wholesaleMarket,
            cast.retailMarket,
            cast.stalls.getFirst(),
            cast.supermarket,
            cast.canteen,
            cast.farms.getFirst());
    Set<Actor> all = new LinkedHashSet<>(withPassword);
    all.addAll(cast.reporters());
    all.addAll(others);
    List<DemoAccount> created = new ArrayList<>();
    for (Actor actor : all) {
      created.add(create(cast, actor, withPassword.contains(actor) ? password() : null));
    }
    reporters.forEach(reporter -> created.add(create(reporter)));
    created.add(create(cast.operator, "security", "security administrator", SECURITY));
    created.add(create(cast.operator, "auditor", "audit administrator", AUDITOR));
    created.add(create(cast.operator, "privacy-officer", "privacy officer", PRIVACY));
    return created;
  }

  /** Of the platform's own people, whose duties no account holds together. */
  private DemoAccount create(
      Actor operator, String name, String role, Set<Permission> permissions) {
    String password = password();
    UUID account = accounts.find(name).orElse(null);
    if (account == null) {
      account =
          accounts.create(
              new Accounts.NewAccount(
                  name,
                  password,
                  operator.id(),
                  ViewerKind.OPERATOR,
                  "",
                  Set.of(),
                  permissions,
                  Standing.DECLARED));
    } else {
      accounts.setPassword(account, password);
    }
    Accounts.IssuedKey key =
        accounts.createKey(
            account,
            new Accounts.NewKey("demonstration", permissions, Standing.DECLARED, null, null));
    return new DemoAccount(name, password, operator.id(), operator.name(), role, key.token());
  }

  /** Of the chains that are told line by line: their parties send, and nobody signs in. */
  private DemoAccount create(Reporter reporter) {
    UUID account =
        accounts
            .find(reporter.account())
            .orElseGet(
                () ->
                    accounts.create(
                        new Accounts.NewAccount(
                            reporter.account(),
                            null,
                            reporter.party(),
                            ViewerKind.ENTERPRISE,
                            "",
                            Set.of(),
                            FIRM,
                            Standing.DECLARED)));
    Accounts.IssuedKey key =
        accounts.createKey(
            account, new Accounts.NewKey("demonstration", FIRM, Standing.DECLARED, null, null));
    return new DemoAccount(
        reporter.account(),
        null,
        reporter.party(),
        reporter.name(),
        reporter.account().replace('-', '_'),
        key.token());
  }

  private DemoAccount create(Cast cast, Actor actor, @Nullable String password) {
    Set<Permission> permissions = actor.kind().isOnlooker() ? onlooker(actor) : FIRM;
    Standing standing = isAuthority(actor) ? Standing.AUTHORITY : Standing.DECLARED;
    // An earlier start may have been cut off before the secrets were kept.
    UUID account = accounts.find(actor.key()).orElse(null);
    if (account == null) {
      account =
          accounts.create(
              new Accounts.NewAccount(
                  actor.key(),
                  password,
                  actor.id(),
                  viewer(actor),
                  divisionPrefix(cast, actor),
                  Set.of(),
                  permissions,
                  standing));
    } else if (password != null) {
      accounts.setPassword(account, password);
    }
    Accounts.IssuedKey key =
        accounts.createKey(
            account, new Accounts.NewKey("demonstration", permissions, standing, null, null));
    return new DemoAccount(
        actor.key(), password, actor.id(), actor.name(), role(actor), key.token());
  }

  private static ViewerKind viewer(Actor actor) {
    return switch (actor.kind()) {
      case OPERATOR -> ViewerKind.OPERATOR;
      case REGULATOR -> ViewerKind.REGULATOR;
      case PIG_FARM,
          VEGETABLE_BASE,
          HAULIER,
          SLAUGHTERHOUSE,
          DISPOSAL_PLANT,
          WHOLESALE_MARKET,
          WHOLESALER,
          RETAIL_MARKET,
          STALL,
          SUPERMARKET,
          CANTEEN,
          PLANT,
          INSPECTION ->
          ViewerKind.ENTERPRISE;
    };
  }

  private static Set<Permission> onlooker(Actor actor) {
    return actor.kind() == Actor.Kind.OPERATOR ? Permission.ofOperator() : Set.of(Permission.QUERY);
  }

  private static boolean isAuthority(Actor actor) {
    return actor.kind() == Actor.Kind.REGULATOR || actor.kind() == Actor.Kind.INSPECTION;
  }

  /** The city sees all of its districts, a district itself, the province everything in it. */
  private static String divisionPrefix(Cast cast, Actor actor) {
    if (actor == cast.cityRegulator) {
      return "6101";
    }
    if (actor == cast.provincialRegulator) {
      return "61";
    }
    return actor == cast.districtRegulator ? actor.division() : "";
  }

  /** Without the number that tells like from like. */
  private static String role(Actor actor) {
    return actor.key().replace('-', '_').replaceAll("\\d+$", "");
  }

  private String password() {
    byte[] bytes = new byte[PASSWORD_BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
