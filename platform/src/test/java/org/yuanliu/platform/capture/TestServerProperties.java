package org.yuanliu.platform.capture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.test.context.DynamicPropertyRegistry;

/**
 * A data folder of its own for the application, and with it an embedded database. {@code
 * -Dyuanliu.test.data=FOLDER} keeps it from run to run, {@code
 * -Dyuanliu.test.shared-buffers-mb=256} gives the database as much memory as a server's has: both
 * for measurements.
 */
final class TestServerProperties {
  /** Little, as several databases run beside each other. */
  private static final int SHARED_BUFFERS_MB =
      Integer.getInteger("yuanliu.test.shared-buffers-mb", 64);

  private TestServerProperties() {}

  static void add(DynamicPropertyRegistry properties) {
    String folder = folder();
    properties.add("yuanliu.data-dir", () -> folder);
    properties.add("yuanliu.database.shared-buffers-mb", () -> SHARED_BUFFERS_MB);
    properties.add("logging.structured.format.console", () -> "");
    properties.add("server.port", () -> 0);
  }

  private static String folder() {
    String kept = System.getProperty("yuanliu.test.data");
    if (kept != null) {
      return kept;
    }
    try {
      return Files.createTempDirectory(
              Files.createDirectories(Path.of("target", "capture-tests")), "data")
          .toString();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
