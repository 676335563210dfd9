package org.yuanliu.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/**
 * What the disclosure policy costs a trace and a query, and how fast backup and restore are. The
 * policy is measured on and off in one run, on one server, over the same answers: for a regulator
 * every row is compared with his divisions, for the operator none is. Rounds go on, off, off, on;
 * each is compared with its neighbour in processor time of server and PostgreSQL.
 */
@Command(
    name = "access",
    mixinStandardHelpOptions = true,
    description =
        "Measures what the policy costs, and backup and restore. Starts a server of its own.")
final class AccessBench implements Callable<Integer> {
  private static final double MB = 1e6;

  /** Both ways are asked so often before anything counts: the server's compiler is through. */
  private static final int WARM_UPS = 3;

  private static final int COPY_BYTES = 1 << 20;

  private static final Pattern BACKED_UP =
      Pattern.compile("backed up: entries .*, ([0-9.]+) MB, ([0-9.]+) s");

  private static final Pattern RESTORED = Pattern.compile("restored: log .*, ([0-9.]+) s");

  private static final List<String> QUERIES =
      List.of(
          "/epcis/events?perPage=100&EQ_bizStep=shipping",
          "/epcis/events?perPage=100&EQ_bizStep=https://yuanliu.org/ns/BizStep-market_entry",
          "/epcis/events?perPage=100&EQ_bizStep=https://yuanliu.org/ns/BizStep-slaughtering",
          "/epcis/events?perPage=100&EQ_bizStep=https://yuanliu.org/ns/BizStep-rapid_testing",
          "/epcis/events?perPage=100&eventType=TransformationEvent",
          "/epcis/events?perPage=100");

  @Mixin private CaptureLoad load = CaptureLoad.ofRounds(20_000, 0);

  @Option(
      names = "--documents",
      description = "times 20,000 events that are stored for the backup; default ${DEFAULT-VALUE}")
  private int documents = 10;

  @Option(names = "--traces", description = "of one round; default ${DEFAULT-VALUE}")
  private int traces = 150;

  @Option(
      names = "--quads",
      description =
          "rounds of four that measure the policy; 0 leaves it out; default ${DEFAULT-VALUE}")
  private int quads = 6;

  @Option(
      names = "--server-jar",
      defaultValue = "${env:YUANLIU_SERVER_JAR}",
      description = "the server; ./yuanliu says which")
  private @Nullable Path serverJar;

  @Override
  public Integer call() throws Exception {
    Path jar = serverJar;
    if (jar == null || !Files.isRegularFile(jar)) {
      throw new IllegalArgumentException("no server at " + jar + ": give --server-jar");
    }
    Path folder = Files.createTempDirectory("yuanliu-bench-");
    try (OwnServer server = OwnServer.start(jar, folder.resolve("data"), Map.of())) {
      if (quads > 0) {
        policy(server.target());
      }
      for (int i = 0; i < documents; i++) {
        load.send(server.target(), load.documents("B" + i));
      }
      backup(jar, folder, server.target());
      return 0;
    } finally {
      OwnServer.delete(folder);
    }
  }

