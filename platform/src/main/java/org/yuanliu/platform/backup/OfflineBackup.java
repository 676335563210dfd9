package org.yuanliu.platform.backup;

import java.time.Clock;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.FilterType;
import org.yuanliu.platform.YuanliuApplication;

/**
 * What backup and restore need of the server, and no more: the database. Without @Configuration,
 * for the server scans for these.
 */
@ConfigurationPropertiesScan(basePackageClasses = YuanliuApplication.class)
@ComponentScan(
    basePackageClasses = YuanliuApplication.class,
    useDefaultFilters = false,
    includeFilters =
        @ComponentScan.Filter(
            type = FilterType.REGEX,
            pattern = {".*\\.database\\.DatabaseConfiguration", ".*\\.backup\\.(Backup|Restore)"}))
public class OfflineBackup {

  @Bean
  Clock clock() {
    return Clock.systemUTC();
  }
}
