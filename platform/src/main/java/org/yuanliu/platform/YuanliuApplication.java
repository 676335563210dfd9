package org.yuanliu.platform;

import java.time.Clock;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;
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
  VerdictRules verdictRules(ServerSettings settings) {
    return new VerdictRules(settings.zone());
  }
}
