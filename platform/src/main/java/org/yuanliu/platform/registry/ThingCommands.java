package org.yuanliu.platform.registry;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.yuanliu.codes.CanonicalUri;
import org.yuanliu.platform.access.Caller;
import org.yuanliu.platform.registry.PartyCommands.Step;
import org.yuanliu.platform.registry.Registrar.Result;
import org.yuanliu.platform.registry.RegistryChange.DocumentRegistered;
import org.yuanliu.platform.registry.RegistryChange.EquivalenceDeclared;
import org.yuanliu.platform.registry.RegistryChange.EquivalenceEnded;
import org.yuanliu.platform.registry.RegistryChange.MandateAccepted;
import org.yuanliu.platform.registry.RegistryChange.MandateGranted;
import org.yuanliu.platform.registry.RegistryChange.MandateProposed;
import org.yuanliu.platform.registry.RegistryChange.MandateRevoked;
import org.yuanliu.platform.registry.RegistryChange.PlaceRegistered;
import org.yuanliu.platform.registry.RegistryChange.ProductRegistered;
import org.yuanliu.platform.registry.RegistryCommand.AcceptMandate;
import org.yuanliu.platform.registry.RegistryCommand.GrantMandate;
import org.yuanliu.platform.registry.RegistryCommand.RevokeMandate;
import org.yuanliu.platform.registry.RegistryStore.MandateRow;
import org.yuanliu.platform.registry.RegistryStore.PartyRow;
import org.yuanliu.platform.registry.RegistryStore.Revised;

/** Commands about places, products, documents, mandates and equivalences. */
@Component
class ThingCommands {
  /** A mandate for more steps than any industry has is a mandate for all: leave them out. */
  static final int MAX_STEPS = 100;

  /**
   * A lift has three. A walk follows so many steps from code to code ({@link CachedRegistry}), so
   * it never stops half-way; and what is counted of a unit is the sum over its codes.
   */
  static final int MAX_CODES_OF_ONE = 16;

  private static final Pattern GOODS_CODE = Pattern.compile("[0-9]{8}");
  private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");
  private static final String GTIN_PREFIX = "https://id.gs1.org/01/";

  private final PartyCodeReader codes;
  private final PartyCommands parties;
  private final UnitWhereabouts whereabouts;
  private final Clock clock;