  private void policy(Target all) throws Exception {
    JsonNode demo = all.json().readTree(Files.readString(all.data.resolve("demo.json")));
    Target scoped = Target.of(all.data);
    scoped.url = demo.path("baseUrl").asString();
    scoped.key =
        demo.path("accounts")
            .valueStream()
            .filter(account -> account.path("role").asString().contains("regulator"))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("the demonstration has no regulator"))
            .path("apiKey")
            .asString();
    scoped.open();
    List<String> paths = new ArrayList<>();
    for (JsonNode code : demo.path("traceCodes").values()) {
      paths.add("/api/v1/trace?code=" + URLEncoder.encode(code.asString(), StandardCharsets.UTF_8));
    }
    compare("trace", all, scoped, alike(all, scoped, paths));
    compare("query", all, scoped, alike(all, scoped, QUERIES));
  }

  /** Those that both are answered the same: else one of them does less. */
  private static List<String> alike(Target all, Target scoped, List<String> paths)
      throws IOException {
    List<String> alike = new ArrayList<>();
    for (String path : paths) {
      Target.Answer one = all.get(path);
      Target.Answer other = scoped.get(path);
      if (one.status() == 200
          && other.status() == 200
          && events(all, one).equals(events(scoped, other))) {
        alike.add(path);
      }
    }
    if (alike.isEmpty()) {
      throw new IllegalStateException("nothing is answered both alike");
    }
    return alike;
  }

  private static List<String> events(Target target, Target.Answer answer) {
    return target.json().readTree(answer.body()).findValuesAsString("eventID");
  }

  private void compare(String what, Target all, Target scoped, List<String> paths)
      throws Exception {
    for (int i = 0; i < WARM_UPS; i++) {
      cpu(all, paths);
      cpu(scoped, paths);
    }
    List<Double> ratios = new ArrayList<>();
    List<Double> on = new ArrayList<>();
    List<Double> off = new ArrayList<>();
    for (int quad = 0; quad < quads; quad++) {
      double with = cpu(scoped, paths);
      double without = cpu(all, paths);
      double withoutAgain = cpu(all, paths);
      double withAgain = cpu(scoped, paths);
      on.addAll(List.of(with, withAgain));
      off.addAll(List.of(without, withoutAgain));
      ratios.addAll(List.of(with / without, withAgain / withoutAgain));
    }
    List<Double> sorted = ratios.stream().sorted().toList();
    int outer = Medians.rankOfRange(sorted.size());
    System.out.printf(
        Locale.ROOT,
        "%s: %.0f µs of processor time with the policy, %.0f without; ratio %.3f (median of %d"
            + " pairs; 95 %% range %.3f to %.3f), %d different questions%n",
        what,
        1e6 * Medians.of(on),
        1e6 * Medians.of(off),
        Medians.of(ratios),
        ratios.size(),
        sorted.get(outer),
        sorted.get(sorted.size() - 1 - outer),
        paths.size());
  }

  /** Processor time of server and PostgreSQL for one question. */
  private double cpu(Target target, List<String> paths) throws Exception {
    Spent before = Spent.now(target);
    for (int i = 0; i < traces; i++) {
      Target.Answer answer = target.get(paths.get(i % paths.size()));
      if (answer.status() != 200) {
        throw new IllegalStateException("answered " + answer.status() + ": " + answer.body());
      }
    }
    Spent spent = Spent.now(target).since(before);
    return (spent.server() + spent.database()) / traces;
  }

  /**
   * Ours, plain copies and COPY, measured side by side. All end when what they wrote was forced to
   * the disk.
   */
  private static final class Speeds {
    private final List<Double> ours = new ArrayList<>();
    private final List<Double> files = new ArrayList<>();
    private final List<Double> folders = new ArrayList<>();
    private final List<Double> postgres = new ArrayList<>();
    private double megabytes;
    private double folderMegabytes;

    /**
     * @param our of a backup or restore
     * @param ofFiles of a copy of the backup's files
     * @param ofFolder of a copy of the database's own folder
     * @param byPostgres of COPY of the entries
     */
    void add(Moved our, Moved ofFiles, Moved ofFolder, Moved byPostgres) {
      megabytes = our.megabytes;
      folderMegabytes = ofFolder.megabytes;
      ours.add(our.perSecond());
      files.add(our.perSecond() / ofFiles.perSecond());
      folders.add(ofFolder.seconds / our.seconds);
      postgres.add(our.perSecond() / byPostgres.perSecond());
      System.out.printf(
          Locale.ROOT,
          "  %.2f s; its files copied %.2f s; the database's folder copied %.2f s; COPY %.0f"
              + " MB/s%n",
          our.seconds,
          ofFiles.seconds,
          ofFolder.seconds,
          byPostgres.perSecond());
    }

    void print(String what, String copied) {
      System.out.printf(
          Locale.ROOT,
          "%s: %.1f MB of rows as they are, not compressed, at %.0f MB/s. Of a copy of the same"
              + " files, MB for MB: %.2f; of a copy of the database's folder (%.0f MB of tables,"
              + " indexes and log), time for time: %.2f; of %s, MB for MB: %.2f (medians of %d)%n",
          what,
          megabytes,
          Medians.of(ours),
          Medians.of(files),
          folderMegabytes,
          Medians.of(folders),
          copied,
          Medians.of(postgres),
          ours.size());
    }
  }

  /** What was read and written, and how long it took. */
  private record Moved(double megabytes, double seconds) {
    double perSecond() {
      return megabytes / seconds;
    }
  }

  private void backup(Path jar, Path folder, Target target) throws Exception {
    Path backups = folder.resolve("backups");
    Path database = target.data.resolve("postgres").resolve("cluster");
    Path copied = folder.resolve("copied");
    Speeds saved = new Speeds();
    double megabytes = 0;
    for (int i = 0; i < 3; i++) {
      Path made = backups.resolve("" + i);
      Matcher told =
          run(jar, BACKED_UP, "backup", made.toString(), "--data", target.data.toString());
      megabytes = Double.parseDouble(told.group(1));
      saved.add(
          new Moved(megabytes, Double.parseDouble(told.group(2))),
          copy(made, copied),
          copy(database, copied),
          copyOut(target, folder.resolve("copied-out")));
    }
    saved.print("backup", "COPY TO of the entries into a file");
    Speeds restored = new Speeds();
    for (int i = 0; i < 3; i++) {
      Path made = folder.resolve("restored" + i);
      Matcher told =
          run(jar, RESTORED, "restore", backups.resolve("0").toString(), "--data", made.toString());
      restored.add(
          new Moved(megabytes, Double.parseDouble(told.group(1))),
          copy(backups.resolve("0"), copied),
          copy(database, copied),
          copyIn(target, folder.resolve("copied-out")));
      OwnServer.delete(made);
    }
    restored.print(
        "restore, checked first", "COPY FROM of the entries into a table with the same indexes");
  }

  /** Runs a command of the server and finds what it says at its end. */
  private static Matcher run(Path jar, Pattern wanted, String... arguments)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "--enable-native-access=ALL-UNNAMED",
                "-Dfile.encoding=UTF-8"));
    Path archive = jar.resolveSibling("classes.jsa");
    if (Files.exists(archive)) { // as the launcher starts it
      command.addAll(
          List.of(
              "--sun-misc-unsafe-memory-access=allow",
              "-Xlog:cds=off",
              "-XX:SharedArchiveFile=" + archive));
    }
    command.addAll(List.of("-jar", jar.toString()));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    StringBuilder said = new StringBuilder();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      lines.lines().forEach(line -> said.append(line.replace(",", "")).append('\n'));
    }
    process.waitFor();
    Matcher found = Pattern.compile(wanted.pattern().replace(",", "")).matcher(said);
    if (!found.find()) {
      throw new IllegalStateException(String.join(" ", arguments) + " said: " + said);
    }
    return found;
  }

  /**
   * Reads every file of a folder and writes it into another one, in order, on one thread; in the
   * end all files and folders are forced to the disk. What was there is removed before.
   */
  private static Moved copy(Path from, Path to) throws IOException {
    if (Files.exists(to)) {
      OwnServer.delete(to);
    }
    List<Path> all;
    try (Stream<Path> tree = Files.walk(from)) {
      all = tree.sorted().toList();
    }
    long begin = System.nanoTime();
    long bytes = 0;
    List<Path> made = new ArrayList<>();
    ByteBuffer buffer = ByteBuffer.allocateDirect(COPY_BYTES);
    for (Path path : all) {
      Path target = to.resolve(from.relativize(path));
      if (Files.isDirectory(path)) {
        Files.createDirectories(target);
        made.add(target);
      } else if (Files.isRegularFile(path)) { // a running server may have removed it
        bytes += copy(path, target, buffer);
        made.add(target);
      }
    }
    for (Path path : made) {
      try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
    return new Moved(bytes / MB, (System.nanoTime() - begin) / 1e9);
  }

  private static long copy(Path from, Path to, ByteBuffer buffer) throws IOException {
    long bytes = 0;
    try (FileChannel in = FileChannel.open(from, StandardOpenOption.READ);
        FileChannel out =
            FileChannel.open(to, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      while (in.read(buffer) >= 0) {
        buffer.flip();
        while (buffer.hasRemaining()) {
          bytes += out.write(buffer);
        }
        buffer.clear();
      }
    }
    return bytes;
  }

  /** PostgreSQL's own COPY of the entries into a file, forced to the disk. */
  private static Moved copyOut(Target target, Path to) throws IOException, SQLException {
    try (Connection connection = target.database();
        FileChannel channel =
            FileChannel.open(
                to,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE);
        OutputStream out = Channels.newOutputStream(channel)) {
      long begin = System.nanoTime();
      connection
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyOut("copy (select * from entry) to stdout (format binary)", out);
      channel.force(true);
      return new Moved(channel.size() / MB, (System.nanoTime() - begin) / 1e9);
    }
  }

  /** PostgreSQL's own COPY of the same rows into a table with the same indexes. */
  private static Moved copyIn(Target target, Path from) throws IOException, SQLException {
    try (Connection connection = target.database();
        Statement statement = connection.createStatement()) {
      statement.execute("create schema bench_restore");
      try {
        statement.execute("create table bench_restore.entry (like entry including all)");
        long begin = System.nanoTime();
        try (var in = Files.newInputStream(from)) {
          connection
              .unwrap(PGConnection.class)
              .getCopyAPI()
              .copyIn("copy bench_restore.entry from stdin (format binary)", in, COPY_BYTES);
        }
        return new Moved(Files.size(from) / MB, (System.nanoTime() - begin) / 1e9);
      } finally {
        statement.execute("drop schema bench_restore cascade");
      }
    }
  }
}
