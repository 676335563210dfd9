package org.yuanliu.platform.operations;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.yuanliu.platform.ServerSettings;
import org.yuanliu.platform.journal.JournalGrowth;

/** What is stored, how it has grown by day, and until when the disk will do. */
@Component
final class Storage {
  /** Days shown. */
  static final int DAYS = 14;

  /** Days that the forecast rests on: a week, as trade has one. */
  static final int BASE_DAYS = 7;

  /** The largest tables; what is smaller does not fill a disk. */
  private static final int TABLES = 12;

  private static final long BYTES_PER_MB = 1024 * 1024;

  private final JdbcClient jdbc;
  private final JournalGrowth growth;
  private final ServerSettings server;
  private final boolean embedded;
  private final long reserveBytes;
  private final Clock clock;

  Storage(
      JdbcClient jdbc,
      JournalGrowth growth,
      ServerSettings server,
      Environment environment,
      Clock clock) {
    this.jdbc = requireNonNull(jdbc, "jdbc is null");
    this.growth = requireNonNull(growth, "growth is null");
    this.server = requireNonNull(server, "server is null");
    this.embedded = environment.getProperty("yuanliu.database.url", "").isEmpty();
    this.reserveBytes =
        environment.getRequiredProperty("yuanliu.database.reserve-mb", Long.class) * BYTES_PER_MB;
    this.clock = requireNonNull(clock, "clock is null");
  }

  record Table(String name, long bytes) {}

  record Day(LocalDate day, long entries) {}

  /**
   * @param free of the disk of the data folder; the reserve is part of it
   * @param reserve with less nothing is stored
   */
  record Disk(long total, long free, long reserve) {}

  /**
   * @param entriesADay on average over the last seven whole days; over those since the first entry
   *     where these are fewer
   * @param bytesAnEntry the database by the number of entries
   * @param daysLeft until nothing is stored any more; null where the disk is another machine's or
   *     nothing grows
   */
  record Forecast(double entriesADay, long bytesAnEntry, long bytesADay, @Nullable Long daysLeft) {}

  record Report(
      long entries,
      long databaseBytes,
      List<Table> tables,
      List<Day> days,
      @Nullable Disk disk,
      Forecast forecast) {}

  Report report() {
    long bytes = jdbc.sql("select pg_database_size(current_database())").query(Long.class).single();
    List<Table> tables =
        jdbc.sql(
                """
                select coalesce(p.relname, c.relname), sum(pg_total_relation_size(c.oid)) as bytes
                from pg_class c
                left join pg_inherits i on i.inhrelid = c.oid
                left join pg_class p on p.oid = i.inhparent
                where c.relnamespace = current_schema()::regnamespace and c.relkind = 'r'
                group by 1 order by bytes desc limit :limit
                """)
            .param("limit", TABLES)
            .query((row, number) -> new Table(row.getString(1), row.getLong(2)))
            .list();
    List<Day> days = days();
    long entries = growth.size();
    Disk disk = disk();
    return new Report(entries, bytes, tables, days, disk, forecast(entries, bytes, days, disk));
  }

  private List<Day> days() {
    LocalDate today = LocalDate.ofInstant(clock.instant(), server.zone());
    List<Day> days = new ArrayList<>();
    long before = sizeAtBegin(today.minusDays(DAYS - 1L));
    for (int back = DAYS - 1; back >= 0; back--) {
      LocalDate day = today.minusDays(back);
      long after = back == 0 ? growth.size() : sizeAtBegin(day.plusDays(1));
      days.add(new Day(day, Math.max(0, after - before)));
      before = after;
    }
    return days;
  }

  private long sizeAtBegin(LocalDate day) {
    return growth.sizeAt(day.atStartOfDay(server.zone()).toInstant());
  }

  private @Nullable Disk disk() {
    if (!embedded) {
      return null;
    }
    try {
      FileStore store = Files.getFileStore(server.dataDir().toAbsolutePath());
      return new Disk(store.getTotalSpace(), store.getUsableSpace(), reserveBytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Forecast forecast(long entries, long bytes, List<Day> days, @Nullable Disk disk) {
    // Today is not over; what lies before the first entry was no day of trade.
    List<Day> whole =
        days.subList(0, days.size() - 1).stream().dropWhile(day -> day.entries() == 0).toList();
    List<Day> base = whole.subList(Math.max(0, whole.size() - BASE_DAYS), whole.size());
    double entriesADay =
        base.isEmpty()
            ? days.getLast().entries()
            : base.stream().mapToLong(Day::entries).average().orElse(0);
    long bytesAnEntry = entries == 0 ? 0 : bytes / entries;
    long bytesADay = Math.round(entriesADay * bytesAnEntry);
    Long daysLeft =
        disk == null || bytesADay == 0
            ? null
            : (Long) Math.max(0, (disk.free() - disk.reserve()) / bytesADay);
    return new Forecast(entriesADay, bytesAnEntry, bytesADay, daysLeft);
  }
}
