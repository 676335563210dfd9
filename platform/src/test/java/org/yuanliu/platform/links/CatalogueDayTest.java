package org.yuanliu.platform.links;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.yuanliu.platform.Midday;
import org.yuanliu.platform.access.MutableClock;
import org.yuanliu.platform.links.WholeServer.Answer;

/** A product comes on the key catalogue: from its day on a page shows what the links lack. */
class CatalogueDayTest {
  /** A month's notice and a day, and the goods are two days old when they are looked at. */
  private static final int DAYS = 33;

  @Test
  void gapsCountFromTheDayOn() {
    MutableClock clock = new MutableClock(Midday.clock().instant().truncatedTo(ChronoUnit.SECONDS));
    try (WholeServer server = WholeServer.start(clock)) {
      LocalDate today = Midday.today(clock);
      LocalDate from = today.plusDays(DAYS - 2);
      server.put("/api/v1/catalogue/national", server.operator, catalogue(today, from)).ok();
      new Row("/rows/catalogue-before.yaml", server, today).tell();

      clock.advance(Duration.ofDays(DAYS));
      Row after = new Row("/rows/catalogue-after.yaml", server, today.plusDays(DAYS));
      after.tell();
      Answer english = server.get("/t/61011377090020000001?lang=en", "").ok();
      assertThat(english.body()).contains("Sale at the farm");
    }
  }

  private static Map<String, Object> catalogue(LocalDate today, LocalDate from) {
    return Map.of(
        "version",
        1,
        "effectiveFrom",
        today.toString(),
        "products",
        List.of(
            Map.of(
                "industry",
                "farm-products",
                "product",
                "fruit",
                "list",
                "KEY",
                "importance",
                4,
                "probability",
                3,
                "severity",
                3,
                "reason",
                "农药残留",
                "mandatoryFrom",
                from.toString())));
  }
}
