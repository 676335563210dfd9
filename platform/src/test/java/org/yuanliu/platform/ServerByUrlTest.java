package org.yuanliu.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yuanliu.platform.database.InstalledPostgres;

/** The oldest PostgreSQL that the platform takes, run by somebody else and named by its URL. */
class ServerByUrlTest {
  private static final int OLDEST = 15;
  private static final int EVENTS = 100;

  @TempDir Path folder;

  @Test
  @Tag("long")
  void storesOnTheOldestPostgres() throws Exception {
    Path home = Files.createDirectories(folder.resolve("postgres"));
    try (InstalledPostgres postgres =
        InstalledPostgres.start(OLDEST, home)
            .orElseGet(() -> abort("no PostgreSQL 15 is installed here"))) {
      Map<String, String> settings =
          Map.of("YUANLIU_DATABASE_URL", postgres.url(), "YUANLIU_DATABASE_USER", postgres.user());
      Path data = Files.createDirectories(folder.resolve("data"));
      Senders senders =
          new Senders(
              ServerProcess.account(
                  data, folder, settings, "operator", "urn:yuanliu:uscc:91610100MA6U123487"));
      ServerProcess server = ServerProcess.serve(data, folder, settings);
      try {
        senders.port = server.port();
        senders.answersAll = true;
        AtomicBoolean go = new AtomicBoolean(true);
        List<Future<?>> clients;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
          clients = senders.begin(threads, go, 1);
          try {
            Senders.await(
                "load", () -> senders.acknowledged.size() >= EVENTS && !senders.taken.isEmpty());
          } finally {
            go.set(false);
          }
        }
        for (Future<?> client : clients) {
          client.get();
        }
        assertThat(senders.refused.get()).isZero();
        assertThat(senders.health()).isEqualTo(200);
        senders.verify("on PostgreSQL 15", new Random(1));
        server.stop();
      } finally {
        server.kill();
      }
      assertThat(data.resolve("postgres")).as("no database of its own").doesNotExist();
      senders.verifyRows(postgres.dataSource());
      try (Connection connection = postgres.dataSource().getConnection()) {
        assertThat(connection.getMetaData().getDatabaseMajorVersion()).isEqualTo(OLDEST);
      }
    }
  }
}
