package org.yuanliu.platform.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BinaryCopyTest {
  private TestDatabase database;
  private Connection connection;

  @BeforeEach
  void open() throws SQLException {
    database = TestDatabase.open();
    connection = database.unpooledDataSource().getConnection();
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
    database.close();
  }

  @Test
  void everyTypeIsReadBackAsItWasWritten() throws SQLException {
    execute(
        """
        create table t (a boolean, b smallint, c integer, d bigint, e double precision, f uuid,
          g uuid[], h text, i bytea, j timestamptz, k uuid[], l bigint[], m text[], n text[])
        """);
    UUID uuid = new UUID(0x8000000000000001L, -2);
    UUID other = new UUID(1, 2);
    Instant time = Instant.parse("1969-12-31T23:59:59.999999Z");
    try (BinaryCopy copy = new BinaryCopy(connection, "copy t from stdin (format binary)", 14)) {
      copy.row()
          .putBoolean(true)
          .putShort(-32768)
          .putInt(Integer.MIN_VALUE)
          .putLong(Long.MAX_VALUE)
          .putDouble(-0.1)
          .putUuid(uuid)
          .putUuids(List.of(uuid, other))
          .putText("源流 🐖")
          .putBytes(new byte[] {0, -1, 127})
          .putInstant(time)
          .putUuids(List.of())
          .putLongs(new long[] {Long.MIN_VALUE, 0, 7})
          .putTexts(List.of("猪 🐖", "", "a,{\"b\"}"))
          .putTexts(List.of());
      copy.row();
      for (int i = 0; i < 14; i++) {
        copy.putNull();
      }
      assertThat(copy.finish()).isEqualTo(2);
    }
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select * from t order by a nulls last")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getBoolean(1)).isTrue();
      assertThat(rows.getShort(2)).isEqualTo(Short.MIN_VALUE);
      assertThat(rows.getInt(3)).isEqualTo(Integer.MIN_VALUE);
      assertThat(rows.getLong(4)).isEqualTo(Long.MAX_VALUE);
      assertThat(rows.getDouble(5)).isEqualTo(-0.1);
      assertThat(rows.getObject(6, UUID.class)).isEqualTo(uuid);
      assertThat((Object[]) rows.getArray(7).getArray()).containsExactly(uuid, other);
      assertThat(rows.getString(8)).isEqualTo("源流 🐖");
      assertThat(rows.getBytes(9)).containsExactly(0, -1, 127);
      assertThat(rows.getTimestamp(10).toInstant()).isEqualTo(time);
      assertThat((Object[]) rows.getArray(11).getArray()).isEmpty();
      assertThat((Object[]) rows.getArray(12).getArray()).containsExactly(Long.MIN_VALUE, 0L, 7L);
      assertThat((Object[]) rows.getArray(13).getArray()).containsExactly("猪 🐖", "", "a,{\"b\"}");
      assertThat((Object[]) rows.getArray(14).getArray()).isEmpty();
      assertThat(rows.next()).isTrue();
      for (int i = 1; i <= 14; i++) {
        assertThat(rows.getObject(i)).isNull();
      }
    }
  }

  @Test
  void numbersKeepTheirDigits() throws SQLException {
    execute("create table t (n integer, v numeric)");
    List<String> values =
        List.of(
            "0",
            "0.00",
            "1",
            "-1",
            "8191",
            "8192",
            "-8192",
            "9999",
            "10000",
            "10001",
            "0.5",
            "-0.0001",
            "0.00001",
            "12.50",
            "123456789.123456789",
            "100000000",
            "1E+10",
            "0.000000001",
            "99990000.0001");
    try (BinaryCopy copy = new BinaryCopy(connection, "copy t from stdin (format binary)", 2)) {
      for (int i = 0; i < values.size(); i++) {
        copy.row().putInt(i).putNumeric(new BigDecimal(values.get(i)));
      }
      copy.finish();
    }
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select v from t order by n")) {
      for (String value : values) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getBigDecimal(1).toPlainString())
            .isEqualTo(new BigDecimal(value).toPlainString());
      }
    }
  }

  @Test
  void moreThanABufferGoesThrough() throws SQLException {
    execute("create table t (n bigint, v bytea)");
    byte[] large = new byte[1_000_000];
    large[999_999] = 7;
    try (BinaryCopy copy = new BinaryCopy(connection, "copy t from stdin (format binary)", 2)) {
      for (int i = 0; i < 20_000; i++) {
        copy.row().putLong(i).putBytes(i % 10_000 == 0 ? large : new byte[20]);
      }
      assertThat(copy.finish()).isEqualTo(20_000);
    }
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select count(*), sum(n), sum(length(v)) from t")) {
      rows.next();
      assertThat(rows.getLong(1)).isEqualTo(20_000);
      assertThat(rows.getLong(2)).isEqualTo(199_990_000);
      assertThat(rows.getLong(3)).isEqualTo(2_000_000 + 19_998 * 20);
    }
  }

  @Test
  void nothingIsStoredWithoutFinish() throws SQLException {
    execute("create table t (n bigint)");
    try (BinaryCopy copy = new BinaryCopy(connection, "copy t from stdin (format binary)", 1)) {
      copy.row().putLong(1);
    }
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select count(*) from t")) {
      rows.next();
      assertThat(rows.getLong(1)).isZero();
    }
  }

  @Test
  void rowsWithTooFewOrTooManyColumnsAreRefused() throws SQLException {
    execute("create table t (n bigint, m bigint)");
    try (BinaryCopy copy = new BinaryCopy(connection, "copy t from stdin (format binary)", 2)) {
      copy.row().putLong(1);
      assertThatThrownBy(copy::row).isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(copy::finish).isInstanceOf(IllegalStateException.class);
      copy.putLong(2);
      assertThatThrownBy(() -> copy.putLong(3)).isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(() -> copy.putShort(40_000)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
