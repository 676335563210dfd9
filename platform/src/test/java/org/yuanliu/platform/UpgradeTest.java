package org.yuanliu.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.yuanliu.platform.access.Accounts;
import org.yuanliu.platform.access.Permission;
import org.yuanliu.platform.access.ViewerKind;
import org.yuanliu.platform.database.TestDatabase;
import org.yuanliu.platform.journal.Standing;
import org.yuanliu.platform.journal.StoredEntries;
import org.yuanliu.platform.journal.TestJournal;
import org.yuanliu.platform.journal.TreeCheck;

/** From every schema that was ever landed to this one, and two servers at once. */
class UpgradeTest {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final String PARTY = "urn:yuanliu:uscc:91310000MA1K00015N";

  /** What describes a schema: columns, indexes, constraints, triggers, comments. */
  private static final String SHAPE =
      """
      select table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable || ' '
        || coalesce(column_default, '')
      from information_schema.columns where table_schema = 'public'
      union all
      select indexdef from pg_indexes where schemaname = 'public'
      union all
      select conrelid::regclass || ' ' || pg_get_constraintdef(oid) from pg_constraint
      where connamespace = 'public'::regnamespace
      union all
      select tgrelid::regclass || ' ' || tgname from pg_trigger where not tgisinternal
      union all
      select c.relname || ' ' || coalesce(obj_description(c.oid, 'pg_class'), '') from pg_class c
      where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
      order by 1
      """;

  @TempDir Path folder;

  /**
   * The newest migration of each state of main that was landed. What is put in are the rows that
   * every one of them had: entries with their leaves, an account, a key, an audit record.
   */
  @ParameterizedTest
  @ValueSource(strings = {"5", "14", "60", "79", "97"})
  void rowsOfEverySchemaThatWasLandedComeThrough(String version) {
    try (TestDatabase database = TestDatabase.open();
        TestDatabase fresh = TestDatabase.open()) {
      JdbcClient jdbc = JdbcClient.create(database.dataSource());
      jdbc.sql("drop schema public cascade; create schema public").update();
      Flyway.configure().dataSource(database.dataSource()).target(version).load().migrate();
      StoredEntries.store(database, 0, 25);
      UUID account = UUID.randomUUID();
      jdbc.sql(
              """
              insert into account (id, name, name_key, party, viewer_kind, permissions, standing,
                created_at)
              values (:id, 'kept', 'kept', :party, 'ENTERPRISE', '{QUERY}', 1, now())
              """)
          .param("id", account)
          .param("party", PARTY)
          .update();
      jdbc.sql(
              """
              insert into audit (at, request_id, role, address, method, route, status, outcome)
              values (now(), 'kept', 'operator', '127.0.0.1', 'GET', '/', 200, 'done')
              """)
          .update();
      List<String> entries = rows(jdbc, "entry");
      List<String> leaves = rows(jdbc, "leaf");

      Flyway.configure().dataSource(database.dataSource()).load().migrate();

      assertThat(rows(jdbc, "entry")).hasSize(25).isEqualTo(entries);
      assertThat(rows(jdbc, "leaf")).isEqualTo(leaves);
      assertThat(TestJournal.check(database.dataSource())).isInstanceOf(TreeCheck.Sound.class);
      assertThat(
              jdbc.sql("select name from account where id = :id")
                  .param("id", account)
                  .query(String.class)
                  .single())
          .isEqualTo("kept");
      assertThat(jdbc.sql("select request_id from audit").query(String.class).single())
          .isEqualTo("kept");
      assertThat(shape(database)).isEqualTo(shape(fresh));
      StoredEntries.store(database, 25, 30);
      assertThat(TestJournal.check(database.dataSource())).isInstanceOf(TreeCheck.Sound.class);
    }
  }

  private static List<String> shape(TestDatabase database) {
    return JdbcClient.create(database.dataSource()).sql(SHAPE).query(String.class).list();
  }

  private static List<String> rows(JdbcClient jdbc, String table) {
    return jdbc.sql("select t::text from " + table + " t order by 1").query(String.class).list();
  }

  /** The old server stores on while the schema is a newer one's; none of the old ones starts. */
  @Test
  void anOldServerGoesOnBesideANewSchemaAndDoesNotStartOnIt() throws Exception {
    try (TestDatabase database = TestDatabase.openDurable()) {
      JdbcClient jdbc = JdbcClient.create(database.dataSource());
      String key;
      try (ConfigurableApplicationContext running = start(database, "one")) {
        key = key(running);
        assertThat(store(running, key, 1)).isEqualTo(201);
        // What the next version's migration does.
        jdbc.sql(
                """
                create table of_the_next_version (id integer);
                alter table audit add column of_the_next_version text;
                insert into flyway_schema_history (installed_rank, version, description, type,
                  script, checksum, installed_by, execution_time, success)
                select max(installed_rank) + 1, '9999', 'next', 'SQL', 'V9999__next.sql', 0, 'x', 1,
                  true
                from flyway_schema_history
                """)
            .update();
        assertThat(store(running, key, 2)).isEqualTo(201);
        assertThatThrownBy(() -> start(database, "refused"))
            .rootCause()
            .hasMessageContaining("schema 9999 is of a newer version")
            .hasMessageContaining("数据库结构 9999 来自更新的版本");
        jdbc.sql("delete from flyway_schema_history where version = '9999'").update();

        // One writer a journal: the second waits for the lease, and says who has it.
        assertThatThrownBy(() -> start(database, "two", "yuanliu.journal.lease-wait=1s"))
            .rootCause()
            .hasMessageContaining("Another server is writing the journal");
        assertThat(store(running, key, 3)).isEqualTo(201);
      }
      try (ConfigurableApplicationContext next = start(database, "two")) {
        assertThat(store(next, key, 4)).isEqualTo(201);
        assertThat(store(next, key, 1)).as("the same event again").isEqualTo(201);
        assertThat(jdbc.sql("select count(*) from entry where kind = 1").query(Long.class).single())
            .isEqualTo(4);
        assertThat(TestJournal.check(database.dataSource())).isInstanceOf(TreeCheck.Sound.class);
      }
    }
  }

