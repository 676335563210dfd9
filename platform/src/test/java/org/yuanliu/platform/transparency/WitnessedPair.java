package org.yuanliu.platform.transparency;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.yuanliu.ledger.Suite;
import org.yuanliu.ledger.note.FileSigner;
import org.yuanliu.ledger.note.PrivateKeys;
import org.yuanliu.ledger.note.SignatureType;
import org.yuanliu.ledger.note.Signer;
import org.yuanliu.ledger.note.VerifierKey;
import org.yuanliu.platform.ServerSettings;
import org.yuanliu.platform.database.TestDatabase;
import org.yuanliu.platform.journal.TestJournal;

/**
 * Two servers that cosign each other's logs, one of each suite; both watch a third log, whose keys
 * a test has. The city keeps its key sealed in the database, the province has a process sign.
 */
final class WitnessedPair implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofMillis(1500);

  final Side city;
  final Side province;

  /** The third log, in both suites. */
  final Signer third = newSigner("third.example/log", SignatureType.ED25519);

  final Signer thirdSm2 = newSigner("third.example/sm", SignatureType.SM2);

  WitnessedPair() {
    try {
      Path folder =
          Files.createTempDirectory(Files.createDirectories(Path.of("target", "ledger")), "pair");
      city = new Side(folder.resolve("city"), "city.example/log", Suite.SHA256_ED25519);
      province = new Side(folder.resolve("province"), "province.example/log", Suite.SM3_SM2);
      Path kek = folder.resolve("kek");
      Files.writeString(kek, "7e".repeat(32) + "\n");
      city.holder =
          new TransparencySettings.Keys(
              TransparencySettings.Holder.DATABASE, kek, "", List.of(), Duration.ofSeconds(20));
      Path secret = folder.resolve("province.key");
      Signer held = FileSigner.create(secret, province.log, SignatureType.SM2, new SecureRandom());
      province.holder =
          new TransparencySettings.Keys(
              TransparencySettings.Holder.PROCESS,
              null,
              held.key().toString(),
              KeyHolderProcess.command(secret, province.log, SignatureType.SM2),
              Duration.ofSeconds(20));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    // The city's door closes without witnesses, the province's stays open.
    city.start(province, List.of(third.key(), thirdSm2.key()), true);
    province.start(city, List.of(third.key(), thirdSm2.key()), false);
  }

  private static Signer newSigner(String name, SignatureType type) {
    return PrivateKeys.signer(name, type, PrivateKeys.generate(type.suite(), new SecureRandom()));
  }

  /** One of the two: what stays while its server is stopped and started. */
  static final class Side {
    final TestDatabase database = TestDatabase.openDurable();
    final String log;
    final Suite suite;
    private final Path folder;
    private final int port = freePort();
    private TransparencySettings.Keys holder;
    private List<String> properties = List.of();
    private LedgerServer server;

    private Side(Path folder, String log, Suite suite) {
      this.folder = folder;
      this.log = log;
      this.suite = suite;
    }

    LedgerServer server() {
      return server;
    }

    /** The keys as a start makes them; they are made before, so that both sides know both. */
    private VerifierKey key(KeyPurpose purpose, Side watched) {
      JdbcClient jdbc = JdbcClient.create(database.dataSource());
      var settings =
          new TransparencySettings(
              true,
              Duration.ofSeconds(1),
              Duration.ofDays(7),
              holder,
              new TransparencySettings.Witnesses(
                  List.of(), 0, PATIENCE, false, Duration.ofSeconds(5)),
              new TransparencySettings.Watch(
                  "",
                  List.of(
                      new TransparencySettings.WatchedLog(watched.log, List.of("made later")))));
      return new LedgerKeys(
              new KeyRows(
                  jdbc,
                  new TransactionTemplate(new DataSourceTransactionManager(database.dataSource()))),
              new ServerSettings(folder, log, ZoneId.of("Asia/Shanghai")),
              TestJournal.settings(suite),
              settings,
              Clock.systemUTC())
          .published(purpose)
          .getFirst()
          .key();
    }

    VerifierKey logKey(Side other) {
      return key(KeyPurpose.LOG, other);
    }

    VerifierKey witnessKey(Side watched) {
      return key(KeyPurpose.witness(watched.suite), watched);
    }

    private void start(Side other, List<VerifierKey> third, boolean closes) {
      List<String> all = new ArrayList<>();
      all.add("server.port=" + port);
      all.add("yuanliu.log=" + log);
      all.add("yuanliu.journal.suite=" + suite.id());
      all.add("yuanliu.database.url=" + database.url());
      all.add("yuanliu.database.user=" + database.user());
      all.add("yuanliu.database.password=" + database.password());
      String keys = "yuanliu.transparency.keys.";
      all.add(keys + "holder=" + holder.holder());
      all.add(keys + "timeout=20s");
      if (holder.keyEncryptionKeyFile() != null) {
        all.add(keys + "key-encryption-key-file=" + holder.keyEncryptionKeyFile());
      }
      if (!holder.publicKey().isEmpty()) {
        all.add(keys + "public-key=" + holder.publicKey());
        for (int i = 0; i < holder.command().size(); i++) {
          all.add(keys + "command[" + i + "]=" + holder.command().get(i));
        }
      }
      String witnesses = "yuanliu.transparency.witnesses.";
      all.add(witnesses + "list[0].url=http://127.0.0.1:" + other.port + "/ledger/witness");
      all.add(witnesses + "list[0].key=" + other.witnessKey(this));
      all.add(witnesses + "required=1");
      all.add(witnesses + "patience=" + PATIENCE.toMillis() + "ms");
      all.add(witnesses + "fail-closed=" + closes);
      String watch = "yuanliu.transparency.watch.logs";
      all.add(watch + "[0].origin=" + other.log);
      all.add(watch + "[0].keys[0]=" + other.logKey(this));
      for (int i = 0; i < third.size(); i++) {
        all.add(watch + "[" + (i + 1) + "].origin=" + third.get(i).name());
        all.add(watch + "[" + (i + 1) + "].keys[0]=" + third.get(i));
      }
      properties = List.copyOf(all);
      restart();
    }

    void restart() {
      server = LedgerServer.start(folder, properties.toArray(String[]::new));
    }

    void stop() {
      server.close();
    }

    private void close() {
      if (server != null) {
        server.close();
      }
      database.close();
    }

    private static int freePort() {
      try (ServerSocket socket = new ServerSocket(0)) {
        return socket.getLocalPort();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Override
  public void close() {
    city.close();
    province.close();
  }

  static String text(byte[] body) {
    return new String(body, UTF_8);
  }
}
