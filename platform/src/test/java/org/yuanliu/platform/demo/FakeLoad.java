package org.yuanliu.platform.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The loader, and what it meets: a server and accounts that keep what they are given. */
final class FakeLoad implements AutoCloseable {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  final Path folder;
  final FakeAccounts accounts = new FakeAccounts();
  final ByteArrayOutputStream out = new ByteArrayOutputStream();
  final FakeServer server = new FakeServer(accounts.tokens);

  FakeLoad(Path folder) throws IOException {
    this.folder = folder;
  }

  void load(DemoOptions options) throws Exception {
    new DemoLoader(accounts, Clock.systemUTC())
        .load(
            server.baseUrl(),
            folder,
            options,
            "log.example/1",
            new PrintStream(out, true, UTF_8),
            new PrintStream(new ByteArrayOutputStream(), true, UTF_8),
            false);
  }

  /** What {@code demo.json} says. */
  JsonNode file() throws IOException {
    return MAPPER.readTree(Files.readAllBytes(folder.resolve(DemoFile.NAME)));
  }

  /** What the markets send, and the other industries. */
  static Stream<DemoDocument> everything(DemoOptions options) {
    Stream<DemoWave> others =
        Stream.concat(
            new Industries(options).waves(0),
            new ScriptedChains().waves(options.today(), options.now(), 0).stream());
    return Stream.concat(
        DemoEvents.stream(options), others.flatMap(wave -> wave.documents().stream()));
  }

  @Override
  public void close() {
    server.close();
  }
}
