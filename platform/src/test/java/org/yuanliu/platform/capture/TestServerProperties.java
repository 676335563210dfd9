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
    // The public page's own, as long as its section of application.yaml is not there.
    properties.add("yuanliu.portal.depth", () -> 32);
    properties.add("yuanliu.portal.events", () -> 1_000);
    properties.add("yuanliu.portal.time-ms", () -> 3_000);
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
