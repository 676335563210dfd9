package org.yuanliu.platform.registry;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.yuanliu.codes.Code;
import org.yuanliu.codes.CodeException;
import org.yuanliu.codes.CreditCode;
import org.yuanliu.codes.InDivision;
import org.yuanliu.codes.NodeCode;
import org.yuanliu.codes.OperatorCode;
import org.yuanliu.platform.ServerSettings;
import org.yuanliu.platform.access.Caller;
import org.yuanliu.platform.registry.Party.PartyKind;
import org.yuanliu.platform.registry.Registrar.Result;
import org.yuanliu.platform.registry.RegistryChange.CodeExemption;
import org.yuanliu.platform.registry.RegistryChange.MergeUndone;
import org.yuanliu.platform.registry.RegistryChange.PartiesMerged;
import org.yuanliu.platform.registry.RegistryChange.PartyAmended;
import org.yuanliu.platform.registry.RegistryChange.PartyRegistered;
import org.yuanliu.platform.registry.RegistryCommand.AmendParty;
import org.yuanliu.platform.registry.RegistryCommand.MergeParties;
import org.yuanliu.platform.registry.RegistryCommand.RegisterParty;
import org.yuanliu.platform.registry.RegistryCommand.UndoMerge;
import org.yuanliu.platform.registry.RegistryStore.MergeRow;
import org.yuanliu.platform.registry.RegistryStore.PartyRow;

/** Commands about parties: checked against what stands, turned into changes. */
@Component
class PartyCommands {
  /** Names, licences or stalls of one party: a large retailer has hundreds of stalls over time. */
  static final int MAX_LIST = 1_000;

  static final int MAX_TEXT_LENGTH = 200;

  private static final int CITIZEN_LENGTH = 18;

  private final PartyCodeReader codes;
  private final IdentityIndex identities;
  private final Clock clock;
  private final ZoneId zone;

  PartyCommands(
      PartyCodeReader codes, IdentityIndex identities, Clock clock, ServerSettings server) {
    this.codes = requireNonNull(codes, "codes is null");
    this.identities = requireNonNull(identities, "identities is null");
    this.clock = requireNonNull(clock, "clock is null");
    this.zone = requireNonNull(server.zone(), "zone is null");
  }

  /** What a command comes to: a change to store, or none where everything stands already. */
  record Step(Result result, @Nullable RegistryChange change) {}

  Step register(RegisterParty command, Caller caller, Staging staging, RegistrationRules rules) {
    Texts.names(command.names());
    Texts.size("/licences", command.licences(), MAX_LIST);
    Texts.size("/stalls", command.stalls(), MAX_LIST);
    CreditCode.@Nullable Exemption exemption = exemption(command, caller, rules);
    List<Code> given = read(command.codes(), exemption);
    String index = identityIndex(command);

    List<Code> own = given.isEmpty() ? List.of(nextOperatorCode(command, staging)) : given;
    requireCodesOfKind(command.kind(), own);
    Party party = party(command, own);
    // Before it is looked up: who may not register must not learn who is registered.
    rules.mayRegister(party);
    Optional<Step> known = known(given, index, staging);
    if (known.isPresent()) {
      return known.get();
    }

    staging.put(party, 1, caller.party(), null);
    own.forEach(code -> markUsed(code, staging));
    if (index != null) {
      staging.putIdentity(index, party.id());
    }
    return new Step(
        Result.created(party.id()), new PartyRegistered(party, index, stored(own, exemption)));
  }

  Step amend(AmendParty command, Staging staging, RegistrationRules rules) {
    PartyRow row =
        staging.party(canonical("/party", command.party())).orElseThrow(Refusals::absent);
    Party before = row.party();
    Set<String> all = new LinkedHashSet<>(before.codes());
    List<Code> added = read(command.addCodes(), null);
    for (Code code : added) {
      Optional<String> owner = staging.partyId(code.canonical());
      if (owner.isPresent() && !owner.get().equals(before.id())) {
        throw Refusals.conflict(
            "code-of-another-party",
            "编码已属于另一主体；如为同一主体，请合并。",
            "The code belongs to another party; if they are one, merge them.");
      }
      all.add(code.canonical());
    }
    Party after =
        new Party(
            before.id(),
            List.copyOf(all),
            before.kind(),
            or(command.names(), before.names()),
            division("/division", or(command.division(), before.division())),
            or(command.address(), before.address()),
            or(command.industry(), before.industry()),
            or(command.licences(), before.licences()),
            stalls(or(command.stalls(), before.stalls())));
    Texts.names(after.names());
    Texts.size("/licences", after.licences(), MAX_LIST);
    Texts.size("/stalls", after.stalls(), MAX_LIST);
    rules.mayAmend(row, after);
    if (after.equals(before)) {
      return new Step(Result.present(before.id(), "内容没有变化。", "Nothing changed."), null);
    }
    staging.put(after, row.revision() + 1, row.registrant(), null);
    added.forEach(code -> markUsed(code, staging));
    return new Step(Result.created(before.id()), new PartyAmended(row.revision() + 1, after));
  }

