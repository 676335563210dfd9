package org.yuanliu.platform;

import java.time.Clock;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;

/** The server. Its command line is {@link Main}. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class YuanliuApplication {

  /** The one clock; tests put their own in its place. */
  @Bean
  Clock clock() {
    return Clock.systemUTC();
  }
}
