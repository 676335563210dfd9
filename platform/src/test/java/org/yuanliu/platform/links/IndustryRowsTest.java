package org.yuanliu.platform.links;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.yuanliu.industry.Link;
import org.yuanliu.industry.Pack;
import org.yuanliu.industry.PackLoader;
import org.yuanliu.industry.Product;
import org.yuanliu.platform.Midday;

/** The industries as the rows I1 to I9 name them, told through the public interface. */
class IndustryRowsTest {
  private static final Clock CLOCK = Midday.clock();
  private static final LocalDate TODAY = Midday.today(CLOCK);

  /** In the words of each row, and then each product of it through every link. */
  static final List<String> ROWS =
      List.of(
          "I1",
          "I2",
          "I3",
          "I4",
          "I5",
          "I6",
          "I7",
          "I8",
          "I9",
          "I4-I1",
          "I1-products",
          "I2-products",
          "I3-products",
          "I4-products",
          "I5-products",
          "I6-products",
          "I7-products",
          "I8-products");

  private static WholeServer server;

  @BeforeAll
  static void start() {
    server = WholeServer.start(CLOCK);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @FieldSource("ROWS")
  void theRowTellsItsChains(String row) {
    new Row("/rows/" + row + ".yaml", server, TODAY).tell();
  }

  @Test
  void everyLinkOfEveryProductIsTold() {
    Set<String> told = new HashSet<>();
    ROWS.forEach(row -> told.addAll(new Row("/rows/" + row + ".yaml", server, TODAY).links()));
    Set<String> untold = new TreeSet<>();
    for (Pack pack : PackLoader.bundled().all()) {
      for (Product product : pack.products()) {
        for (Link link : product.links()) {
          String name = pack.id() + " " + product.id() + " " + link.id();
          // A link without events is told by another industry's form.
          if (!link.events().isEmpty() && !told.contains(name)) {
            untold.add(name);
          }
        }
      }
    }
    assertThat(untold).isEmpty();
  }
}
