package org.yuanliu.industry;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.yuanliu.industry.ChainFacts.LinkFact;
import org.yuanliu.industry.ChainFacts.StepFact;

/**
 * Whether clocks contradict the records. What follows from something else can't have happened
 * before it, and nothing can be recorded before it happens; links hold whatever the clocks say.
 */
final class ClockRules {
  private ClockRules() {}

  /**
   * @param takesOn whether a step took on what was in use before: earlier days told of it are no
   *     contradiction
   */
  static List<Finding> judge(Duration allowed, ChainFacts facts, Predicate<StepFact> takesOn) {
    Set<String> takenOn =
        facts.steps().stream().filter(takesOn).map(StepFact::eventRef).collect(Collectors.toSet());
    List<String> wrong = new ArrayList<>();
    List<String> right = new ArrayList<>();
    for (LinkFact link : facts.links()) {
      if (link.explicit() && !takenOn.contains(link.fromEventRef())) {
        boolean backwards = isAfter(link.fromTime(), link.toTime(), allowed);
        List<String> refs = List.of(link.fromEventRef(), link.toEventRef());
        (backwards ? wrong : right).addAll(refs);
      }
    }
    for (StepFact step : facts.steps()) {
      if (isAfter(step.eventTime(), step.recordTime(), allowed)) {
        wrong.add(step.eventRef());
      }
    }
    if (!wrong.isEmpty()) {
      return List.of(FindingCode.CLOCK_DISAGREEMENT.finding(wrong, Messages.clockDisagreement()));
    }
    return right.isEmpty()
        ? List.of()
        : List.of(FindingCode.CLOCKS_AGREE.finding(right, Messages.clocksAgree()));
  }

  private static boolean isAfter(Instant first, Instant second, Duration allowed) {
    return Duration.between(second, first).compareTo(allowed) > 0;
  }
}
