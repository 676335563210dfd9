package org.yuanliu.platform.backup;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.LongConsumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** A folder of backups: one folder each, in the order of their names. */
final class BackupFolder {
  static final String PARTIAL = ".partial";
  private static final int BUFFER_BYTES = 1 << 18;

  /** A file beside the manifest: what {@link PartWriter} calls them. */
  private static final Pattern PART = Pattern.compile("[A-Za-z0-9_-]{1,100}(\\.copy)?(\\.pgp)?");

  /** A file of the data folder that a backup holds; no part of its path begins with a dot. */
  private static final Pattern DATA_FILE =
      Pattern.compile("yuanliu\\.yaml|(keys|ledger)(/[A-Za-z0-9_+=-][A-Za-z0-9_.+=-]{0,199}){1,4}");

  private final Path folder;

  BackupFolder(Path folder) {
    this.folder = requireNonNull(folder, "folder is null");
  }

  record Kept(Path path, Manifest manifest) {}

  /** Whole backups, oldest first. What was cut off while it was written is not among them. */
  List<Kept> all() throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    List<Kept> found = new ArrayList<>();
    try (Stream<Path> children = Files.list(folder)) {
      for (Path child : children.sorted().toList()) {
        Path file = child.resolve(Manifest.NAME);
        if (Files.exists(file) && !child.getFileName().toString().endsWith(PARTIAL)) {
          found.add(new Kept(child, read(file)));
        }
      }
    }
    return found;
  }

  Optional<Kept> newest() throws IOException {
    List<Kept> all = all();
    return all.isEmpty() ? Optional.empty() : Optional.of(all.getLast());
  }

  /** What the newest backup stands on, from a whole one to itself. */
  List<Kept> chain() throws IOException {
    List<Kept> all = all();
    if (all.isEmpty()) {
      throw new BackupException(
          folder + " 中没有备份（每个备份是一个含 manifest.json 的文件夹）。",
          "There is no backup in " + folder + ": each is a folder with a manifest.json.");
    }
    List<Kept> chain = new ArrayList<>();
    Kept next = all.getLast();
    chain.add(next);
    while (next.manifest.after() != null) {
      String wanted = next.manifest.after();
      Optional<Kept> before =
          all.stream().filter(kept -> kept.manifest.id().equals(wanted)).findFirst();
      if (before.isEmpty() || before.get().manifest.size() != next.manifest.from()) {
        throw new BackupException(
            "备份 " + next.path.getFileName() + " 所依据的上一个备份不在这里，请把它放回同一文件夹。",
            "The backup that "
                + next.path.getFileName()
                + " goes on from is not here; put it back into the same folder.");
      }
      next = before.get();
      chain.addFirst(next);
    }
    return chain;
  }

  /**
   * What is to be done to know that every file of a backup is as it was written: each is read once
   * and its length and digest compared. A task throws a {@link BackupException} that names its
   * file.
   *
   * @param read hears how many bytes more were read
   */
  static List<Callable<Path>> checks(Kept kept, LongConsumer read) {
    return Stream.concat(
            kept.manifest.tables().stream()
                .map(part -> check(kept, part.file(), part.bytes(), part.sha256(), read)),
            kept.manifest.files().stream()
                .map(part -> check(kept, part.file(), part.bytes(), part.sha256(), read)))
        .toList();
  }

  private static Callable<Path> check(
      Kept kept, String name, long bytes, String sha256, LongConsumer read) {
    return () -> {
      Path file = kept.path.resolve(name);
      verify(file, bytes, sha256, read);
      return file;
    };
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void verify(Path file, long bytes, String sha256, LongConsumer read)
      throws IOException {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) != bytes) {
      throw new BackupException(
          "备份文件 %s 缺失或长度不对（应为 %,d 字节）：备份被截断，请用另一份。".formatted(file, bytes),
          "%s is missing or not %,d bytes long: the backup was cut off; use another copy."
              .formatted(file, bytes));
    }
    MessageDigest digest = sha256();
    try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
      byte[] buffer = new byte[BUFFER_BYTES];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        read.accept(n);
      }
    }
    if (!HexFormat.of().formatHex(digest.digest()).equals(sha256)) {
      throw new BackupException(
          "备份文件 %s 的内容已改变（SHA-256 不符），请用另一份。".formatted(file),
          "%s is not what was written (SHA-256 differs); use another copy.".formatted(file));
    }
  }

  /**
   * Names of a manifest become paths and statements: whoever changed it must not lead a restore to
   * other files or other places.
   */
  private static void requirePlain(Path file, Manifest manifest) {
    Stream<String> parts =
        Stream.concat(
            manifest.tables().stream().map(Manifest.TablePart::file),
            manifest.files().stream().map(Manifest.FilePart::file));
    List<String> wrong =
        Stream.concat(
                parts.filter(name -> !PART.matcher(name).matches()),
                manifest.files().stream()
                    .map(Manifest.FilePart::path)
                    .filter(path -> !DATA_FILE.matcher(path).matches()))
            .toList();
    if (!wrong.isEmpty()) {
      throw new BackupException(
          "%s 提到备份之外的文件 %s：清单被改动过，请用另一份备份。".formatted(file, wrong.getFirst()),
          "%s names the file %s, which is none of a backup: it was changed; use another copy."
              .formatted(file, wrong.getFirst()));
    }
  }

  private static Manifest read(Path file) throws IOException {
    try {
      Manifest manifest = JsonMapper.shared().readValue(Files.readAllBytes(file), Manifest.class);
      if (manifest.format() < Manifest.OLDEST_FORMAT || manifest.format() > Manifest.FORMAT) {
        throw new BackupException(
            "%s 的格式版本为 %d，本程序读 %d 至 %d。"
                .formatted(file, manifest.format(), Manifest.OLDEST_FORMAT, Manifest.FORMAT),
            "%s has format %d; this program reads %d to %d."
                .formatted(file, manifest.format(), Manifest.OLDEST_FORMAT, Manifest.FORMAT));
      }
      requirePlain(file, manifest);
      return manifest;
    } catch (JacksonException e) {
      throw new BackupException(
          file + " 读不出来：备份被截断或改动过。",
          file + " cannot be read: the backup was cut off or changed.",
          e);
    }
  }
}
