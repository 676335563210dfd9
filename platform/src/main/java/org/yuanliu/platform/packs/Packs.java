package org.yuanliu.platform.packs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Service;
import org.yuanliu.codes.UnitKey;
import org.yuanliu.industry.Pack;
import org.yuanliu.industry.PackException;
import org.yuanliu.industry.PackLoader;
import org.yuanliu.industry.PackProblem;
import org.yuanliu.industry.PackSet;
import org.yuanliu.platform.access.Caller;
import org.yuanliu.platform.access.Permission;
import org.yuanliu.platform.access.Viewer;
import org.yuanliu.platform.journal.Draft;
import org.yuanliu.platform.journal.EntryKind;
import org.yuanliu.platform.journal.Hot;
import org.yuanliu.platform.journal.Identity;
import org.yuanliu.platform.journal.Journal;
import org.yuanliu.platform.journal.Outcome;
import org.yuanliu.platform.journal.Scope;
import org.yuanliu.platform.journal.Submission;
import org.yuanliu.platform.problem.Problem;
import org.yuanliu.platform.problem.Problem.Detail;
import org.yuanliu.platform.problem.ProblemException;
import org.yuanliu.platform.problem.StandardProblems;

/**
 * The packs in force. A reload takes effect whole or not at all: what is wrong with one file keeps
 * all as they were. A version once journalled can't be another text later.
 */
@Service
public final class Packs {
  /** Files in the folder; the bundled ones are fewer than ten. */
  private static final int MAX_FILES = 500;

  /** Problems that are told at once. */
  private static final int MAX_PROBLEMS = 100;

  private final PackSettings settings;
  private final Journal journal;
  private final AtomicReference<PackSet> current;
  private final ReentrantLock reloading = new ReentrantLock();

  /**
   * @throws PackException if a file of the folder is wrong: the server doesn't start half-loaded
   */
  Packs(PackSettings settings, Journal journal) {
    this.settings = requireNonNull(settings, "settings is null");
    this.journal = requireNonNull(journal, "journal is null");
    this.current = new AtomicReference<>(load());
  }

  /** All versions of all packs, as of now. */
  public PackSet current() {
    return requireNonNull(current.get(), "current is null");
  }

  /**
   * Reads the bundled packs and those of the folder anew.
   *
   * @return the versions that were not there before
   * @throws ProblemException 403 without permission, 422 with file, line and rule of every mistake,
   *     409 where a version is there with another text; nothing has changed then
   */
  List<Pack> reload(Caller caller) {
    caller.require(Permission.ADMINISTER);
    if (!(caller.viewer() instanceof Viewer.Operator)) {
      // A firm's administrator administers his firm.
      throw new ProblemException(StandardProblems.FORBIDDEN);
    }
    reloading.lock();
    try {
      PackSet loaded = loadOrRefuse();
      Set<String> known =
          current().all().stream().map(Packs::digestName).collect(Collectors.toSet());
      List<Pack> added =
          loaded.all().stream().filter(pack -> !known.contains(digestName(pack))).toList();
      record(added, caller);
      current.set(loaded);
      return added;
    } finally {
      reloading.unlock();
    }
  }

  /**
   * A pack that is not in force.
   *
   * @throws ProblemException 422 with line and rule of every mistake
   */
  public Pack read(byte[] yaml) {
    try {
      return PackLoader.load("pack.yaml", new ByteArrayInputStream(yaml));
    } catch (PackException e) {
      throw refused(e);
    }
  }

  private void record(List<Pack> added, Caller caller) {
    if (added.isEmpty()) {
      return;
    }
    List<Draft> drafts = added.stream().map(pack -> draft(pack, caller)).toList();
    switch (journal.append(new Submission(UUID.randomUUID(), drafts))) {
      case Outcome.Committed ignored -> {}
      case Outcome.Conflicted(List<Outcome.Conflict> conflicts) ->
          throw new ProblemException(
              new Problem(
                  "pack-version-changed",
                  409,
                  "这一版行业包已经登记过，内容不同。改动请另起一版。",
                  "This version of the pack is on record with another text. Give the change a new"
                      + " version.",
                  conflicts.stream()
                      .map(c -> added.get(c.index()))
                      .map(
                          pack ->
                              new Detail(
                                  "pack-version-changed",
                                  null,
                                  pack.id() + " 第" + pack.version() + "版",
                                  pack.id() + " version " + pack.version()))
                      .toList()));
    }
  }

  private static Draft draft(Pack pack, Caller caller) {
    byte[] body = pack.text().getBytes(UTF_8);
    byte[] digest = sha256(body);
    String id = "urn:yuanliu:pack:" + pack.id() + ":" + pack.version();
    return new Draft(
        EntryKind.PACK_VERSION,
        new Identity(UnitKey.of(id).value(), digest),
        caller.party(),
        caller.party(),
        id,
        digest,
        "SHA-256",
        caller.standing(),
        new Scope(null, pack.id(), Set.of()),
        Hot.NONE,
        body,
        new PackVersion(pack.text()));
  }

  private PackSet loadOrRefuse() {
    try {
      return load();
    } catch (PackException e) {
      throw refused(e);
    } catch (IllegalArgumentException e) {
      throw new ProblemException(
          Problem.of(
              "pack-set-wrong",
              422,
              "行业包的版本不成序列，未作任何改动：" + e.getMessage(),
              "The versions of the packs make no sequence; nothing has changed: "
                  + e.getMessage()));
    }
  }

  private static ProblemException refused(PackException wrong) {
    List<Detail> details =
        wrong.problems().stream()
            .limit(MAX_PROBLEMS)
            .map(
                (PackProblem p) ->
                    new Detail(
                        p.rule().id(),
                        p.file() + ":" + p.line(),
                        p.message().zh(),
                        p.message().en()))
            .toList();
    return new ProblemException(
        new Problem(
            "pack-wrong", 422, "行业包有错，未作任何改动。", "A pack is wrong; nothing has changed.", details));
  }

  private PackSet load() {
    List<Pack> packs = new ArrayList<>(PackLoader.bundled().all());
    String folder = settings.folder();
    if (folder != null && !folder.isBlank()) {
      for (Path file : files(Path.of(folder))) {
        try (InputStream in = Files.newInputStream(file)) {
          packs.add(PackLoader.load(String.valueOf(file.getFileName()), in));
        } catch (IOException e) {
          throw new UncheckedIOException("can't read the pack " + file, e);
        }
      }
    }
    return PackSet.of(packs);
  }

  private static List<Path> files(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".yaml"))
          .sorted()
          .limit(MAX_FILES)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("can't read the folder of packs " + folder, e);
    }
  }

  private static String digestName(Pack pack) {
    return pack.id()
        + " "
        + pack.version()
        + " "
        + HexFormat.of().formatHex(sha256(pack.text().getBytes(UTF_8)));
  }

  private static byte[] sha256(byte[] body) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(body);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }
}
