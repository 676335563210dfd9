package org.yuanliu.platform.organisation;

import static java.util.Objects.requireNonNull;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.yuanliu.codes.CanonicalUri;
import org.yuanliu.platform.access.Agreed;
import org.yuanliu.platform.access.Caller;
import org.yuanliu.platform.access.PartyCodes;
import org.yuanliu.platform.access.Permission;
import org.yuanliu.platform.access.Viewer;
import org.yuanliu.platform.organisation.PartnerAgreements.Agreement;
import org.yuanliu.platform.problem.Problem;
import org.yuanliu.platform.problem.ProblemException;
import org.yuanliu.platform.problem.StandardProblems;

/**
 * The data sets agreed with partner platforms. The security administrator, who decides who may see
 * what, enters and ends them; the partner sees its own.
 */
@RestController
@RequestMapping("/api/v1/organisations/agreements")
@Tag(name = "Organisations", description = "机构与角色 · Organisations, roles, delegation")
class AgreementApi {
  /** An agreement is looked at again after so long: nothing is promised for ever. */
  static final Duration LONGEST = Duration.ofDays(3 * 366L);

  static final int MAX_INDUSTRIES = 50;
  static final int MAX_REFERENCE = 100;
  private static final int MAX_SHOWN = 500;

  private static final Pattern DIVISION = Pattern.compile("|[0-9]{2}|[0-9]{4}|[0-9]{6}");
  private static final Pattern INDUSTRY = Pattern.compile("[a-z0-9-]{1,40}");

  private final PartnerAgreements agreements;
  private final OrganisationStore organisations;
  private final PartyCodes partyCodes;
  private final Clock clock;

