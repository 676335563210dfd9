package org.yuanliu.platform.links;

import java.time.LocalDate;
import java.time.ZoneId;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The industries as the rows I1 to I9 name them, told through the public interface. */
class IndustryRowsTest {
  private static final LocalDate TODAY = LocalDate.now(ZoneId.of("Asia/Shanghai"));
  private static WholeServer server;

  @BeforeAll
  static void start() {
    server = WholeServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"I1", "I2", "I3", "I4", "I5", "I6", "I7", "I8", "I9", "I4-I1"})
  void theRowTellsItsChains(String row) {
    new Row("/rows/" + row + ".yaml", server, TODAY).tell();
  }
}
