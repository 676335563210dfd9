package org.yuanliu.platform.transparency;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;
import org.yuanliu.ledger.Suite;
import org.yuanliu.ledger.note.NoteException;
import org.yuanliu.ledger.note.VerifierKey;
import org.yuanliu.ledger.witness.WatchedHead;
import org.yuanliu.ledger.witness.Witness;
import org.yuanliu.ledger.witness.WitnessAnswer;

/**
 * Cosigns what continues the tree that it cosigned last. The head is compared and set in one
 * transaction on the log's locked row, and is stored before the cosignature is made: of two
 * histories of one length, one at most ever gets it.
 */
@Component
class LogWitness {
  private final Map<String, List<VerifierKey>> watched;
  private final LedgerKeys keys;
  private final JdbcClient jdbc;
  private final TransactionOperations transactions;
  private final Clock clock;

  LogWitness(
      TransparencySettings settings,
      LedgerKeys keys,
      JdbcClient jdbc,
      TransactionOperations transactions,
      Clock clock) {
    this.watched = watched(settings.watch());
    this.keys = requireNonNull(keys, "keys is null");
    this.jdbc = requireNonNull(jdbc, "jdbc is null");
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  private static Map<String, List<VerifierKey>> watched(TransparencySettings.Watch watch) {
    Map<String, List<VerifierKey>> watched = new HashMap<>();
    for (TransparencySettings.WatchedLog log : watch.logs()) {
      List<VerifierKey> parsed = new ArrayList<>();
      for (String key : log.keys()) {
        try {
          parsed.add(VerifierKey.parse(key));
        } catch (NoteException e) {
          throw new IllegalArgumentException(
              "yuanliu.transparency.watch: no verifier key of " + log.origin(), e);
        }
      }
      if (parsed.stream().map(VerifierKey::suite).distinct().count() != 1
          || parsed.stream().anyMatch(key -> key.type().isCosignature())) {
        throw new IllegalArgumentException(
            "yuanliu.transparency.watch: the keys of "
                + log.origin()
                + " must be a log's, all of one suite");
      }
      watched.put(log.origin(), parsed);
    }
    return Map.copyOf(watched);
  }

  /** Answers the body of an add-checkpoint request. */
  WitnessAnswer add(byte[] body) {
    return switch (Witness.read(body, origin -> watched.getOrDefault(origin, List.of()))) {
      case Witness.Answered(WitnessAnswer answer) -> answer;
      case Witness.Submission submission ->
          switch (judgeAndStore(submission)) {
            case Witness.Answered(WitnessAnswer answer) -> answer;
            case Witness.Accepted accepted ->
                accepted.cosign(
                    List.of(keys.current(KeyPurpose.witness(submission.suite()))), clock.instant());
          };
    };
  }

  /** The public keys of the witness, one a line: of the suites of the logs that it watches. */
  String keys() {
    return watched.values().stream()
        .map(log -> log.getFirst().suite())
        .distinct()
        .sorted()
        .flatMap((Suite suite) -> keys.published(KeyPurpose.witness(suite)).stream())
        .map(row -> row.key() + "\n")
        .collect(Collectors.joining());
  }

  private Witness.Judgement judgeAndStore(Witness.Submission submission) {
    return requireNonNull(
        transactions.execute(
            status -> {
              Optional<WatchedHead> stored = locked(submission.origin());
              Witness.Judgement judgement = submission.judge(stored);
              if (judgement instanceof Witness.Accepted accepted) {
                store(submission, accepted.head());
              }
              return judgement;
            }));
  }

  /** The row is made first if there is none, so that there is always one to lock. */
  private Optional<WatchedHead> locked(String origin) {
    jdbc.sql(
            """
            insert into ledger_watched (origin, size, root, note, cosigned)
            values (:origin, -1, ''::bytea, '', :now) on conflict do nothing\
            """)
        .param("origin", origin)
        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
        .update();
    return jdbc.sql("select size, root from ledger_watched where origin = :origin for update")
        .param("origin", origin)
        .query(
            (row, index) ->
                row.getLong(1) < 0
                    ? Optional.<WatchedHead>empty()
                    : Optional.of(new WatchedHead(row.getLong(1), row.getBytes(2))))
        .single();
  }

  private void store(Witness.Submission submission, WatchedHead head) {
    jdbc.sql(
            """
            update ledger_watched
            set size = :size, root = :root, note = :note, cosigned = :now
            where origin = :origin\
            """)
        .param("size", head.size())
        .param("root", head.root())
        .param("note", submission.request().checkpoint().toString())
        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
        .param("origin", submission.origin())
        .update();
  }
}