  AgreementApi(
      PartnerAgreements agreements,
      OrganisationStore organisations,
      PartyCodes partyCodes,
      Clock clock) {
    this.agreements = requireNonNull(agreements, "agreements is null");
    this.organisations = requireNonNull(organisations, "organisations is null");
    this.partyCodes = requireNonNull(partyCodes, "partyCodes is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /**
   * What is agreed.
   *
   * @param division leading 2, 4 or 6 digits; empty for the nation
   * @param secrets whether the paper names commercial secrets too; without it they are left out
   * @param reference of the signed paper
   * @param from now where it is left out
   */
  record Given(
      @Nullable String party,
      @Nullable String division,
      @Nullable Set<String> industries,
      @Nullable Boolean secrets,
      @Nullable String reference,
      @Nullable Instant from,
      @Nullable Instant until) {}

  record Shown(
      UUID id,
      String party,
      String division,
      Set<String> industries,
      boolean secrets,
      String reference,
      Instant from,
      Instant until,
      @Nullable Instant endedAt) {
    static Shown of(Agreement one) {
      return new Shown(
          one.id(),
          one.party(),
          one.agreed().divisionPrefix(),
          one.agreed().industries(),
          one.agreed().secrets(),
          one.reference(),
          one.from(),
          one.until(),
          one.endedAt());
    }
  }

  record AgreementList(List<Shown> agreements) {}

  @GetMapping
  @Operation(
      summary = "数据协议 · Data sets agreed with a partner platform",
      description = "Its own for a partner, anybody's for security and system administration.")
  AgreementList list(Caller caller, @RequestParam String party) {
    Set<String> codes = partyCodes.codesOf(CanonicalUri.of(party));
    boolean oversees =
        caller.viewer() instanceof Viewer.Operator
            && (caller.may(Permission.SECURE) || caller.may(Permission.ADMINISTER));
    if (!oversees && !(caller.may(Permission.QUERY) && codes.contains(caller.party()))) {
      throw absent();
    }
    return new AgreementList(agreements.of(codes, MAX_SHOWN).stream().map(Shown::of).toList());
  }

  @PostMapping
  @Operation(summary = "登记数据协议 · Enter an agreement (security administration)")
  ResponseEntity<Shown> enter(Caller caller, @RequestBody Given given) {
    requireSecurity(caller);
    String named = given.party() == null ? "" : given.party();
    Set<String> codes = partyCodes.codesOf(CanonicalUri.of(named));
    Organisation partner =
        organisations.list(codes, "", 1).stream()
            .filter(one -> one.kind() == Organisation.Kind.PARTNER_PLATFORM)
            .findFirst()
            .orElseThrow(
                () ->
                    invalid(
                        "/party",
                        "not-a-partner",
                        "该主体没有登记为合作平台。",
                        "The party is not entered as a partner platform."));
    Instant now = clock.instant();
    Instant from = given.from() == null ? now : given.from();
    Agreement agreement =
        new Agreement(
            UUID.randomUUID(),
            partner.party(),
            agreed(given),
            reference(given),
            from,
            until(given, from, now),
            null);
    if (agreements.countOpen() >= PartnerAgreements.MAX_AGREEMENTS) {
      throw invalid(
          "/party",
          "too-many-agreements",
          "在用的数据协议已有%d份。".formatted(PartnerAgreements.MAX_AGREEMENTS),
          "There are %d agreements already.".formatted(PartnerAgreements.MAX_AGREEMENTS));
    }
    agreements.insert(agreement, caller.account());
    return ResponseEntity.created(URI.create("/api/v1/organisations/agreements/" + agreement.id()))
        .body(Shown.of(agreement));
  }

  @DeleteMapping("/{agreement}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(summary = "终止数据协议 · End an agreement at once; it stays on record")
  void end(Caller caller, @PathVariable("agreement") UUID id) {
    requireSecurity(caller);
    agreements.end(agreements.one(id).orElseThrow(AgreementApi::absent).id());
  }

  private static Agreed agreed(Given given) {
    String division = given.division() == null ? "" : given.division();
    if (!DIVISION.matcher(division).matches()) {
      throw invalid(
          "/division",
          "division-of-level",
          "辖区须为行政区划代码前2、4或6位，全国留空。",
          "A division is the first 2, 4 or 6 digits of its code; empty for the nation.");
    }
    Set<String> industries = given.industries() == null ? Set.of() : given.industries();
    if (industries.isEmpty()
        || industries.size() > MAX_INDUSTRIES
        || !industries.stream().allMatch(id -> INDUSTRY.matcher(id).matches())) {
      throw invalid(
          "/industries",
          "industry-unknown",
          "须写明行业编号，1至%d个。".formatted(MAX_INDUSTRIES),
          "Name from 1 to %d ids of packs.".formatted(MAX_INDUSTRIES));
    }
    return new Agreed(division, industries, Boolean.TRUE.equals(given.secrets()));
  }

  private static String reference(Given given) {
    String reference = given.reference() == null ? "" : given.reference().strip();
    if (reference.isEmpty() || reference.length() > MAX_REFERENCE) {
      throw invalid(
          "/reference",
          "text-length",
          "此处须填写，不超过%d字。".formatted(MAX_REFERENCE),
          "A text of up to %d characters is needed here.".formatted(MAX_REFERENCE));
    }
    return reference;
  }

  private static Instant until(Given given, Instant from, Instant now) {
    Instant until = given.until();
    if (until == null || !from.isBefore(until) || !now.isBefore(until)) {
      throw invalid(
          "/until",
          "period-ends-early",
          "结束须晚于开始，且在将来。",
          "The end comes after the beginning and is yet to come.");
    }
    if (Duration.between(from, until).compareTo(LONGEST) > 0) {
      throw invalid(
          "/until",
          "agreement-too-long",
          "协议期最长三年。",
          "An agreement holds for three years at most.");
    }
    return until;
  }

  private static void requireSecurity(Caller caller) {
    if (!(caller.viewer() instanceof Viewer.Operator) || !caller.may(Permission.SECURE)) {
      throw absent();
    }
  }

  private static ProblemException invalid(String pointer, String code, String zh, String en) {
    return new ProblemException(StandardProblems.invalid(pointer, code, zh, en));
  }

  private static ProblemException absent() {
    Problem problem = StandardProblems.NOT_FOUND;
    return new ProblemException(problem);
  }
}
