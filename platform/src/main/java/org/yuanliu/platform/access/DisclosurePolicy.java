package org.yuanliu.platform.access;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.yuanliu.codes.UnitKey;
import org.yuanliu.epcis.CbvVocabulary;
import org.yuanliu.epcis.EpcisEvent;
import org.yuanliu.platform.journal.Entry;
import org.yuanliu.platform.journal.EventSubject;

/**
 * The policy: how a record relates to who asks, and then what {@link DisclosureRule} says. Written
 * once more as SQL for queries; a property test holds both equal on real rows.
 */
@Component
final class DisclosurePolicy implements Disclosure {
  private static final String OWNING_PARTY =
      requireNonNull(
          CbvVocabulary.SOURCE_DESTINATION_TYPE.uriOf("owning_party"), "no owning party");

  private final SecretFields secrets;

  DisclosurePolicy(SecretFields secrets) {
    this.secrets = requireNonNull(secrets, "secrets is null");
  }

  @Override
  public boolean mayRead(Viewer viewer, EntryFacts facts) {
    return switch (sight(viewer, facts)) {
      case WHOLE, WITHOUT_SECRETS -> true;
      case PUBLIC_FIELDS -> false;
    };
  }

  @Override
  public Entry shown(Viewer viewer, Entry entry) {
    if (!(entry.draft().subject() instanceof EventSubject(EpcisEvent event))
        || !(viewer instanceof Viewer.Enterprise enterprise)) {
      // Who sees records of others that he is not named in sees them whole, or not at all.
      return entry;
    }
    DisclosureRule.Relation relation = relation(viewer, EntryFacts.of(entry));
    if (relation == DisclosureRule.Relation.NAMED && isTraded(event, enterprise.keys())) {
      relation = DisclosureRule.Relation.TRADED;
    }
    return switch (DisclosureRule.of(DisclosureRule.Who.of(viewer), relation).sight()) {
      case WHOLE -> entry;
      case WITHOUT_SECRETS, PUBLIC_FIELDS -> {
        EpcisEvent rest =
            secrets.without(event, entry.draft().scope().industry(), enterprise.keys());
        yield rest.equals(event) ? entry : entry.with(rest);
      }
    };
  }

  /**
   * Whether one of the parties is buyer or seller: the voucher that both have says as much as the
   * record, and who takes goods in begins with it.
   */
  private static boolean isTraded(EpcisEvent event, Set<UUID> keys) {
    return Stream.concat(event.sources().stream(), event.destinations().stream())
        .filter(end -> OWNING_PARTY.equals(end.type()))
        .anyMatch(end -> keys.contains(UnitKey.of(end.id()).value()));
  }

  private static DisclosureRule.Sight sight(Viewer viewer, EntryFacts facts) {
    requireNonNull(facts, "facts is null");
    return DisclosureRule.of(DisclosureRule.Who.of(viewer), relation(viewer, facts)).sight();
  }

  @Override
  public boolean mayReadPersonal(Viewer viewer, EntryFacts facts) {
    requireNonNull(facts, "facts is null");
    return DisclosureRule.of(DisclosureRule.Who.of(viewer), relation(viewer, facts)).personal()
        == DisclosureRule.Personal.WITH_REASON;
  }

  private static DisclosureRule.Relation relation(Viewer viewer, EntryFacts facts) {
    return switch (viewer) {
      case Viewer.Enterprise(String party, Set<UUID> keys, Set<Agreed> agreed) -> {
        if (keys.contains(facts.reporter()) || keys.contains(facts.principal())) {
          yield DisclosureRule.Relation.OWN;
        }
        DisclosureRule.Relation agreement = agreement(agreed, facts);
        if (agreement != DisclosureRule.Relation.AGREED_WHOLE
            && !Collections.disjoint(keys, facts.named())) {
          yield DisclosureRule.Relation.NAMED;
        }
        yield agreement;
      }
      case Viewer.Regulator(String party, String prefix, Set<String> industries) ->
          inDivision(prefix, facts.division()) && inIndustry(industries, facts.industry())
              ? DisclosureRule.Relation.IN_SCOPE
              : DisclosureRule.Relation.ELSEWHERE;
      case Viewer.Consumer _, Viewer.PublicPage _, Viewer.Operator _ ->
          DisclosureRule.Relation.ELSEWHERE;
    };
  }

