package org.yuanliu.industry;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yuanliu.industry.ChainFacts.StepFact;

/**
 * Judges a chain by a pack. What is not known never makes a chain complete, and complete says only
 * that the records are: nothing here can tell that goods are safe.
 */
public final class VerdictRules {
  /** What codes of findings by a pack's checks begin with. */
  private static final String CHECK_PREFIX = "check:";

  private final ZoneId zone;

  /**
   * @param zone whose midnight ends a legal day, Asia/Shanghai in China
   */
  public VerdictRules(ZoneId zone) {
    this.zone = requireNonNull(zone, "zone is null");
  }

  /**
   * The verdict by the pack that knows the product and is in force on the day of the chain's last
   * step.
   */
  public Verdict judge(PackSet packs, ChainFacts facts) {
    requireNonNull(packs, "packs is null");
    requireNonNull(facts, "facts is null");
    Instant last =
        facts.steps().stream()
            .map(StepFact::eventTime)
            .max(Instant::compareTo)
            .orElse(facts.asOf());
    LocalDate day = LocalDate.ofInstant(last, zone);
    return packs.inForce(day).stream()
        .filter(pack -> pack.product(facts.productCode()).isPresent())
        .findFirst()
        .map(pack -> judge(pack, packs.inForce(day), facts))
        .orElseGet(() -> Verdict.of(withoutPack(facts)));
  }

  /**
   * A verdict with what checks found for the events of its chain: an open alert makes the records
   * incomplete whatever else holds, for nobody has explained it yet.
   */
  public static Verdict with(Verdict verdict, List<CheckFinding> alerts) {
    requireNonNull(verdict, "verdict is null");
    List<Finding> findings = new ArrayList<>(verdict.findings());
    for (CheckFinding alert : alerts) {
      Severity severity =
          switch (alert.level()) {
            case REFUSE, ALERT -> Severity.DOUBT;
            case WARN -> Severity.INFO;
          };
      findings.add(
          new Finding(CHECK_PREFIX + alert.check(), severity, alert.refs(), alert.message()));
    }
    return Verdict.of(findings);
  }

  /** A verdict before the packs' checks have looked at all of its records: never complete. */
  public static Verdict pending(Verdict verdict) {
    requireNonNull(verdict, "verdict is null");
    List<Finding> findings = new ArrayList<>(verdict.findings());
    findings.add(FindingCode.CHECKS_PENDING.finding(List.of(), Messages.checksPending()));
    return Verdict.of(findings);
  }

  /** The verdict by this pack. */
  public Verdict judge(Pack pack, ChainFacts facts) {
    return judge(requireNonNull(pack, "pack is null"), List.of(pack), facts);
  }

  private Verdict judge(Pack pack, List<Pack> all, ChainFacts facts) {
    requireNonNull(facts, "facts is null");
    List<Finding> findings = new ArrayList<>(general(facts));
    Chain chain = new Chain(facts);
    Optional<Product> product = pack.product(facts.productCode());
    if (product.isEmpty()) {
      findings.add(FindingCode.PRODUCT_UNKNOWN.finding(List.of(), Messages.productUnknown()));
    }
    Optional<Evidence> evidence = product.map(known -> new Evidence(pack, known, facts, chain));
    evidence.ifPresent(
        shown ->
            findings.addAll(new LinkRules(product.orElseThrow(), facts, chain, shown).judge()));
    findings.addAll(new DocumentRules(pack, all, evidence, facts, zone).judge());
    findings.addAll(TestRules.judge(pack.tests(), facts));
    findings.addAll(QuantityRules.judge(product, facts));
    findings.addAll(
        ClockRules.judge(
            pack.clockDisagreement(),
            facts,
            step ->
                product.stream()
                    .flatMap(known -> known.links().stream())
                    .filter(link -> link.presence() instanceof Presence.TakesOn)
                    .anyMatch(link -> link.recognises(step))));
    return Verdict.of(findings);
  }

  /** What can be said without a pack: a failed test is one, whatever the product. */
  private static List<Finding> withoutPack(ChainFacts facts) {
    List<Finding> findings = new ArrayList<>(general(facts));
    findings.add(FindingCode.PRODUCT_UNKNOWN.finding(List.of(), Messages.productUnknown()));
    findings.addAll(TestRules.judge(Map.of(), facts));
    findings.addAll(QuantityRules.judge(Optional.empty(), facts));
    return findings;
  }

  private static List<Finding> general(ChainFacts facts) {
    List<Finding> findings = new ArrayList<>();
    if (facts.steps().isEmpty()) {
      findings.add(FindingCode.NO_RECORDS.finding(List.of(), Messages.noRecords()));
    }
    if (facts.truncated()) {
      findings.add(FindingCode.CHAIN_TRUNCATED.finding(List.of(), Messages.chainTruncated()));
    }
    if (!facts.unknownUpstreamUnits().isEmpty()) {
      findings.add(
          FindingCode.UNKNOWN_UPSTREAM.finding(
              facts.unknownUpstreamUnits(), Messages.unknownUpstream()));
    }
    return findings;
  }
}
