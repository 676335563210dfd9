package org.yuanliu.ledger.tool;

import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.yuanliu.ledger.TileException;
import org.yuanliu.ledger.note.Checkpoint;
import org.yuanliu.ledger.note.NoteException;
import org.yuanliu.ledger.note.SignedCheckpoint;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code yuanliu fsck --url URL}: recomputes a log from its public tiles. */
@Command(
    name = "fsck",
    mixinStandardHelpOptions = true,
    description = {
      "Recomputes the whole tree of a live log from its public tiles and names the first"
          + " difference.",
      "Ends with 1 if there is one, with 2 if the log cannot be reached."
    })
final class FsckCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;
  @Mixin private LogOptions options = new LogOptions();

  @Override
  public Integer call() {
    PrintWriter out = Commands.out(spec);
    PrintWriter err = Commands.err(spec);
    try (HttpLog log = options.open()) {
      KnownLog known = options.known(log, err);
      Checkpoint checkpoint = known.read(log.checkpoint()).checkpoint();
      List<Checkpoint> earlier =
          options.against(known).stream().map(SignedCheckpoint::checkpoint).toList();
      ProgressBar bar = new ProgressBar(err, checkpoint.size());
      Optional<Alarm> difference =
          new LogFsck(known.suite(), log, bar::at).check(checkpoint, earlier);
      bar.close();
      if (difference.isPresent()) {
        err.println(difference.get());
        return LedgerTools.FAILED;
      }
      out.println(
          "all tiles lead to the signed root 全部哈希块与签名的根一致: "
              + checkpoint
              + "  ("
              + bar.rate()
              + " records/s)");
      return LedgerTools.HELD;
    } catch (NoteException e) {
      err.println(new Alarm(Alarm.Kind.SIGNATURE, e.getMessage()));
      return LedgerTools.FAILED;
    } catch (TileException e) {
      if (LedgerTools.isUnreachable(e)) {
        throw new LogUnreachableException(String.valueOf(e.getMessage()), e);
      }
      err.println(new Alarm(Alarm.Kind.TILES, String.valueOf(e.getMessage())));
      return LedgerTools.FAILED;
    }
  }
}
