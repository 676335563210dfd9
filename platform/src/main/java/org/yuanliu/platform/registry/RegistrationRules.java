package org.yuanliu.platform.registry;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.yuanliu.codes.Scheme;
import org.yuanliu.codes.UnitKey;
import org.yuanliu.platform.access.Caller;
import org.yuanliu.platform.access.Viewer;
import org.yuanliu.platform.journal.Standing;
import org.yuanliu.platform.registry.Party.PartyKind;
import org.yuanliu.platform.registry.RegistryStore.PartyRow;

/**
 * Who may register and see what: the operator everything; a regulator what lies in its divisions; a
 * market its stalls and their holders; everybody what is his own.
 */
final class RegistrationRules {
  private static final String OPERATOR_PREFIX = "urn:yuanliu:" + Scheme.OPERATOR.id() + ":";
  private static final String NODE_PREFIX = "urn:yuanliu:" + Scheme.NODE.id() + ":";

  private final Caller caller;
  private final Staging staging;

  RegistrationRules(Caller caller, Staging staging) {
    this.caller = requireNonNull(caller, "caller is null");
    this.staging = requireNonNull(staging, "staging is null");
  }

  void mayRegister(Party party) {
    require(
        switch (caller.viewer()) {
          case Viewer.Operator operator -> true;
          case Viewer.Regulator regulator -> inCare(regulator, party.division());
          case Viewer.Enterprise enterprise -> isHolder(party.kind()) && hasStallHere(party);
          case Viewer.Consumer consumer -> false;
          case Viewer.PublicPage page -> false;
        });
  }

  void mayAmend(PartyRow before, Party after) {
    require(
        switch (caller.viewer()) {
          case Viewer.Operator operator -> true;
          case Viewer.Regulator regulator ->
              inCare(regulator, before.party().division()) && inCare(regulator, after.division());
          case Viewer.Enterprise enterprise -> mayAmendAsFirm(before, after);
          case Viewer.Consumer consumer -> false;
          case Viewer.PublicPage page -> false;
        });
  }

  /**
   * Codes and division decide who sees a party's records, so a firm changes neither, not even its
   * own. A market changes its holders; of a holder that another market registered, only which
   * stalls he has with it.
   */
  private boolean mayAmendAsFirm(PartyRow before, Party after) {
    Party party = before.party();
    if (!party.codes().equals(after.codes())
        || !Objects.equals(party.division(), after.division())) {
      return false;
    }
    if (isMine(party.id())) {
      return true;
    }
    if (!isHolder(party.kind()) || !onlyOwnStallsChange(party, after)) {
      return false;
    }
    boolean mine = isMine(before.registrant());
    boolean here = hasStallHere(party) || hasStallHere(after);
    return mine || (here && withStalls(after, party.stalls()).equals(party));
  }

  private static Party withStalls(Party party, List<Party.Stall> stalls) {
    return new Party(
        party.id(),
        party.codes(),
        party.kind(),
        party.names(),
        party.division(),
        party.address(),
        party.industry(),
        party.licences(),
        stalls);
  }

  /** Merging and its undoing, equivalences, exemptions: acts of an office. */
  void mayDecideOn(@Nullable String division, @Nullable String otherDivision) {
    require(
        switch (caller.viewer()) {
          case Viewer.Operator operator -> true;
          case Viewer.Regulator regulator ->
              inCare(regulator, division) && inCare(regulator, otherDivision);
          case Viewer.Enterprise enterprise -> false;
          case Viewer.Consumer consumer -> false;
          case Viewer.PublicPage page -> false;
        });
  }

  void mayActAsOffice() {
    require(
        switch (caller.viewer()) {
          case Viewer.Operator operator -> true;
          case Viewer.Regulator regulator -> true;
          case Viewer.Enterprise enterprise -> false;
          case Viewer.Consumer consumer -> false;
          case Viewer.PublicPage page -> false;
        });
  }

  /**
   * Whether two codes are one unit is an act of an office, and of units in its care: it has to be
   * able to read a record of each. Else its word would join the chains of another region.
   */
  void mayEquate(String unit, String other, UnitWhereabouts whereabouts) {
    require(
        switch (caller.viewer()) {
          case Viewer.Operator operator -> true;
          case Viewer.Regulator regulator ->
              whereabouts.seen(regulator, UnitKey.of(unit).value())
                  && whereabouts.seen(regulator, UnitKey.of(other).value());
          case Viewer.Enterprise enterprise -> false;
          case Viewer.Consumer consumer -> false;
          case Viewer.PublicPage page -> false;
        });
  }

