package org.yuanliu.platform.codes;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yuanliu.codes.Code;
import org.yuanliu.codes.CodeRange;
import org.yuanliu.codes.CreditCode;
import org.yuanliu.codes.ExemptedCode;
import org.yuanliu.codes.Exemption;
import org.yuanliu.codes.IdentityCard;
import org.yuanliu.codes.Issuable;
import org.yuanliu.codes.PrefixTable;
import org.yuanliu.codes.Refusal;
import org.yuanliu.codes.Resolution;
import org.yuanliu.codes.Scheme;
import org.yuanliu.platform.codes.CodeStore.ExemptionRow;
import org.yuanliu.platform.codes.CodeStore.RangeRow;

/** What the interface answers about codes. */
final class CodeAnswers {
  private CodeAnswers() {}

  /**
   * @param kind PLAIN, GROUPED, URN, QR_TEXT, DIGITAL_LINK, EPC_URN, EPC_BINARY, ELEMENT_STRING or
   *     FNC1
   */
  record Form(String kind, String text) {}

  /**
   * One thing that the text may be.
   *
   * @param scheme its id
   * @param uri canonical; null for an identity number, which has none
   * @param text as printed, an identity number masked
   * @param exempted whether its check fails and was let through by name
   */
  record Candidate(
      String scheme,
      String zh,
      String en,
      String standard,
      String level,
      @Nullable String uri,
      String text,
      boolean exempted,
      List<Form> forms) {}

  /**
   * @param scheme the id of the scheme that was tried, or null
   */
  record Reason(String code, @Nullable String scheme, String zh, String en) {}

  /**
   * @param ambiguous whether it may be several things; then somebody, or what is known, decides
   * @param reasons why it is nothing, where there are no candidates
   */
  record Resolved(boolean ambiguous, List<Candidate> candidates, List<Reason> reasons) {
    static Resolved of(Resolution resolution, PrefixTable prefixes) {
      List<Candidate> candidates = new ArrayList<>();
      resolution.codes().forEach(code -> candidates.add(candidate(code, prefixes)));
      resolution.persons().forEach(person -> candidates.add(candidate(person)));
      return new Resolved(
          resolution.isAmbiguous(),
          candidates,
          resolution.refusals().stream().map(CodeAnswers::reason).toList());
    }
  }

  private static Candidate candidate(Code code, PrefixTable prefixes) {
    Scheme scheme = code.scheme();
    boolean exempted =
        switch (code) {
          case ExemptedCode let -> true;
          case CreditCode credit -> credit.exemption().isPresent();
          default -> false;
        };
    return new Candidate(
        scheme.id(),
        scheme.zhName(),
        scheme.enName(),
        scheme.standard(),
        lower(code.level()),
        code.canonical(),
        code.plain(),
        exempted,
        code.forms(prefixes).stream()
            .map(form -> new Form(form.kind().name(), form.text()))
            .toList());
  }

  private static Candidate candidate(IdentityCard card) {
    Scheme scheme = Scheme.IDENTITY_CARD;
    return new Candidate(
        scheme.id(),
        scheme.zhName(),
        scheme.enName(),
        scheme.standard(),
        lower(scheme.level()),
        null,
        card.masked(),
        false,
        List.of());
  }

  private static Reason reason(Refusal refusal) {
    Scheme scheme = refusal.scheme();
    return new Reason(
        refusal.code(), scheme == null ? null : scheme.id(), refusal.zh(), refusal.en());
  }

  /**
   * @param check what its check promises, in two languages
   * @param issuable whether this platform may give such codes out
   * @param exemptible whether a code whose check fails can be let through by name
   */
  record SchemeAnswer(
      String id,
      String zh,
      String en,
      String standard,
      String level,
      String checkZh,
      String checkEn,
      boolean issuable,
      boolean exemptible) {
    static SchemeAnswer of(Scheme scheme) {
      return new SchemeAnswer(
          scheme.id(),
          scheme.zhName(),
          scheme.enName(),
          scheme.standard(),
          lower(scheme.level()),
          scheme.check().zh(),
          scheme.check().en(),
          Issuable.of(scheme) != null && scheme != Scheme.OPERATOR,
          scheme.isExemptible());
    }
  }

  record ExemptionAnswer(
      UUID id,
      String scheme,
      String value,
      String reason,
      String grantedBy,
      LocalDate from,
      @Nullable LocalDate to) {
    static ExemptionAnswer of(ExemptionRow row) {
      Exemption exemption = row.exemption();
      return new ExemptionAnswer(
          row.id(),
          exemption.scheme().id(),
          exemption.value(),
          exemption.reason(),
          exemption.grantedBy(),
          exemption.from(),
          exemption.to());
    }
  }

  /**
   * @param next id to ask for more after, or null
   */
  record ExemptionPage(List<ExemptionAnswer> exemptions, @Nullable UUID next) {}

  /**
   * @param entries places in the journal, as {@code 1-4711}
   * @param next place to ask for more after, or null
   */
  record UsePage(List<String> entries, @Nullable String next) {}

  record Warning(String code, String zh, String en) {}

  /**
   * @param remaining numbers left
   * @param warning from 80 % on; null before
   */
  record RangeAnswer(
      UUID id,
      String scheme,
      String stem,
      long first,
      long last,
      long used,
      long remaining,
      @Nullable String party,
      @Nullable Warning warning) {
    static RangeAnswer of(RangeRow row) {
      return of(row.id(), row.range(), row.party());
    }

    static RangeAnswer of(UUID id, CodeRange range, @Nullable String party) {
      return new RangeAnswer(
          id,
          range.issuable().scheme().id(),
          range.stem(),
          range.first(),
          range.last(),
          range.used(),
          range.remaining(),
          party,
          low(range));
    }
  }

  private static @Nullable Warning low(CodeRange range) {
    if (range.isExhausted()) {
      return new Warning("range-exhausted", "号段已用完。", "The range is used up.");
    }
    return range.isNearlyUsedUp()
        ? new Warning(
            "range-low",
            "号段已使用80%以上，请尽快申请新号段。",
            "More than 80 % of the range is used; ask for a new one soon.")
        : null;
  }

  record RangePage(List<RangeAnswer> ranges, @Nullable UUID next) {}

  record DrawnCode(String uri, String text) {}

  record DrawnAnswer(List<DrawnCode> codes, RangeAnswer range) {}

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