  ThingCommands(
      PartyCodeReader codes, PartyCommands parties, UnitWhereabouts whereabouts, Clock clock) {
    this.codes = requireNonNull(codes, "codes is null");
    this.parties = requireNonNull(parties, "parties is null");
    this.whereabouts = requireNonNull(whereabouts, "whereabouts is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  Step place(Place given, Caller caller, Staging staging, RegistrationRules rules) {
    String id = codes.place("/place/id", Texts.required("/place/id", given.id()));
    if (!codes.isDivision(Texts.required("/place/division", given.division()))) {
      throw Refusals.invalid(
          "/place/division", "division-unknown", "行政区划代码不存在。", "There is no such division code.");
    }
    Place place =
        new Place(
            id,
            Texts.required("/place/name", given.name()),
            Texts.optional("/place/nameEn", given.nameEn()),
            given.division(),
            Texts.optional("/place/address", given.address()),
            given.party() == null ? null : parties.canonical("/place/party", given.party()),
            Texts.optional("/place/nodeType", given.nodeType()));
    Revised<Place> before = staging.place(id).orElse(null);
    rules.mayRegister(
        place, before == null ? null : before.registrant(), before == null ? null : before.value());
    if (before != null && before.value().equals(place)) {
      return unchanged(id);
    }
    int revision = before == null ? 1 : before.revision() + 1;
    staging.put(place, revision, registrant(before, caller));
    return new Step(Result.created(id), new PlaceRegistered(revision, place));
  }

  Step product(Product given, Caller caller, Staging staging, RegistrationRules rules) {
    String code = CanonicalUri.of(Texts.required("/product/code", given.code()));
    if (!GOODS_CODE.matcher(code).matches() && !code.startsWith(GTIN_PREFIX)) {
      throw Refusals.invalid(
          "/product/code",
          "product-code",
          "产品编码须为GTIN或八位商品码。",
          "A product has a GTIN or an eight-digit goods code.");
    }
    String goodsCode = given.goodsCode();
    if (goodsCode != null && !GOODS_CODE.matcher(goodsCode).matches()) {
      throw Refusals.invalid(
          "/product/goodsCode", "goods-code", "商品码须为八位数字。", "A goods code has eight digits.");
    }
    Product product =
        new Product(
            code,
            Texts.required("/product/name", given.name()),
            Texts.optional("/product/nameEn", given.nameEn()),
            goodsCode,
            Texts.optional("/product/industry", given.industry()));
    Revised<Product> before = staging.product(code).orElse(null);
    rules.mayRegister(before == null ? null : before.registrant());
    if (before != null && before.value().equals(product)) {
      return unchanged(code);
    }
    int revision = before == null ? 1 : before.revision() + 1;
    staging.put(product, revision, registrant(before, caller));
    return new Step(Result.created(code), new ProductRegistered(revision, product));
  }

  private static @Nullable List<String> scope(@Nullable List<String> given) {
    if (given == null || given.isEmpty()) {
      return null;
    }
    if (given.size() > TraceDocument.MAX_SCOPE) {
      throw Refusals.invalid(
          "/document/scope",
          "too-many-values",
          "适用范围最多" + TraceDocument.MAX_SCOPE + "项。",
          "A scope has at most " + TraceDocument.MAX_SCOPE + " words.");
    }
    return given.stream().map(word -> Texts.required("/document/scope", word)).toList();
  }

  Step document(TraceDocument given, Caller caller, Staging staging, RegistrationRules rules) {
    String id = CanonicalUri.of(Texts.required("/document/id", given.id()));
    String image = given.imageSha256();
    if (image != null && !SHA_256.matcher(image).matches()) {
      throw Refusals.invalid(
          "/document/imageSha256",
          "image-digest",
          "影像摘要须为64位小写十六进制。",
          "The image's digest is 64 lower-case hexadecimal digits.");
    }
    if (given.quantity() != null && given.quantity().signum() < 0) {
      throw Refusals.invalid(
          "/document/quantity", "negative-quantity", "数量不能为负。", "A quantity is not negative.");
    }
    if (given.validity() == null) {
      throw Refusals.invalid(
          "/document/validity", "value-missing", "此处必须填写。", "A value is needed here.");
    }
    TraceDocument document =
        new TraceDocument(
            id,
            Texts.required("/document/type", given.type()),
            Texts.required("/document/number", given.number()),
            Texts.optional("/document/issuer", given.issuer()),
            Texts.optional("/document/subject", given.subject()),
            given.quantity(),
            Texts.optional("/document/uom", given.uom()),
            given.validity(),
            image,
            Texts.optional("/document/verifiedBy", given.verifiedBy()),
            scope(given.scope()));
    // Whoever may not know of another's statement makes his own, as if there were none.
    Revised<TraceDocument> before =
        staging.statements(id).stream()
            .filter(statement -> rules.mayAmend(statement.registrant()))
            .findFirst()
            .orElse(null);
    rules.mayVerify(document, before == null ? null : before.value());
    if (before != null && before.value().equals(document)) {
      return unchanged(id);
    }
    int revision = before == null ? 1 : before.revision() + 1;
    String registrant = registrant(before, caller);
    staging.put(document, revision, registrant);
    return new Step(Result.created(id), new DocumentRegistered(revision, document, registrant));
  }

  Step grant(GrantMandate command, Staging staging, RegistrationRules rules) {
    PartyRow reporter = party("/reporter", command.reporter(), staging);
    PartyRow principal = party("/principal", command.principal(), staging);
    Texts.size("/bizSteps", command.bizSteps(), MAX_STEPS);
    if (command.period() == null) {
      throw Refusals.invalid("/period", "value-missing", "此处必须填写。", "A value is needed here.");
    }
    Mandate.Side waitsFor =
        rules.waitsFor(reporter, principal, Texts.optional("/evidence", command.evidence()));
    if (reporter.party().id().equals(principal.party().id())) {
      throw Refusals.invalid(
          "/reporter",
          "mandate-for-oneself",
          "主体为自己填报不需要授权。",
          "Nobody needs a mandate to report for himself.");
    }
    Mandate mandate =
        new Mandate(
            UUID.randomUUID().toString(),
            reporter.party().id(),
            principal.party().id(),
            Set.copyOf(command.bizSteps()),
            command.period(),
            command.evidence());
    staging.put(new MandateRow(mandate, null, waitsFor));
    return new Step(
        Result.created(mandate.id()),
        waitsFor == null ? new MandateGranted(mandate) : new MandateProposed(mandate, waitsFor));
  }

  Step accept(AcceptMandate command, Staging staging, RegistrationRules rules) {
    MandateRow row = seen(command.mandate(), staging, rules);
    Mandate.Side waitsFor = row.waitsFor();
    if (waitsFor == null) {
      return new Step(
          Result.present(command.mandate(), "授权已经生效。", "The mandate is in force already."), null);
    }
    rules.mayAccept(row.mandate(), waitsFor);
    Instant revokedFrom = row.revokedFrom();
    if (revokedFrom != null && !revokedFrom.isAfter(clock.instant())) {
      throw Refusals.conflict(
          "mandate-withdrawn",
          "该授权已被撤回或谢绝，请重新提出。",
          "The mandate was withdrawn or declined; propose it anew.");
    }
    staging.put(new MandateRow(row.mandate(), revokedFrom, null));
    return new Step(Result.created(command.mandate()), new MandateAccepted(command.mandate()));
  }

  private static MandateRow seen(String id, Staging staging, RegistrationRules rules) {
    return staging
        .mandate(id)
        .filter(found -> rules.seesMandate(found.mandate()))
        .orElseThrow(Refusals::absent);
  }

  Step revoke(RevokeMandate command, Staging staging, RegistrationRules rules) {
    MandateRow row = seen(command.mandate(), staging, rules);
    Instant now = clock.instant();
    Instant from = command.from() == null ? now : command.from();
    if (from.isBefore(now)) {
      throw Refusals.invalid(
          "/from",
          "revocation-in-the-past",
          "授权不能自过去的时刻起撤销。",
          "A mandate cannot be revoked from a moment of the past.");
    }
    Instant revokedBefore = row.revokedFrom();
    if (revokedBefore != null && !from.isBefore(revokedBefore)) {
      return new Step(
          Result.present(command.mandate(), "授权已经撤销。", "The mandate was revoked before."), null);
    }
    staging.put(new MandateRow(row.mandate(), from, row.waitsFor()));
    return new Step(
        Result.created(command.mandate()),
        new MandateRevoked(command.mandate(), from, Texts.required("/reason", command.reason())));
  }

  Step declare(String unit, String other, String reason, Staging staging, RegistrationRules rules) {
    String first = CanonicalUri.of(Texts.required("/unit", unit));
    String second = CanonicalUri.of(Texts.required("/other", other));
    rules.mayEquate(first, second, whereabouts);
    Texts.required("/reason", reason);
    if (first.equals(second)) {
      throw Refusals.invalid(
          "/other", "equivalence-with-itself", "两个编码相同。", "The two codes are one.");
    }
    if (staging.equivalent(first, second)) {
      return unchanged(first);
    }
    if (staging.codesOfOne(first, second) > MAX_CODES_OF_ONE) {
      throw Refusals.invalid(
          "/other",
          "equivalence-too-many",
          "同一件产品的编码不能超过" + MAX_CODES_OF_ONE + "个。",
          "A unit has at most " + MAX_CODES_OF_ONE + " codes.");
    }
    staging.putEquivalence(first, second, true);
    UUID id = UUID.randomUUID();
    return new Step(
        Result.created(id.toString()), new EquivalenceDeclared(id, first, second, reason));
  }

  Step end(String unit, String other, String reason, Staging staging, RegistrationRules rules) {
    String first = CanonicalUri.of(Texts.required("/unit", unit));
    String second = CanonicalUri.of(Texts.required("/other", other));
    rules.mayEquate(first, second, whereabouts);
    Texts.required("/reason", reason);
    if (!staging.equivalent(first, second)) {
      throw Refusals.absent();
    }
    staging.putEquivalence(first, second, false);
    UUID id = UUID.randomUUID();
    return new Step(Result.created(id.toString()), new EquivalenceEnded(id, first, second, reason));
  }

  private PartyRow party(String pointer, String code, Staging staging) {
    String canonical = parties.canonical(pointer, Texts.required(pointer, code));
    return staging
        .party(canonical)
        .orElseThrow(
            () ->
                Refusals.invalid(
                    pointer, "party-unknown", "该主体尚未登记。", "The party is not registered."));
  }

  private static String registrant(@Nullable Revised<?> before, Caller caller) {
    return before == null ? caller.party() : before.registrant();
  }

  private static Step unchanged(String id) {
    return new Step(Result.present(id, "内容没有变化。", "Nothing changed."), null);
  }
}
