package org.yuanliu.platform.codes;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.yuanliu.codes.CodeReader;
import org.yuanliu.codes.Divisions;
import org.yuanliu.platform.ServerSettings;

/** The readers of codes that the capabilities share. */
@Configuration(proxyBeanMethods = false)
class CodesConfiguration {
  /**
   * The divisions that are built in, and above them the operator's own table of development zones.
   */
  @Bean
  Divisions divisions(CodesSettings settings) throws IOException {
    Path own = settings.divisions();
    if (own == null) {
      return Divisions.standard();
    }
    try (Reader table = Files.newBufferedReader(own)) {
      return Divisions.standard().with(Divisions.read(table));
    }
  }

  /** Development zones and divisions too new for the table still have codes: lenient. */
  @Bean
  CodeReader codeReader(
      Divisions divisions,
      HeldExemptions exemptions,
      CodesSettings settings,
      Clock clock,
      ServerSettings server) {
    return CodeReader.of(divisions)
        .lenient()
        .exempting(exemptions)
        .expecting(settings.patterns())
        .withClock(clock, server.zone());
  }
}