  Step merge(MergeParties command, Staging staging, RegistrationRules rules) {
    PartyRow kept = staging.party(canonical("/kept", command.kept())).orElseThrow(Refusals::absent);
    PartyRow merged =
        staging.party(canonical("/merged", command.merged())).orElseThrow(Refusals::absent);
    rules.mayDecideOn(kept.party().division(), merged.party().division());
    Texts.required("/reason", command.reason());
    if (kept.party().id().equals(merged.party().id())) {
      return new Step(
          Result.present(kept.party().id(), "已是同一主体。", "They are one party already."), null);
    }
    UUID id = UUID.randomUUID();
    staging.put(merged.party(), merged.revision(), merged.registrant(), kept.party().id());
    staging.put(new MergeRow(id, kept.party().id(), merged.party().id(), false));
    return new Step(
        Result.created(id.toString()),
        new PartiesMerged(id, kept.party().id(), merged.party().id(), command.reason()));
  }

  Step undoMerge(UndoMerge command, Staging staging, RegistrationRules rules) {
    MergeRow merge = staging.merge(command.merge()).orElseThrow(Refusals::absent);
    PartyRow kept = staging.row(merge.kept()).orElseThrow(Refusals::absent);
    PartyRow merged = staging.row(merge.merged()).orElseThrow(Refusals::absent);
    rules.mayDecideOn(kept.party().division(), merged.party().division());
    Texts.required("/reason", command.reason());
    if (merge.undone()) {
      return new Step(
          Result.present(merge.id().toString(), "合并已经撤销。", "The merge was undone before."), null);
    }
    staging.put(merged.party(), merged.revision(), merged.registrant(), null);
    staging.put(new MergeRow(merge.id(), merge.kept(), merge.merged(), true));
    return new Step(
        Result.created(merge.id().toString()),
        new MergeUndone(merge.id(), merge.kept(), merge.merged(), command.reason()));
  }

  /** Canonical URI of a party's code in any written form; an unknown form is no party's. */
  String canonical(String pointer, String text) {
    // Codes let through by an exemption are looked up as they are written.
    return text.startsWith("urn:yuanliu:") ? text : codes.party(pointer, text, null).canonical();
  }

  private Optional<Step> known(List<Code> given, @Nullable String index, Staging staging) {
    Set<String> roots = new LinkedHashSet<>();
    for (Code code : given) {
      staging.party(code.canonical()).ifPresent(row -> roots.add(row.party().id()));
    }
    if (index != null) {
      staging.byIdentity(index).ifPresent(id -> roots.add(staging.root(id).party().id()));
    }
    if (roots.size() > 1) {
      throw Refusals.conflict(
          "several-parties",
          "所给编码属于不同主体；如为同一主体，请先合并。",
          "The codes belong to different parties; if they are one, merge them first.");
    }
    return roots.stream()
        .findFirst()
        .map(
            id ->
                new Step(
                    Result.present(
                        id,
                        "该主体已登记，沿用其首次编码。",
                        "The party is registered already and keeps its first code."),
                    null));
  }

  private CreditCode.@Nullable Exemption exemption(
      RegisterParty command, Caller caller, RegistrationRules rules) {
    String evidence = command.exemptionEvidence();
    if (evidence == null || evidence.isBlank()) {
      return null;
    }
    rules.mayActAsOffice();
    return new CreditCode.Exemption(caller.name(), LocalDate.now(clock.withZone(zone)), evidence);
  }

