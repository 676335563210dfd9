package org.yuanliu.platform.registry;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yuanliu.platform.access.Caller;
import org.yuanliu.platform.journal.EntryKind;

/** Changes the registry. Every change is an entry of the journal. */
public interface Registrar {
  /** Commands in one call: some seconds of one writer, and a few megabytes. */
  int MAX_BATCH = 5_000;

  /**
   * Does all of them or none, in order; a later one may build on an earlier one. Returns after the
   * commit.
   *
   * @param kind REGISTRY_CHANGE, or MASTER_DATA where they came with an EPCIS document
   * @return one result for each command, in order
   * @throws org.yuanliu.platform.problem.ProblemException one of them is not valid (400), not the
   *     caller's to do (403), about something that does not exist for him (404) or contradicts what
   *     stands (409); pointers name the command by its index
   */
  List<Result> submit(Caller caller, EntryKind kind, List<RegistryCommand> commands);

  /**
   * @param id canonical URI (party, place, product, document), or the id of the mandate or merge
   * @param created false where it was there already; nothing was then stored
   * @param zh what to know about it, if anything
   * @param en the same in English
   */
  record Result(String id, boolean created, @Nullable String zh, @Nullable String en) {
    static Result created(String id) {
      return new Result(id, true, null, null);
    }

    static Result present(String id, String zh, String en) {
      return new Result(id, false, zh, en);
    }
  }
}
