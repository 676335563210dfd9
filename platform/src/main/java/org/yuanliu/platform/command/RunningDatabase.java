package org.yuanliu.platform.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The embedded database of a server that runs on a data folder. */
record RunningDatabase(String url, String user, String password) {

  /** Empty where none runs, or the file that names it was left by one that was killed. */
  static Optional<RunningDatabase> of(Path dataFolder) {
    Path file = dataFolder.resolve("postgres").resolve("connection.json");
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      JsonNode json = JsonMapper.shared().readTree(Files.readAllBytes(file));
      RunningDatabase named =
          new RunningDatabase(
              json.get("url").stringValue(),
              json.get("user").stringValue(),
              json.get("password").stringValue());
      try (Connection connection =
          DriverManager.getConnection(named.url, named.user, named.password)) {
        return connection.isValid(0) ? Optional.of(named) : Optional.empty();
      }
    } catch (IOException | SQLException | JacksonException e) {
      return Optional.empty();
    }
  }

  /** As settings of a part of the application that is started beside. */
  List<String> arguments() {
    return List.of(
        "--yuanliu.database.url=" + url,
        "--yuanliu.database.user=" + user,
        "--yuanliu.database.password=" + password);
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return url;
  }
}
