package org.yuanliu.platform.transparency;

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
 * What the commands of the log need of the server, and no more: no port, no lease, no migration. So
 * they run beside a server and on a stopped one. Without @Configuration, for the server scans for
 * these and has beans of the same names.
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
              ".*\\.journal\\.(TreeCheck|ViewCheck|EventSubjectCodec|LeafHashes)",
              ".*\\.trace\\.UnitView",
              ".*\\.query\\.QueryView",
              ".*\\.transparency\\.(KeyRows|TileRows|CheckpointRows|AnchorRows)",
              ".*\\.transparency\\.(ShownCheckpoint|LedgerKeys|LedgerCheck|KeyRotation)"
            }))
public class OfflineLedger {

  @Bean
  JdbcClient jdbcClient(DataSource dataSource) {
    return JdbcClient.create(dataSource);
  }

  @Bean
  TransactionOperations transactionOperations(DataSource dataSource) {
    return new TransactionTemplate(new DataSourceTransactionManager(dataSource));
  }

  @Bean
  java.time.Clock clock() {
    return java.time.Clock.systemUTC();
  }
}
