package org.yuanliu.platform;

import java.time.Clock;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;
import org.yuanliu.codes.CodeReader;
import org.yuanliu.codes.Divisions;
import org.yuanliu.industry.PackLoader;
import org.yuanliu.industry.PackSet;
import org.yuanliu.industry.VerdictRules;

/** The server: what its capabilities share. Its command line is {@link Main}. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class YuanliuApplication {

  /** The one clock; tests put their own in its place. */
  @Bean
  Clock clock() {
    return Clock.systemUTC();
  }

  @Bean
  Divisions divisions() {
    return Divisions.standard();
  }

  /** Development zones and divisions too new for the table still have codes: lenient. */
  @Bean
  CodeReader codeReader(Divisions divisions) {
    return CodeReader.of(divisions).lenient();
  }

  @Bean
  VerdictRules verdictRules(ServerSettings settings) {
    return new VerdictRules(settings.zone());
  }

  @Bean
  PackSet packs() {
    return PackLoader.bundled();
  }
}
