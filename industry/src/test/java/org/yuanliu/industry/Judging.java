package org.yuanliu.industry;

import java.time.ZoneId;
import java.util.List;

/** A sketched chain's verdict by the packs that come along, and what to ask of it. */
final class Judging {
  static final PackSet PACKS = PackLoader.bundled();
  static final VerdictRules RULES = new VerdictRules(ZoneId.of("Asia/Shanghai"));

  private Judging() {}

  static Verdict judge(ChainSketch chain) {
    return RULES.judge(PACKS, chain.facts());
  }

  static List<String> codes(Verdict verdict) {
    return verdict.findings().stream().map(Finding::code).toList();
  }

  static Finding finding(Verdict verdict, String code) {
    return verdict.findings().stream()
        .filter(finding -> finding.code().equals(code))
        .findFirst()
        .orElseThrow(() -> new AssertionError(code + " is not among " + codes(verdict)));
  }

  static List<String> refs(Verdict verdict, String code) {
    return verdict.findings().stream()
        .filter(finding -> finding.code().equals(code))
        .flatMap(finding -> finding.refs().stream())
        .toList();
  }
}
