package org.yuanliu.platform.demo;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import org.yuanliu.platform.access.Accounts;
import org.yuanliu.platform.demo.DemoFile.Progress;

/**
 * Loads the demonstration into a running server through its own door. What is there stays: a second
 * call finds the demonstration and only writes {@code demo.json} anew; a load that was cut off goes
 * on where it stopped, and what it sends twice is stored once.
 */
@Component
public final class DemoLoader {
  /** Registry commands in one request; the server takes more. */
  private static final int COMMANDS_PER_BATCH = 1_000;

  /** Name of the operator's account, whose key registers what is not sent by the parties. */
  private static final String OPERATOR = "operator";

  /** Where the demonstration's days are. */
  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

  private final Accounts accounts;
  private final Clock clock;

  public DemoLoader(Accounts accounts, Clock clock) {
    this.accounts = requireNonNull(accounts, "accounts is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /**
   * Returns when everything is stored.
   *
   * @param baseUrl where the server answers
   * @param folder data folder, for {@code demo.json} and the state of the loading
   * @param options for a new demonstration; one that is there keeps its own
   * @param log name of the log of entries, for {@code demo.json}
   * @param out gets addresses, accounts and codes to try
   * @param err gets the progress
   * @param terminal whether {@code err} is one
   * @throws IOException the server does not answer, or the folder can't be written
   */
  public void load(
      URI baseUrl,
      Path folder,
      DemoOptions options,
      String log,
      PrintStream out,
      PrintStream err,
      boolean terminal)
      throws IOException, InterruptedException {
    try (DemoClient client = new DemoClient(baseUrl)) {
      Progress progress = found(client, folder, options);
      if (!progress.complete()) {
        progress = load(client, folder, progress, err, terminal);
      }
      DemoFile file =
          new DemoFile(
              baseUrl.toString(),
              progress.account(OPERATOR).apiKey(),
              log,
              progress.accounts(),
              progress.traceCodes(),
              progress.broken());
      file.write(folder);
      DemoSummary.print(file, folder, out);
    }
  }

  private Progress found(DemoClient client, Path folder, DemoOptions options)
      throws IOException, InterruptedException {
    Optional<Progress> earlier = Progress.read(folder);
    if (earlier.isPresent() && client.isKnown(earlier.get().account(OPERATOR).apiKey())) {
      return earlier.get();
    }
    // New, or the folder was kept and the database was not.
    Progress begun =
        Progress.begin(
            options,
            new DemoAccounts(accounts)
                .create(new Cast(), Industries.firms(), new ScriptedChains().reporters()));
    begun.write(folder);
    return begun;
  }

  private Progress load(
      DemoClient client, Path folder, Progress begun, PrintStream err, boolean terminal)
      throws IOException, InterruptedException {
    DemoOptions options = begun.options();
    DemoEvents demo = new DemoEvents(options);
    Industries industries = new Industries(options);
    ScriptedChains scripted = new ScriptedChains();
    String operator = begun.account(OPERATOR).apiKey();
    Progress progress = begun;
    if (!progress.registered()) {
      client.register(operator, MasterData.of(demo.cast(), options));
      client.register(operator, MasterData.of(industries.all(), options));
      client.register(operator, scripted.commands(options.today()));
      client.publishCatalogue(
          operator, DemoCatalogue.of(LocalDate.ofInstant(clock.instant(), ZONE)));
      progress = progress.withRegistered();
      progress.write(folder);
    }
    try (LoadingBar bar = new LoadingBar(err, terminal, clock, options.expectedEvents());
        DemoSender sender = new DemoSender(client, progress.accounts(), bar)) {
      // The other industries come after the markets; nothing of one follows from the other.
      Iterator<DemoWave> waves =
          Stream.concat(
                  demo.waves(),
                  Stream.of(industries).flatMap(others -> others(others, scripted, demo, options)))
              .iterator();
      while (waves.hasNext()) {
        DemoWave wave = waves.next();
        if (wave.number() < progress.nextWave()) {
          wave.documents().forEach(document -> bar.skip(document.events().size()));
          continue;
        }
        register(client, operator, wave.papers());
        sender.send(wave);
        progress = progress.withNextWave(sender.stored(wave.number() + 1));
        progress.write(folder);
      }
      sender.awaitAll();
    }
    Progress completed = progress.completed(demo, industries, scripted);
    completed.write(folder);
    return completed;
  }

  /** Made when the markets are through: they number their waves as they go. */
  private static Stream<DemoWave> others(
      Industries industries, ScriptedChains scripted, DemoEvents demo, DemoOptions options) {
    List<DemoWave> told = industries.waves(demo.nextNumber()).toList();
    int next = demo.nextNumber() + told.size();
    return Stream.concat(
        told.stream(), scripted.waves(options.today(), options.now(), next).stream());
  }

  private static void register(DemoClient client, String key, List<Paper> papers)
      throws IOException, InterruptedException {
    for (int from = 0; from < papers.size(); from += COMMANDS_PER_BATCH) {
      List<Paper> part = papers.subList(from, Math.min(papers.size(), from + COMMANDS_PER_BATCH));
      client.register(key, part.stream().map(MasterData::paper).toList());
    }
  }
}