  void mayRegister(Place place, @Nullable String registrantBefore, @Nullable Place before) {
    require(
        switch (caller.viewer()) {
          case Viewer.Operator operator -> true;
          case Viewer.Regulator regulator ->
              inCare(regulator, place.division())
                  && (before == null || inCare(regulator, before.division()));
          case Viewer.Enterprise enterprise ->
              place.party() != null
                  && isMineOrMyHolder(place.party())
                  && (before == null
                      || isMine(requireNonNull(registrantBefore, "registrant is null"))
                      || (before.party() != null && isMine(before.party())));
          case Viewer.Consumer consumer -> false;
          case Viewer.PublicPage page -> false;
        });
  }

  /** Whether a statement of this registrant's about a document is the caller's to change. */
  boolean mayAmend(String registrant) {
    return switch (caller.viewer()) {
      case Viewer.Operator operator -> true;
      case Viewer.Regulator regulator ->
          isMine(registrant) || inCare(regulator, divisionOf(registrant));
      case Viewer.Enterprise enterprise -> isMine(registrant);
      case Viewer.Consumer consumer -> false;
      case Viewer.PublicPage page -> false;
    };
  }

  /** Products: anybody new ones; only the registrant or an office changes them. */
  void mayRegister(@Nullable String registrantBefore) {
    require(
        switch (caller.viewer()) {
          case Viewer.Operator operator -> true;
          case Viewer.Regulator regulator -> true;
          case Viewer.Enterprise enterprise -> registrantBefore == null || isMine(registrantBefore);
          case Viewer.Consumer consumer -> false;
          case Viewer.PublicPage page -> false;
        });
  }

  /** Only an authority's credential says that an authority has verified something. */
  void mayVerify(TraceDocument document, @Nullable TraceDocument before) {
    String verifiedBefore = before == null ? null : before.verifiedBy();
    boolean changes =
        document.verifiedBy() != null && !document.verifiedBy().equals(verifiedBefore);
    if (changes) {
      require(
          caller.standing() == Standing.AUTHORITY || caller.viewer() instanceof Viewer.Operator);
    }
  }

  /**
   * Whose word a mandate lacks that the caller asks for; null where it holds at once. Each side
   * speaks for itself only. A market for its holders and an office have a paper that both signed.
   */
  Mandate.@Nullable Side waitsFor(
      PartyRow reporter, PartyRow principal, @Nullable String evidence) {
    boolean paper = evidence != null && !evidence.isBlank();
    return switch (caller.viewer()) {
      case Viewer.Operator operator -> null;
      case Viewer.Regulator regulator -> {
        require(paper && inCare(regulator, principal.party().division()));
        yield null;
      }
      case Viewer.Enterprise enterprise -> {
        if (isMine(principal.party().id())) {
          yield Mandate.Side.REPORTER;
        }
        if (paper && isMyHolder(principal)) {
          yield null;
        }
        require(isMine(reporter.party().id()));
        yield Mandate.Side.PRINCIPAL;
      }
      case Viewer.Consumer consumer -> throw Refusals.notYours();
      case Viewer.PublicPage page -> throw Refusals.notYours();
    };
  }

  /** The side itself, or the operator in its name. */
  void mayAccept(Mandate mandate, Mandate.Side side) {
    String whose =
        switch (side) {
          case REPORTER -> mandate.reporter();
          case PRINCIPAL -> mandate.principal();
        };
    require(
        switch (caller.viewer()) {
          case Viewer.Operator operator -> true;
          case Viewer.Enterprise enterprise -> isMine(whose);
          case Viewer.Regulator regulator -> false;
          case Viewer.Consumer consumer -> false;
          case Viewer.PublicPage page -> false;
        });
  }

  boolean seesMandate(Mandate mandate) {
    return switch (caller.viewer()) {
      case Viewer.Operator operator -> true;
      case Viewer.Regulator regulator ->
          inCare(regulator, divisionOf(mandate.principal()))
              || inCare(regulator, divisionOf(mandate.reporter()));
      case Viewer.Enterprise enterprise ->
          isMine(mandate.principal()) || isMine(mandate.reporter());
      case Viewer.Consumer consumer -> false;
      case Viewer.PublicPage page -> false;
    };
  }

