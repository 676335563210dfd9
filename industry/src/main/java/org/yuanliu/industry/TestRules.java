package org.yuanliu.industry;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yuanliu.industry.ChainFacts.TestFact;
import org.yuanliu.industry.ChainFacts.TestResult;

/**
 * Whether tests failed. A failed test stands until a later pass by a method that may overrule it.
 */
final class TestRules {
  private TestRules() {}

  static List<Finding> judge(Map<String, TestMethod> methods, ChainFacts facts) {
    List<String> failed = new ArrayList<>();
    List<String> undecided = new ArrayList<>();
    List<String> passed = new ArrayList<>();
    for (TestFact test : facts.tests()) {
      switch (test.result()) {
        case PASSED -> passed.add(test.eventRef());
        case FAILED -> {
          if (!isOverruled(test, methods, facts)) {
            failed.add(test.eventRef());
          }
        }
        case UNDECIDED -> {
          if (!isDecidedLater(test, methods, facts)) {
            undecided.add(test.eventRef());
          }
        }
      }
    }
    List<Finding> findings = new ArrayList<>();
    if (!failed.isEmpty()) {
      findings.add(FindingCode.FAILED_TEST.finding(failed, Messages.failedTest()));
    }
    if (!undecided.isEmpty()) {
      findings.add(FindingCode.TEST_UNDECIDED.finding(undecided, Messages.testUndecided()));
    }
    if (findings.isEmpty() && !passed.isEmpty()) {
      findings.add(FindingCode.TESTS_PASSED.finding(passed, Messages.testsPassed(passed.size())));
    }
    return findings;
  }

  /** Whether the test is by this method or by one that may overrule it. */
  static boolean isBy(TestFact test, TestMethod method, Map<String, TestMethod> methods) {
    return isBy(test, method) || isByOverruling(test, method, methods);
  }

  private static boolean isOverruled(
      TestFact failed, Map<String, TestMethod> methods, ChainFacts facts) {
    return method(failed, methods)
        .map(
            method ->
                facts.tests().stream()
                    .anyMatch(
                        test -> isLaterPass(test, failed) && isByOverruling(test, method, methods)))
        .orElse(false);
  }

  private static boolean isDecidedLater(
      TestFact open, Map<String, TestMethod> methods, ChainFacts facts) {
    return method(open, methods)
        .map(
            method ->
                facts.tests().stream()
                    .anyMatch(test -> isLaterPass(test, open) && isBy(test, method, methods)))
        .orElse(false);
  }

  private static boolean isLaterPass(TestFact test, TestFact earlier) {
    return test.result() == TestResult.PASSED
        && test.time().isAfter(earlier.time())
        && !earlier.unitRefs().isEmpty()
        && test.unitRefs().containsAll(earlier.unitRefs());
  }

  private static Optional<TestMethod> method(TestFact test, Map<String, TestMethod> methods) {
    return methods.values().stream().filter(method -> isBy(test, method)).findFirst();
  }

  private static boolean isBy(TestFact test, TestMethod method) {
    return test.bizStep() != null && method.bizSteps().contains(test.bizStep());
  }

  private static boolean isByOverruling(
      TestFact test, TestMethod method, Map<String, TestMethod> methods) {
    return method.overruledBy().stream()
        .flatMap(id -> Optional.ofNullable(methods.get(id)).stream())
        .anyMatch(other -> isBy(test, other));
  }
}
