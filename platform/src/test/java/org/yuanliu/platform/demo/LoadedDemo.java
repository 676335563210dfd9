package org.yuanliu.platform.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.yuanliu.platform.YuanliuApplication;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The whole server on a free port, with an embedded database of its own and a small demonstration
 * in it, for tests that walk in by the front door.
 *
 * <pre>
 * try (LoadedDemo demo = LoadedDemo.start(folder)) {
 *   for (JsonNode broken : demo.file().get("broken")) { … }
 * }
 * </pre>
 */
public final class LoadedDemo implements AutoCloseable {
  /** One pig to a load: some 3,000 events. */
  public static final double SMALLEST_SCALE = DemoOptions.MIN_SCALE;

  private final ConfigurableApplicationContext server;
  private final Path folder;

  private LoadedDemo(ConfigurableApplicationContext server, Path folder) {
    this.server = server;
    this.folder = folder;
  }

  /**
   * @param folder empty; becomes the data folder
   */
  public static LoadedDemo start(Path folder) throws IOException, InterruptedException {
    ConfigurableApplicationContext server =
        SpringApplication.run(
            YuanliuApplication.class, "--server.port=0", "--yuanliu.data-dir=" + folder);
    LoadedDemo demo = new LoadedDemo(server, folder);
    try {
      demo.load(DemoOptions.upToNow(SMALLEST_SCALE, Clock.systemUTC()));
    } catch (IOException | InterruptedException | RuntimeException | Error e) {
      demo.close();
      throw e;
    }
    return demo;
  }

  void load(DemoOptions options) throws IOException, InterruptedException {
    PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), true, UTF_8);
    server
        .getBean(DemoLoader.class)
        .load(baseUrl(), folder, options, "test.example/main", nowhere, nowhere, false);
  }

  public URI baseUrl() {
    return URI.create(
        "http://127.0.0.1:" + server.getEnvironment().getRequiredProperty("local.server.port"));
  }

  /** What {@code demo.json} says. */
  public JsonNode file() throws IOException {
    return JsonMapper.shared().readTree(Files.readAllBytes(folder.resolve(DemoFile.NAME)));
  }

  public <T> T bean(Class<T> type) {
    return server.getBean(type);
  }

  @Override
  public void close() {
    server.close();
  }
}
