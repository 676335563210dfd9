package org.yuanliu.platform.database;

import java.util.Arrays;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.stereotype.Component;

/**
 * Migrates at the start, and refuses a database that a newer program has migrated already: what
 * this one would store there may not be what that one expects. A server that runs meanwhile goes
 * on; so a rolling upgrade starts the new one beside the old one, and none goes back.
 */
@Component
final class KnownSchema implements FlywayMigrationStrategy {

  /** The database is newer than the program. */
  static final class NewerException extends IllegalStateException {
    private static final long serialVersionUID = 1;

    NewerException(String version) {
      super(
          "数据库结构 %1$s 来自更新的版本，本程序不认识：请启动同样新的程序，或把备份恢复到新的数据库 / The database's schema %1$s is of a newer version, which this program does not know: start a program as new, or restore a backup into a new database"
              .formatted(version));
    }
  }

  @Override
  public void migrate(Flyway flyway) {
    Arrays.stream(flyway.info().all())
        .filter(migration -> migration.getState() == MigrationState.FUTURE_SUCCESS)
        .map(MigrationInfo::getVersion)
        .max((a, b) -> a.compareTo(b))
        .ifPresent(
            newer -> {
              throw new NewerException(newer.getVersion());
            });
    flyway.migrate();
  }
}
