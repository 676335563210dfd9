package org.yuanliu.platform.access;

import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.yuanliu.platform.ServerSettings;
import org.yuanliu.platform.access.Accounts.IssuedKey;
import org.yuanliu.platform.access.Accounts.NewAccount;
import org.yuanliu.platform.access.Accounts.NewKey;
import org.yuanliu.platform.codes.CodesSettings;
import org.yuanliu.platform.database.TestDatabase;
import org.yuanliu.platform.journal.EntryCriteria;
import org.yuanliu.platform.journal.EntryRef;
import org.yuanliu.platform.journal.EntrySearch;
import org.yuanliu.platform.journal.Journal;
import org.yuanliu.platform.journal.Projection;
import org.yuanliu.platform.journal.Standing;
import org.yuanliu.platform.registry.RegistrySettings;
import org.yuanliu.platform.registry.UnitWhereabouts;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Access, registry and problems behind a real port, on a database of their own. */
public final class TestServer implements AutoCloseable {
  public static final String OPERATOR_PARTY = "urn:yuanliu:uscc:91610100MA6U123487";
  public static final Instant START = Instant.parse("2026-11-21T02:00:00Z");
  public static final JsonMapper JSON = JsonMapper.builder().build();

  private final TestDatabase database;
  private final ConfigurableApplicationContext context;
  private final int port;

  private TestServer(TestDatabase database, String... properties) {
    this.database = database;
    Path folder;
    try {
      folder = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "access");
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    this.context =
        new SpringApplicationBuilder(TestApplication.class)
            .initializers(
                started -> {
                  var beans =
                      (org.springframework.context.support.GenericApplicationContext) started;
                  beans.registerBean(DataSource.class, database::dataSource);
                  beans.registerBean(MutableClock.class, () -> new MutableClock(START));
                  beans.registerBean(
                      ServerSettings.class,
                      () -> new ServerSettings(folder, "test/log", ZoneId.of("Asia/Shanghai")));
                  beans.registerBean(SecretFields.class, () -> (event, industry, who) -> event);
                  // No events come in here: nobody has seen any unit.
                  beans.registerBean(UnitWhereabouts.class, () -> (viewer, unit) -> false);
                  beans.registerBean(EntrySearch.class, NoEntries::new);
                  beans.registerBean(
                      TransactionalJournal.class,
                      () ->
                          new TransactionalJournal(
                              database.dataSource(),
                              beans.getBeanProvider(Projection.class),
                              beans.getBean(Clock.class)));
                })
            // Arguments of the command line: they rank above the settings file.
            .run(arguments(properties));
    this.port = Integer.parseInt(context.getEnvironment().getProperty("local.server.port", "0"));
  }

  private static String[] arguments(String... properties) {
    Stream<String> defaults =
        Stream.of(
            "server.port=0",
            "server.address=127.0.0.1",
            "spring.flyway.enabled=false",
            "logging.structured.format.console=",
            "logging.level.root=warn");
    List<String> named = Stream.of(properties).map(TestServer::name).toList();
    return Stream.concat(
            defaults.filter(property -> !named.contains(name(property))), Stream.of(properties))
        .map(property -> "--" + property)
        .toArray(String[]::new);
  }

  private static String name(String property) {
    return property.substring(0, property.indexOf('='));
  }

  /**
   * @param properties settings beside the defaults, as {@code name=value}
   */
  public static TestServer start(String... properties) {
    return new TestServer(TestDatabase.open(), properties);
  }

  public <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  public <T> T bean(String name, Class<T> type) {
    return context.getBean(name, type);
  }

  public MutableClock clock() {
    return bean(MutableClock.class);
  }

  public TransactionalJournal journal() {
    return (TransactionalJournal) bean(Journal.class);
  }

  public JdbcClient jdbc() {
    return JdbcClient.create(database.dataSource());
  }

  public URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  public UUID account(
      String name, String password, String party, ViewerKind kind, Permission... permissions) {
    return account(name, password, party, kind, "", Standing.DECLARED, permissions);
  }

  public UUID account(
      String name,
      String password,
      String party,
      ViewerKind kind,
      String divisionPrefix,
      Standing standing,
      Permission... permissions) {
    return bean(Accounts.class)
        .create(
            new NewAccount(
                name,
                password,
                party,
                kind,
                divisionPrefix,
                Set.of(),
                Set.of(permissions),
                standing));
  }

  /** A key that may do all that its account may. */
  public IssuedKey key(UUID account) {
    return bean(Accounts.class)
        .createKey(
            account,
            new NewKey("test", Set.of(Permission.values()), Standing.DECLARED, null, null));
  }

  /** A client with the key of a new account. */
  public Client client(String name, String party, ViewerKind kind, Permission... permissions) {
    return new Client(key(account(name, null, party, kind, permissions)).token());
  }

