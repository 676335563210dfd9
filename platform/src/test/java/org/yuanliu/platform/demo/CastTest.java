package org.yuanliu.platform.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.yuanliu.codes.CreditCode;
import org.yuanliu.platform.demo.History.Told;

final class CastTest {
  private final Cast cast = new Cast();

  @Test
  void hasAboutTwentyPartiesWithCodesOfTheirOwn() {
    assertThat(cast.all()).hasSizeBetween(20, 30);
    assertThat(cast.all().stream().flatMap(actor -> actor.codes().stream()))
        .doesNotHaveDuplicates();
    assertThat(cast.all().stream().map(Actor::key)).doesNotHaveDuplicates();
    assertThat(cast.all())
        .anySatisfy(actor -> assertThat(actor.name()).hasSizeGreaterThanOrEqualTo(30));
  }

  @Test
  void creditCodesHoldBothChecks() {
    for (Actor actor : cast.all()) {
      if (actor.id().startsWith("urn:yuanliu:uscc:")) {
        CreditCode code = CreditCode.of(DemoEvents.plain(actor.id()));
        assertThat(code.organisationCheckHolds()).as(actor.key()).isTrue();
        assertThat(code.value().substring(8, 12)).isEqualTo("MA00");
      }
    }
  }

  @Test
  void mandatesCoverAllThatIsReportedForOthers() {
    Map<String, Actor> byId =
        cast.all().stream().collect(Collectors.toMap(Actor::id, Function.identity()));
    Set<String> steps = new HashSet<>();
    for (Told told :
        History.of(new DemoOptions(0.01, LocalDateTime.of(2026, 11, 20, 20, 0), 1)).told) {
      if (told.principal().equals(told.reporter())) {
        continue;
      }
      Actor principal = byId.get(told.principal());
      assertThat(principal.market()).isNotNull();
      assertThat(principal.reporter().id()).isEqualTo(told.reporter());
      assertThat(Cast.MANDATED_STEPS).contains(told.event().bizStep());
      steps.add(told.event().bizStep());
    }
    // No wider than needed.
    assertThat(steps).isEqualTo(Cast.MANDATED_STEPS);
  }

  @Test
  void everyReporterHasACredential() {
    Set<String> reporters = cast.reporters().stream().map(Actor::id).collect(Collectors.toSet());

    assertThat(DemoEvents.stream(new DemoOptions(0.01, LocalDateTime.of(2026, 11, 20, 20, 0), 1)))
        .allSatisfy(document -> assertThat(reporters).contains(document.reporter()));
  }
}