  /** A rolling upgrade: the newer one has the journal, the older one goes on answering readers. */
  @Test
  @Tag("long")
  void theNewerServerStoresWhileTheOlderOneIsStillRead() throws Exception {
    try (TestDatabase database = TestDatabase.openDurable();
        ExecutorService thread = Executors.newSingleThreadExecutor();
        ConfigurableApplicationContext older = start(database, "older")) {
      JdbcClient jdbc = JdbcClient.create(database.dataSource());
      String key = key(older);
      assertThat(store(older, key, 1)).isEqualTo(201);
      // What the newer one's migration does, while the older one runs.
      jdbc.sql(
              """
              create table of_the_next_version (id integer);
              alter table audit add column of_the_next_version text;
              alter table account add column of_the_next_version text
              """)
          .update();
      assertThat(store(older, key, 2)).isEqualTo(201);

      int holder =
          jdbc.sql(
                  """
                  select pid from pg_locks
                  where locktype = 'advisory' and granted
                    and database = (select oid from pg_database where datname = current_database())
                  """)
              .query(Integer.class)
              .single();
      Future<ConfigurableApplicationContext> starting =
          thread.submit(() -> start(database, "newer", "yuanliu.journal.lease-wait=90s"));
      assertThat(store(older, key, 3)).as("while the newer one starts and waits").isEqualTo(201);
      assertThat(
              jdbc.sql("select pg_terminate_backend(:pid)")
                  .param("pid", holder)
                  .query(Boolean.class)
                  .single())
          .isTrue();
      try (ConfigurableApplicationContext newer = starting.get(120, TimeUnit.SECONDS)) {
        assertThat(store(newer, key, 4)).isEqualTo(201);
        assertThat(store(older, key, 5)).as("not the writer any more").isEqualTo(503);
        assertThat(store(newer, key, 6)).isEqualTo(201);
        for (ConfigurableApplicationContext reader : List.of(older, newer)) {
          assertThat(read(reader, key, 1)).isEqualTo(200);
          assertThat(read(reader, key, 3)).isEqualTo(200);
          assertThat(read(reader, key, 5)).isEqualTo(404);
        }
        assertThat(read(newer, key, 6)).isEqualTo(200);
        assertThat(jdbc.sql("select count(*) from entry where kind = 1").query(Long.class).single())
            .isEqualTo(5);
        assertThat(TestJournal.check(database.dataSource())).isInstanceOf(TreeCheck.Sound.class);
      }
    }
  }

  private ConfigurableApplicationContext start(
      TestDatabase database, String data, String... settings) {
    List<String> arguments = new ArrayList<>();
    Stream.concat(
            Stream.of(
                "yuanliu.data-dir=" + folder.resolve("data"),
                "yuanliu.database.url=" + database.url(),
                "yuanliu.database.user=" + database.user(),
                "yuanliu.database.password=" + database.password(),
                "spring.application.name=" + data,
                "server.port=0",
                "logging.structured.format.console=",
                "logging.level.root=off"),
            Stream.of(settings))
        .forEach(setting -> arguments.add("--" + setting));
    return new SpringApplicationBuilder(YuanliuApplication.class)
        .run(arguments.toArray(String[]::new));
  }

  private static String key(ConfigurableApplicationContext server) {
    Accounts accounts = server.getBean(Accounts.class);
    Set<Permission> both = EnumSet.of(Permission.CAPTURE, Permission.QUERY);
    UUID account =
        accounts.create(
            new Accounts.NewAccount(
                "firm", null, PARTY, ViewerKind.ENTERPRISE, "", Set.of(), both, Standing.DECLARED));
    return accounts
        .createKey(account, new Accounts.NewKey("test", both, Standing.DECLARED, null, null))
        .token();
  }

  private static int read(ConfigurableApplicationContext server, String key, int number)
      throws Exception {
    return HTTP.send(
            HttpRequest.newBuilder(
                    address(
                        server,
                        "/epcis/events/urn:uuid:00000000-0000-4000-8000-00000000000" + number))
                .header("Authorization", "Bearer " + key)
                .build(),
            HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  private static URI address(ConfigurableApplicationContext server, String path) {
    return URI.create(
        "http://127.0.0.1:" + server.getEnvironment().getProperty("local.server.port") + path);
  }

  private static int store(ConfigurableApplicationContext server, String key, int number)
      throws Exception {
    String event =
        """
        {"@context": ["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld"],
         "type": "ObjectEvent", "eventID": "urn:uuid:00000000-0000-4000-8000-00000000000%1$d",
         "eventTime": "2026-01-31T08:00:00+08:00", "eventTimeZoneOffset": "+08:00",
         "action": "OBSERVE", "bizStep": "shipping",
         "epcList": ["https://id.gs1.org/01/09506000134352/21/%1$d"]}\
        """
            .formatted(number);
    HttpResponse<String> answer =
        HTTP.send(
            HttpRequest.newBuilder(address(server, "/epcis/events"))
                .header("Authorization", "Bearer " + key)
                .header("Content-Type", "application/ld+json")
                .POST(HttpRequest.BodyPublishers.ofString(event))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    return answer.statusCode();
  }
}