  public Client client(
      String name, String party, String division, Standing standing, Permission... permissions) {
    UUID account =
        account(name, null, party, ViewerKind.REGULATOR, division, standing, permissions);
    IssuedKey key =
        bean(Accounts.class)
            .createKey(
                account, new NewKey("test", Set.of(Permission.values()), standing, null, null));
    return new Client(key.token());
  }

  public Client operator() {
    return client(
        "operator" + UUID.randomUUID().toString().substring(0, 8),
        OPERATOR_PARTY,
        ViewerKind.OPERATOR,
        Permission.ofOperator().toArray(Permission[]::new));
  }

  /** The only one who reads the audit. */
  public Client auditor() {
    return client(
        "auditor" + UUID.randomUUID().toString().substring(0, 8),
        OPERATOR_PARTY,
        ViewerKind.OPERATOR,
        Permission.AUDIT);
  }

  /** A client without credentials; it keeps cookies. */
  public Client anonymous() {
    return new Client(null);
  }

  /** Stops the server gracefully, asks the database, and closes that too. */
  public long stopAndCount(String sql) {
    context.close();
    try (TestDatabase closing = database) {
      return JdbcClient.create(closing.unpooledDataSource()).sql(sql).query(Long.class).single();
    }
  }

  @Override
  public void close() {
    context.close();
    database.close();
  }

  /** One client with its cookies. */
  public final class Client {
    private final HttpClient http =
        HttpClient.newBuilder()
            .cookieHandler(new CookieManager(null, CookiePolicy.ACCEPT_ALL))
            .build();
    private final String token;

    Client(String token) {
      this.token = token;
    }

    public Client with(String otherToken) {
      return new Client(otherToken);
    }

    public Answer get(String path, String... headers) {
      return send("GET", path, null, headers);
    }

    public Answer post(String path, Object body, String... headers) {
      return send("POST", path, body, headers);
    }

    public Answer delete(String path, String... headers) {
      return send("DELETE", path, null, headers);
    }

    /**
     * @param body a String is sent as it is, everything else as JSON
     */
    public Answer send(String method, String path, Object body, String... headers) {
      String text =
          body == null ? null : body instanceof String s ? s : JSON.writeValueAsString(body);
      HttpRequest.Builder request =
          HttpRequest.newBuilder(uri(path))
              .method(
                  method,
                  text == null
                      ? HttpRequest.BodyPublishers.noBody()
                      : HttpRequest.BodyPublishers.ofString(text));
      if (text != null) {
        request.setHeader("Content-Type", "application/json");
      }
      if (token != null) {
        request.setHeader("Authorization", "Bearer " + token);
      }
      for (int i = 0; i < headers.length; i += 2) {
        request.setHeader(headers[i], headers[i + 1]);
      }
      try {
        return new Answer(http.send(request.build(), HttpResponse.BodyHandlers.ofString()));
      } catch (java.io.IOException e) {
        throw new java.io.UncheckedIOException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
  }

  /** What came back. */
  public record Answer(HttpResponse<String> response) {
    public int status() {
      return response.statusCode();
    }

    public String body() {
      return response.body();
    }

    public JsonNode json() {
      return JSON.readTree(response.body());
    }

    public String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }

    public List<String> headers(String name) {
      return response.headers().allValues(name);
    }

    /** Last part of the problem's type. */
    public String problem() {
      String type = json().path("type").asString("");
      return type.substring(type.lastIndexOf('/') + 1);
    }

    /** Everything but what every answer has of its own. */
    public Map<String, List<String>> stableHeaders() {
      var headers = new java.util.TreeMap<>(response.headers().map());
      headers.keySet().removeIf(name -> List.of("date", "x-request-id").contains(name));
      return headers;
    }
  }

  /** No events come in here. */
  private static final class NoEntries implements EntrySearch {
    @Override
    public List<EntryRef> find(EntryCriteria criteria, EntryCriteria.Window window) {
      return List.of();
    }

    @Override
    public long firstRecorded(Instant moment, long below) {
      return below;
    }
  }

  // Not @Configuration: the whole application, which scans these packages too, must not find it.
  @EnableAutoConfiguration
  @ComponentScan({
    "org.yuanliu.platform.access",
    "org.yuanliu.platform.codes",
    "org.yuanliu.platform.organisation",
    "org.yuanliu.platform.registry",
    "org.yuanliu.platform.problem",
    "org.yuanliu.platform.qr"
  })
  @EnableConfigurationProperties({
    AccessSettings.class,
    CertificateSettings.class,
    AuditSettings.class,
    CodesSettings.class,
    OidcSettings.class,
    RegistrySettings.class,
    SignInSettings.class
  })
  static class TestApplication {}
}
