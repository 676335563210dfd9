package org.yuanliu.platform.demo;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What scripts need to use the demonstration: {@code demo.json} in the data folder.
 *
 * @param apiKey goes as {@code Authorization: Bearer …}; may capture and query everything
 * @param log name of the log of entries, as tree heads carry it
 * @param traceCodes good examples by name, as printed
 */
record DemoFile(
    String baseUrl,
    String apiKey,
    String log,
    List<DemoAccount> accounts,
    Map<String, String> traceCodes,
    List<BrokenCode> broken) {
  static final String NAME = "demo.json";

  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  /**
   * @param password null for an account that only has a key
   * @param party canonical URI
   * @param role what it is in the demonstration, {@code wholesale_market} for instance
   */
  record DemoAccount(
      String name,
      @Nullable String password,
      String party,
      String partyName,
      String role,
      String apiKey) {
    /** Without the secrets. */
    @Override
    public String toString() {
      return "DemoAccount[" + name + "]";
    }
  }

  /**
   * @param code as printed
   * @param kind id of the finding that its page must name
   * @param verdict name of the level that its page must show
   */
  record BrokenCode(String code, String kind, String verdict) {
    static BrokenCode of(Broken broken) {
      return new BrokenCode(
          DemoEvents.plain(broken.code()), broken.kind().id(), broken.verdict().name());
    }
  }

  void write(Path folder) throws IOException {
    PrivateFile.write(folder, NAME, MAPPER.writeValueAsBytes(this));
  }

  /**
   * How far the loading has come, so that one cut off goes on: {@code demo-state.json} beside it.
   *
   * @param registered whether the parties and all that is registered with them are there
   * @param nextWave all waves below it are stored
   * @param accounts with their secrets
   * @param complete whether everything is there
   */
  record Progress(
      double scale,
      LocalDateTime now,
      long seed,
      boolean registered,
      int nextWave,
      boolean complete,
      List<DemoAccount> accounts,
      Map<String, String> traceCodes,
      List<BrokenCode> broken) {
    static final String NAME = "demo-state.json";

    static Progress begin(DemoOptions options, List<DemoAccount> accounts) {
      return new Progress(
          options.scale(),
          options.now(),
          options.seed(),
          false,
          0,
          false,
          accounts,
          Map.of(),
          List.of());
    }

    static Optional<Progress> read(Path folder) throws IOException {
      Path file = folder.resolve(NAME);
      return Files.exists(file)
          ? Optional.of(MAPPER.readValue(Files.readAllBytes(file), Progress.class))
          : Optional.empty();
    }

    void write(Path folder) throws IOException {
      PrivateFile.write(folder, NAME, MAPPER.writeValueAsBytes(this));
    }

    DemoOptions options() {
      return new DemoOptions(scale, now, seed);
    }

    Progress withRegistered() {
      return new Progress(scale, now, seed, true, nextWave, complete, accounts, traceCodes, broken);
    }

    Progress withNextWave(int wave) {
      return new Progress(
          scale, now, seed, registered, wave, complete, accounts, traceCodes, broken);
    }

    Progress completed(DemoEvents demo, Industries industries, ScriptedChains scripted) {
      Map<String, String> codes = new LinkedHashMap<>(demo.examples());
      codes.put(EventJson.INDUSTRY, requireNonNull(codes.get("pork receipt")));
      codes.putAll(scripted.examples());
      industries.examples().forEach((name, code) -> codes.put(name, DemoEvents.plain(code)));
      return new Progress(
          scale,
          now,
          seed,
          registered,
          nextWave,
          true,
          accounts,
          codes,
          Stream.concat(
                  Stream.concat(demo.broken().stream(), industries.broken().stream())
                      .map(BrokenCode::of),
                  scripted.broken().stream())
              .toList());
    }

    DemoAccount account(String name) {
      return accounts.stream()
          .filter(account -> account.name().equals(name))
          .findFirst()
          .orElseThrow(() -> new IllegalStateException("no account " + name + " in " + NAME));
    }
  }
}