  /** Everything that is registered of a party. */
  boolean seesWhole(PartyRow row) {
    return switch (caller.viewer()) {
      case Viewer.Operator operator -> true;
      case Viewer.Regulator regulator -> inCare(regulator, row.party().division());
      case Viewer.Enterprise enterprise -> isMine(row.party().id()) || isMyHolder(row);
      case Viewer.Consumer consumer -> false;
      case Viewer.PublicPage page -> false;
    };
  }

  boolean seesPlace(Place place, String registrant) {
    return switch (caller.viewer()) {
      case Viewer.Operator operator -> true;
      case Viewer.Regulator regulator -> inCare(regulator, place.division());
      case Viewer.Enterprise enterprise ->
          isMine(registrant)
              || (place.party() != null && isMineOrMyHolder(place.party()))
              || isMyMarket(place);
      case Viewer.Consumer consumer -> false;
      case Viewer.PublicPage page -> false;
    };
  }

  boolean seesDocument(TraceDocument document, String registrant) {
    return switch (caller.viewer()) {
      case Viewer.Operator operator -> true;
      case Viewer.Regulator regulator -> inCare(regulator, divisionOf(registrant));
      case Viewer.Enterprise enterprise ->
          isMine(registrant) || (document.issuer() != null && isMine(document.issuer()));
      case Viewer.Consumer consumer -> false;
      case Viewer.PublicPage page -> false;
    };
  }

  private boolean isMineOrMyHolder(String code) {
    return isMine(code) || staging.party(code).map(this::isMyHolder).orElse(false);
  }

  /** The market in which the caller has a stall, or from which he has an operator code. */
  private boolean isMyMarket(Place place) {
    Party me = staging.party(caller.party()).map(PartyRow::party).orElse(null);
    if (me == null || !isHolder(me.kind())) {
      return false;
    }
    return Stream.concat(
            me.stalls().stream().map(Party.Stall::market),
            me.codes().stream().filter(c -> c.startsWith(OPERATOR_PREFIX)).map(this::nodeOf))
        .anyMatch(
            market ->
                market.equals(place.id())
                    || (place.party() != null && staging.same(market, place.party())));
  }

  /** The node that gave out an operator code: its first nine digits. */
  private String nodeOf(String operatorCode) {
    int from = OPERATOR_PREFIX.length();
    return NODE_PREFIX + operatorCode.substring(from, from + 9);
  }

  private boolean isMyHolder(PartyRow row) {
    return isHolder(row.party().kind()) && (isMine(row.registrant()) || hasStallHere(row.party()));
  }

  private static boolean isHolder(PartyKind kind) {
    return switch (kind) {
      case STALL_HOLDER, NATURAL_PERSON -> true;
      case ENTERPRISE, MARKET, AUTHORITY, SERVICE_PROVIDER -> false;
    };
  }

  /** A stall in the caller's market, or an operator code of its node. */
  private boolean hasStallHere(Party party) {
    if (staging.party(caller.party()).map(row -> row.party().kind()).orElse(null)
        != PartyKind.MARKET) {
      return false;
    }
    List<String> myCodes =
        staging.party(caller.party()).map(row -> row.party().codes()).orElse(List.of());
    boolean stall = party.stalls().stream().anyMatch(s -> isMine(s.market()));
    boolean code =
        party.codes().stream()
            .filter(c -> c.startsWith(OPERATOR_PREFIX))
            .map(this::nodeOf)
            .anyMatch(myCodes::contains);
    return stall || code;
  }

  /**
   * A market writes its own stalls into a holder's record and leaves other markets' as they are.
   */
  private boolean onlyOwnStallsChange(Party before, Party after) {
    return others(before).equals(others(after));
  }

  private List<Party.Stall> others(Party party) {
    return party.stalls().stream().filter(stall -> !isMine(stall.market())).toList();
  }

  private boolean isMine(String code) {
    return staging.same(caller.party(), code);
  }

  private @Nullable String divisionOf(String code) {
    return staging.party(code).map(row -> row.party().division()).orElse(null);
  }

  private static boolean inCare(Viewer.Regulator regulator, @Nullable String division) {
    String prefix = regulator.divisionPrefix();
    return prefix.isEmpty() || (division != null && division.startsWith(prefix));
  }

  private static void require(boolean allowed) {
    if (!allowed) {
      throw Refusals.notYours();
    }
  }
}
