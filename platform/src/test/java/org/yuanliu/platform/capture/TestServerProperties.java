package org.yuanliu.platform.capture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.yuanliu.platform.database.TestDatabase;

/**
 * A data folder and a database of its own for the application. {@code -Dyuanliu.test.data=FOLDER}
 * keeps the folder from run to run, with an embedded database in it, and {@code
 * -Dyuanliu.test.shared-buffers-mb=256} gives that as much memory as a server's has: both for
 * measurements.
 */
final class TestServerProperties {
  /** Little, as several databases run beside each other. */
  private static final int SHARED_BUFFERS_MB =
      Integer.getInteger("yuanliu.test.shared-buffers-mb", 64);

  private TestServerProperties() {}

  static void add(DynamicPropertyRegistry properties) {
    String kept = System.getProperty("yuanliu.test.data");
    if (kept != null) {
      properties.add("yuanliu.data-dir", () -> kept);
      properties.add("yuanliu.database.shared-buffers-mb", () -> SHARED_BUFFERS_MB);
    } else {
      String folder = folder();
      TestDatabase database = TestDatabase.openDurable();
      database.close(); // its own connections: the application has its pool
      properties.add("yuanliu.data-dir", () -> folder);
      properties.add("yuanliu.database.url", database::url);
      properties.add("yuanliu.database.user", database::user);
      properties.add("yuanliu.database.password", database::password);
    }
    properties.add("logging.structured.format.console", () -> "");
    properties.add("server.port", () -> 0);
  }

  private static String folder() {
    try {
      return Files.createTempDirectory(
              Files.createDirectories(Path.of("target", "capture-tests")), "data")
          .toString();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
