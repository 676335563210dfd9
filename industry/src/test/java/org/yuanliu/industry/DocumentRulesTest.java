package org.yuanliu.industry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.yuanliu.industry.ChainSketch.COMMITMENT;
import static org.yuanliu.industry.ChainSketch.DAY;
import static org.yuanliu.industry.ChainSketch.MEAT;
import static org.yuanliu.industry.ChainSketch.MIDNIGHT;
import static org.yuanliu.industry.ChainSketch.PRODUCT;
import static org.yuanliu.industry.Judging.PACKS;
import static org.yuanliu.industry.Judging.codes;
import static org.yuanliu.industry.Judging.finding;
import static org.yuanliu.industry.Judging.judge;
import static org.yuanliu.industry.Judging.refs;

import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.yuanliu.industry.ChainFacts.DocumentFact;
import org.yuanliu.industry.ChainFacts.TestResult;

/**
 * What is asked of the documents of a chain: that they are there, good on the day, and not
 * overdrawn.
 */
class DocumentRulesTest {
  private final ChainSketch pork = ChainSketch.pork();
  private final ChainSketch vegetables = ChainSketch.vegetables();

  @Test
  void aRequiredDocumentIsMissed() {
    pork.at("entered").citing(MEAT);
    Verdict verdict = judge(pork);
    assertThat(verdict.level()).isEqualTo(Level.INCOMPLETE);
    assertThat(refs(verdict, "missing_document")).containsExactly("entered");
    assertThat(finding(verdict, "missing_document").message().zh())
        .contains("批发市场进场")
        .contains("动物产品检疫合格证明")
        .doesNotContain("肉品");
  }

  @Test
  void vegetablesEnterWithACertificateOrAPassedTest() {
    vegetables.at("entered").citing();
    assertThat(judge(vegetables).level()).isEqualTo(Level.COMPLETE);
    vegetables.tests.clear();
    assertThat(refs(judge(vegetables), "missing_document")).containsExactly("entered");
    vegetables.test("tested", "rapid_testing", TestResult.PASSED, 3, "another lot");
    assertThat(codes(judge(vegetables))).contains("missing_document");
    vegetables.test("tested", "laboratory_testing", TestResult.PASSED, 3, "v1");
    assertThat(judge(vegetables).level()).isEqualTo(Level.COMPLETE);
  }

  @Test
  void anUnregisteredDocumentLeavesDoubt() {
    pork.documents.remove(PRODUCT);
    Verdict verdict = judge(pork);
    assertThat(verdict.level()).isEqualTo(Level.INCOMPLETE);
    assertThat(refs(verdict, "document_unregistered")).containsExactly(PRODUCT.ref());
  }

  @Test
  void aDocumentThatDoesNotTellItsTermOrQuantityLeavesDoubt() {
    pork.register(PRODUCT, DAY, null, "80", "80");
    assertThat(refs(judge(pork), "document_unclear")).containsExactly(PRODUCT.ref());
    pork.register(PRODUCT, DAY, DAY, null, "80");
    assertThat(refs(judge(pork), "document_unclear")).containsExactly(PRODUCT.ref());
    pork.register(PRODUCT, DAY, DAY, "80", null);
    assertThat(refs(judge(pork), "document_unclear")).containsExactly(PRODUCT.ref());
    pork.register(PRODUCT, DAY, DAY, "80", "80");
    assertThat(judge(pork).level()).isEqualTo(Level.COMPLETE);
  }

  @Test
  void aDocumentIsGoodOnItsDaysAndOnNoOther() {
    // Slaughtered and entered on the day itself.
    pork.register(PRODUCT, DAY, DAY, "80", "80");
    assertThat(judge(pork).level()).isEqualTo(Level.COMPLETE);
    pork.register(PRODUCT, DAY.minusDays(3), DAY.minusDays(1), "80", "80");
    assertThat(judge(pork).level()).isEqualTo(Level.PROBLEM);
    assertThat(refs(judge(pork), "document_expired")).containsExactly(PRODUCT.ref());
    pork.register(PRODUCT, DAY.plusDays(1), DAY.plusDays(3), "80", "80");
    assertThat(refs(judge(pork), "document_expired")).containsExactly(PRODUCT.ref());
  }

  @Test
  void legalDaysAreThoseOfTheZone() {
    pork.register(PRODUCT, DAY, DAY, "80", "80");
    // 2 o'clock in Shanghai is still the day before in UTC.
    Verdict inUtc = new VerdictRules(ZoneOffset.UTC).judge(PACKS, pork.facts());
    assertThat(refs(inUtc, "document_expired")).contains(PRODUCT.ref());
    pork.at("entered").time = MIDNIGHT.plus(Duration.ofDays(1)).minusMillis(1);
    assertThat(codes(judge(pork))).doesNotContain("document_expired");
    pork.at("entered").time = MIDNIGHT.plus(Duration.ofDays(1));
    assertThat(codes(judge(pork))).contains("document_expired");
  }

  @Test
  void aMentionOfAnOldCertificateIsNoUse() {
    pork.register(PRODUCT, DAY, DAY, "80", "80");
    pork.at("at-stall").citing(MEAT, PRODUCT).time = MIDNIGHT.plus(Duration.ofHours(30));
    pork.at("receipt").time = MIDNIGHT.plus(Duration.ofHours(31));
    assertThat(judge(pork).level()).isEqualTo(Level.COMPLETE);
  }

  @Test
  void aUseThatTheDocumentItselfTellsCounts() {
    DocumentFact good = pork.documents.get(PRODUCT);
    pork.documents.put(
        PRODUCT,
        new DocumentFact(
            PRODUCT,
            good.validFrom(),
            good.validTo(),
            good.coveredQuantity(),
            good.uom(),
            good.drawnQuantity(),
            List.of(MIDNIGHT.plus(Duration.ofDays(3))),
            true));
    assertThat(refs(judge(pork), "document_expired")).containsExactly(PRODUCT.ref());
  }

  @Test
  void aDocumentIsDrawnOnForWhatItCoversAndNotMore() {
    pork.register(PRODUCT, DAY, DAY, "80", "80.001");
    assertThat(judge(pork).level()).isEqualTo(Level.PROBLEM);
    assertThat(refs(judge(pork), "document_overdrawn")).containsExactly(PRODUCT.ref());
    pork.register(PRODUCT, DAY, DAY, "80.0", "80.000");
    assertThat(judge(pork).level()).isEqualTo(Level.COMPLETE);
    vegetables.register(COMMITMENT, DAY.minusDays(1), DAY, "30", "60");
    assertThat(refs(judge(vegetables), "document_overdrawn")).containsExactly(COMMITMENT.ref());
  }
}
