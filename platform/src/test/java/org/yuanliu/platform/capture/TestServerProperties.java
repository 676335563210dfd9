package org.yuanliu.platform.capture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.test.context.DynamicPropertyRegistry;

/** A data folder of its own for the application, and with it an embedded database. */
final class TestServerProperties {
  private TestServerProperties() {}

  static void add(DynamicPropertyRegistry properties) {
    String folder = folder();
    properties.add("yuanliu.data-dir", () -> folder);
    properties.add("yuanliu.database.shared-buffers-mb", () -> 64);
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
