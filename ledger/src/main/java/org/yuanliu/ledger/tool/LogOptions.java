package org.yuanliu.ledger.tool;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yuanliu.ledger.note.Note;
import org.yuanliu.ledger.note.NoteException;
import org.yuanliu.ledger.note.SignedCheckpoint;
import org.yuanliu.ledger.note.VerifierKey;
import org.yuanliu.ledger.receipt.Trust;
import picocli.CommandLine.Option;

/** The options that say which log, and whom to trust for it. */
final class LogOptions {
  @Option(
      names = "--url",
      required = true,
      paramLabel = "URL",
      description = "address of the log: what stands before /checkpoint")
  private String url = "";

  @Option(
      names = "--key",
      paramLabel = "KEY",
      description =
          "a public key of the log or of a witness, or a file of keys; may be repeated. Without one"
              + " the key that the log shows itself is believed, the first time")
  private List<String> keys = List.of();

  @Option(
      names = "--quorum",
      defaultValue = "0",
      paramLabel = "N",
      description = "how many of the given witnesses must have cosigned (default: 0)")
  private int quorum;

  @Option(
      names = "--origin",
      paramLabel = "NAME",
      description = "the log's name in its checkpoints (default: the name of its key)")
  private @Nullable String origin;

  @Option(
      names = "--against",
      paramLabel = "FILE",
      description =
          "a checkpoint of this log that came by another way, or another monitor's state; may be"
              + " repeated")
  private List<Path> against = List.of();

  HttpLog open() {
    return new HttpLog(url);
  }

  String url() {
    return url;
  }

  boolean hasKeys() {
    return !keys.isEmpty();
  }

  /** The log as the options name it, with the keys it shows itself where none is given. */
  KnownLog known(LogReader log, PrintWriter err) {
    List<VerifierKey> trusted;
    if (hasKeys()) {
      trusted = Keys.of(keys);
    } else {
      try {
        trusted = Keys.lines(log.keys());
      } catch (NoteException e) {
        throw new IllegalArgumentException("the log shows no key: " + e.getMessage(), e);
      }
      err.println(
          "No --key was given: the log's own word for its key is believed.  未给出密钥，只好相信日志自己给的：");
      trusted.forEach(key -> err.println("  " + key));
    }
    Trust trust = Trust.of(trusted);
    String name = origin;
    if (name == null) {
      if (trust.log().isEmpty()) {
        throw new IllegalArgumentException("no key of the log");
      }
      name = trust.log().getFirst().name();
    }
    return new KnownLog(name, trust, quorum);
  }

  /** The checkpoints that came by other ways, verified. */
  List<SignedCheckpoint> against(KnownLog known) {
    List<SignedCheckpoint> checkpoints = new ArrayList<>();
    for (Path file : against) {
      try {
        byte[] bytes = Files.readAllBytes(file);
        checkpoints.add(
            bytes.length > 0 && bytes[0] == '{'
                ? MonitorState.read(file)
                    .flatMap(MonitorState::seen)
                    .map(Monitor.Seen::checkpoint)
                    .filter(seen -> seen.checkpoint().origin().equals(known.origin()))
                    .orElseThrow(() -> new IllegalArgumentException(file + " has no checkpoint"))
                : checkpoint(known, bytes));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (NoteException e) {
        throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
      }
    }
    return checkpoints;
  }

  /** Witnesses are not asked for: the log's own signature is what convicts it. */
  private static SignedCheckpoint checkpoint(KnownLog known, byte[] bytes) throws NoteException {
    if (bytes.length > Note.MAX_BYTES) {
      throw new NoteException(NoteException.Code.TOO_LARGE, "too long for a checkpoint");
    }
    return new KnownLog(known.origin(), known.trust(), 0).read(bytes);
  }
}
