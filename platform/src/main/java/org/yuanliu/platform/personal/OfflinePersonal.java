package org.yuanliu.platform.personal;

import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.FilterType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionTemplate;
import org.yuanliu.platform.YuanliuApplication;

/**
 * What the commands about keys of personal data need of the server: they run beside one and on a
 * stopped one. Without @Configuration, for the server scans for these.
 */
@ConfigurationPropertiesScan(basePackageClasses = YuanliuApplication.class)
@ComponentScan(
    basePackageClasses = YuanliuApplication.class,
    useDefaultFilters = false,
    includeFilters =
        @ComponentScan.Filter(
            type = FilterType.REGEX,
            pattern = {
              ".*\\.database\\.DatabaseConfiguration",
              ".*\\.personal\\.(KeyRing|PersonalKeyRotation)"
            }))
public class OfflinePersonal {

  @Bean
  JdbcClient jdbcClient(DataSource dataSource) {
    return JdbcClient.create(dataSource);
  }

  @Bean
  TransactionOperations transactionOperations(DataSource dataSource) {
    return new TransactionTemplate(new DataSourceTransactionManager(dataSource));
  }

  @Bean
  Clock clock() {
    return Clock.systemUTC();
  }
}
