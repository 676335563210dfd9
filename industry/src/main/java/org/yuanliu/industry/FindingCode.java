package org.yuanliu.industry;

import java.util.List;
import java.util.Locale;

/** The findings of the engine's own checks, each with the severity it always has. */
public enum FindingCode {
  /** A link that the product requires is not recorded. */
  MISSING_LINK(Severity.DOUBT),
  /** A required link rests on records that may belong to other goods. */
  ONLY_POSSIBLE(Severity.DOUBT),
  /** A step happened at a place of unknown kind, so it can't be told what the place asks for. */
  PLACE_UNKNOWN(Severity.DOUBT),
  /** A link cites no document of a kind that it requires, nor shows what may stand for it. */
  MISSING_DOCUMENT(Severity.DOUBT),
  /** A link shows no passed test of a kind that it requires. */
  MISSING_TEST(Severity.DOUBT),
  /** A cited document is not registered, so nothing about it could be checked. */
  DOCUMENT_UNREGISTERED(Severity.DOUBT),
  /** A registered document does not tell how long or for how much it is good. */
  DOCUMENT_UNCLEAR(Severity.DOUBT),
  /** A document was used on a day on which it was not valid. */
  DOCUMENT_EXPIRED(Severity.PROBLEM),
  /** More was drawn on a document than it covers (一证多用). */
  DOCUMENT_OVERDRAWN(Severity.PROBLEM),
  /** A holder passed on more than came in. */
  OVERSOLD(Severity.PROBLEM),
  /** No quantities are known where the product requires them to balance. */
  BALANCE_UNKNOWN(Severity.DOUBT),
  /** A test failed and no test that may overrule it passed later. */
  FAILED_TEST(Severity.PROBLEM),
  /** A test has been done and its result is not known. */
  TEST_UNDECIDED(Severity.DOUBT),
  /** Records that follow from each other have times in the wrong order. */
  CLOCK_DISAGREEMENT(Severity.DOUBT),
  /** Goods whose origin nobody recorded. */
  UNKNOWN_UPSTREAM(Severity.DOUBT),
  /** A gap that a late report has closed. */
  LATE_REPORT(Severity.INFO),
  /** The goods came from one of several batches, which can't be told apart. */
  INFERRED_ATTRIBUTION(Severity.INFO),
  /** The chain is longer than what was looked at. */
  CHAIN_TRUNCATED(Severity.DOUBT),
  /** The packs' checks have not looked at the newest records yet. */
  CHECKS_PENDING(Severity.DOUBT),
  /** No pack in force knows the product. */
  PRODUCT_UNKNOWN(Severity.UNKNOWN),
  /** There is no record of the goods at all. */
  NO_RECORDS(Severity.UNKNOWN),
  /** A required link is there. */
  LINK_PRESENT(Severity.HELD),
  /** The documents were valid on the days of use and cover what was drawn. */
  DOCUMENTS_VALID(Severity.HELD),
  /** No more went out than came in, anywhere on the chain. */
  QUANTITIES_BALANCE(Severity.HELD),
  /** Tests were done and passed. */
  TESTS_PASSED(Severity.HELD),
  /** The recorded times agree with the order of the steps. */
  CLOCKS_AGREE(Severity.HELD);

  private final Severity severity;

  FindingCode(Severity severity) {
    this.severity = severity;
  }

  /** The stable name in answers and settings, {@code missing_link} for instance. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  public Severity severity() {
    return severity;
  }

  Finding finding(List<String> refs, Localized message) {
    return new Finding(id(), severity, refs, message);
  }

  /** A finding about a link of the product. */
  Finding finding(List<String> refs, Localized message, Link about) {
    return new Finding(id(), severity, refs, message, about.id());
  }
}