  private static @Nullable CodeExemption stored(
      List<Code> own, CreditCode.@Nullable Exemption exemption) {
    boolean needed =
        own.stream()
            .anyMatch(c -> c instanceof CreditCode credit && credit.exemption().isPresent());
    return needed && exemption != null
        ? new CodeExemption(exemption.grantedBy(), exemption.grantedOn(), exemption.evidence())
        : null;
  }

  private List<Code> read(List<String> texts, CreditCode.@Nullable Exemption exemption) {
    Texts.size("/codes", texts, MAX_LIST);
    List<Code> read = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      Code code = codes.party("/codes/" + i, texts.get(i), exemption);
      if (!read.contains(code)) {
        read.add(code);
      }
    }
    return read;
  }

  private @Nullable String identityIndex(RegisterParty command) {
    String number = command.identityNumber();
    if (number == null || number.isBlank()) {
      return null;
    }
    if (number.length() > MAX_TEXT_LENGTH
        || (number.length() == CITIZEN_LENGTH && !CitizenNumber.checkHolds(number))) {
      throw Refusals.invalid(
          "/identityNumber",
          "identity-number",
          "证件号码有误，请核对是否输错。",
          "The identity number is wrong; look for a typing error.");
    }
    return identities.of(command.names().getFirst().name(), number);
  }

  private OperatorCode nextOperatorCode(RegisterParty command, Staging staging) {
    String text = command.node();
    boolean holder =
        command.kind() == PartyKind.STALL_HOLDER || command.kind() == PartyKind.NATURAL_PERSON;
    if (text == null || !holder) {
      throw Refusals.invalid(
          "/codes",
          "party-without-code",
          "必须提供主体编码；经营户和自然人也可提供首次备案节点以领取编码。",
          "A party has a code; stall holders and persons may name the node that gives them one.");
    }
    if (!(codes.party("/node", text, null) instanceof NodeCode node)) {
      throw Refusals.invalid("/node", "not-a-node", "不是流通节点主体码。", "This is no node code.");
    }
    int serial = staging.lastSerial(node.value()) + 1;
    try {
      return OperatorCode.issue(node, serial);
    } catch (CodeException e) {
      throw Refusals.conflict(
          "serials-exhausted", "该节点的经营者编号已用完。", "The node has given out all its serial numbers.");
    }
  }

  private static void requireCodesOfKind(PartyKind kind, List<Code> own) {
    switch (kind) {
      case ENTERPRISE, SERVICE_PROVIDER -> {
        if (own.stream().noneMatch(CreditCode.class::isInstance)) {
          throw Refusals.invalid(
              "/codes",
              "firm-without-credit-code",
              "企业须有统一社会信用代码。",
              "A firm has a unified social credit code.");
        }
      }
      case MARKET, AUTHORITY, STALL_HOLDER, NATURAL_PERSON -> {
        // Any code of a party will do.
      }
    }
  }

  private Party party(RegisterParty command, List<Code> own) {
    String division = command.division();
    if (division == null) {
      division =
          own.stream()
              .filter(InDivision.class::isInstance)
              .map(code -> ((InDivision) code).division().value())
              .findFirst()
              .orElse(null);
    }
    return new Party(
        own.getFirst().canonical(),
        own.stream().map(Code::canonical).toList(),
        command.kind(),
        command.names(),
        division("/division", division),
        Texts.optional("/address", command.address()),
        Texts.optional("/industry", command.industry()),
        command.licences(),
        stalls(command.stalls()));
  }

  private List<Party.Stall> stalls(List<Party.Stall> stalls) {
    List<Party.Stall> canonical = new ArrayList<>();
    for (int i = 0; i < stalls.size(); i++) {
      Party.Stall stall = stalls.get(i);
      canonical.add(
          new Party.Stall(
              canonical("/stalls/" + i + "/market", stall.market()),
              stall.number(),
              stall.period()));
    }
    return canonical;
  }

  private @Nullable String division(String pointer, @Nullable String division) {
    if (division != null && !codes.isDivision(division)) {
      throw Refusals.invalid(
          pointer, "division-unknown", "行政区划代码不存在。", "There is no such division code.");
    }
    return division;
  }

  private static void markUsed(Code code, Staging staging) {
    if (code instanceof OperatorCode operator) {
      staging.used(operator.node().value(), operator.serial());
    }
  }

  private static <T extends @Nullable Object> T or(@Nullable T value, T otherwise) {
    return value == null ? otherwise : value;
  }
}
