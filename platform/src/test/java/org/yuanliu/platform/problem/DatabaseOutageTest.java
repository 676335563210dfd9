package org.yuanliu.platform.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.jdbc.support.SQLExceptionSubclassTranslator;
import org.springframework.transaction.CannotCreateTransactionException;

class DatabaseOutageTest {
  private static final String POOL_TIMED_OUT = "Connection is not available";

  @Test
  void noConnection() {
    var failure =
        new CannotGetJdbcConnectionException(
            "no connection", new SQLTransientConnectionException(POOL_TIMED_OUT));

    assertThat(DatabaseOutage.caused(failure)).isTrue();
    assertThat(DatabaseOutage.caused(new IllegalStateException("rendering failed", failure)))
        .isTrue();
  }

  @Test
  void noTransaction() {
    assertThat(DatabaseOutage.caused(new CannotCreateTransactionException("no transaction")))
        .isTrue();
  }

  @Test
  void whatTheDriverSays() {
    assertThat(DatabaseOutage.caused(translated(new SQLTransientConnectionException("pool"))))
        .isTrue();
    // PostgreSQL's manual, appendix A: connection failure, shutting down, starting up.
    for (String state : new String[] {"08006", "08001", "57P01", "57P02", "57P03"}) {
      assertThat(DatabaseOutage.caused(translated(new SQLException("lost", state))))
          .as(state)
          .isTrue();
    }
  }

  @Test
  void ourOwnMistakesAreNone() {
    SQLException syntax = new SQLException("syntax error", "42601");
    assertThat(DatabaseOutage.caused(new BadSqlGrammarException("task", "selekt", syntax)))
        .isFalse();
    assertThat(DatabaseOutage.caused(new DuplicateKeyException("twice"))).isFalse();
    assertThat(DatabaseOutage.caused(new IllegalStateException("mistake"))).isFalse();
    assertThat(DatabaseOutage.caused(null)).isFalse();
  }

  @Test
  void endsInACircleOfCauses() {
    Exception one = new IllegalStateException("one");
    one.initCause(new IllegalArgumentException("two", one));

    assertThat(DatabaseOutage.caused(one)).isFalse();
  }

  private static DataAccessException translated(SQLException e) {
    DataAccessException translated =
        new SQLExceptionSubclassTranslator().translate("test", null, e);
    assertThat(translated).as(e.getSQLState()).isNotNull();
    return translated;
  }
}