  @Override
  public SqlCondition condition(Viewer viewer) {
    return switch (viewer) {
      case Viewer.Consumer() -> new SqlCondition("false", Map.of());
      case Viewer.Enterprise(String party, Set<UUID> keys, Set<Agreed> agreed) ->
          enterprise(keys, agreed);
      case Viewer.Regulator(String party, String prefix, Set<String> industries) ->
          regulator(prefix, industries);
      case Viewer.PublicPage() -> new SqlCondition("true", Map.of());
      case Viewer.Operator(String party) -> new SqlCondition("true", Map.of());
    };
  }

  @Override
  public PublicView publicView(EpcisEvent event) {
    return PublicView.of(event);
  }

  /** Written so that each part has its index. */
  private static SqlCondition enterprise(Set<UUID> keys, Set<Agreed> agreed) {
    Map<String, Object> parameters = new HashMap<>();
    parameters.put("viewerKeys", keys.toArray(UUID[]::new));
    StringBuilder sql =
        new StringBuilder(
            """
            (e.principal = any(:viewerKeys)
             or (e.reporter = any(:viewerKeys) and e.reporter <> e.principal)
             or e.named && :viewerKeys\
            """);
    int number = 0;
    for (Agreed one : agreed) {
      // Digits only (see Agreed): no wildcard can slip in. A record without a division is in none
      // but the nation.
      sql.append(" or (e.industry = any(:agreedIndustries").append(number).append(')');
      parameters.put("agreedIndustries" + number, one.industries().toArray(String[]::new));
      if (!one.divisionPrefix().isEmpty()) {
        sql.append(" and e.division like :agreedDivision").append(number);
        parameters.put("agreedDivision" + number, one.divisionPrefix() + "%");
      }
      sql.append(')');
      number++;
    }
    return new SqlCondition(sql.append(')').toString(), parameters);
  }

  private static DisclosureRule.Relation agreement(Set<Agreed> agreed, EntryFacts facts) {
    DisclosureRule.Relation relation = DisclosureRule.Relation.ELSEWHERE;
    for (Agreed one : agreed) {
      if (isIn(one, facts)) {
        if (one.secrets()) {
          return DisclosureRule.Relation.AGREED_WHOLE;
        }
        relation = DisclosureRule.Relation.AGREED;
      }
    }
    return relation;
  }

  private static boolean isIn(Agreed agreed, EntryFacts facts) {
    return inDivision(agreed.divisionPrefix(), facts.division())
        && inIndustry(agreed.industries(), facts.industry());
  }

  private static SqlCondition regulator(String prefix, Set<String> industries) {
    Map<String, Object> parameters = new HashMap<>();
    StringBuilder sql = new StringBuilder("true");
    if (!prefix.isEmpty()) {
      // Digits only (see Viewer.Regulator): no wildcard can slip in.
      sql.append(" and e.division like :viewerDivision");
      parameters.put("viewerDivision", prefix + "%");
    }
    if (!industries.isEmpty()) {
      sql.append(" and e.industry = any(:viewerIndustries)");
      parameters.put("viewerIndustries", industries.toArray(String[]::new));
    }
    return new SqlCondition("(" + sql + ")", parameters);
  }

  private static boolean inDivision(String prefix, @Nullable String division) {
    return prefix.isEmpty() || (division != null && division.startsWith(prefix));
  }

  private static boolean inIndustry(Set<String> industries, @Nullable String industry) {
    return industries.isEmpty() || (industry != null && industries.contains(industry));
  }
}
