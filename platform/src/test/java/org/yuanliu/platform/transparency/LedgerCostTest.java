package org.yuanliu.platform.transparency;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.yuanliu.ledger.TreeHead;
import org.yuanliu.platform.journal.Draft;
import org.yuanliu.platform.journal.HeadSigner;
import org.yuanliu.platform.journal.Journal;
import org.yuanliu.platform.journal.JournalUnavailableException;
import org.yuanliu.platform.journal.Outcome;
import org.yuanliu.platform.journal.Submission;
import org.yuanliu.platform.journal.TestJournal;
import org.yuanliu.platform.trace.UnitIndex;

/**
 * What signing and publishing add to storing, in one run. Rates with and without are printed for a
 * machine at rest; what is asserted is processor time, which does not depend on what else the
 * machine does.
 */
@Tag("long")
class LedgerCostTest {
  private static final int ROUNDS = 8;
  private static final int SUBMISSIONS = 400;
  private static final int EVENTS = 10;
  private static final int SENDERS = 16;

  /** Of the server's own processor time, PostgreSQL's not counted. */
  private static final double MOST = 0.25;

  /**
   * @param rate events a second
   * @param signing processor time of signing and publishing, seconds
   * @param all processor time of this process, seconds
   */
  private record Round(double rate, double signing, double all) {}

  @Test
  void signingCostsCaptureLittle() throws Exception {
    try (AttackedLog log = new AttackedLog()) {
      log.stop();
      List<Round> with = new ArrayList<>();
      List<Round> without = new ArrayList<>();
      for (int round = 0; round < 2 * ROUNDS; round++) {
        boolean signed = round % 2 == 0;
        HeadSigner signer = signed ? log.signer : new NoSigner();
        try (var open =
            TestJournal.open(
                log.database.dataSource(),
                log.journalSettings,
                Clock.systemUTC(),
                List.of(new UnitIndex()),
                TestJournal.codecs(),
                signer)) {
          Round done =
              round(open.journal(), signed ? Optional.of(log.publisher) : Optional.empty());
          if (round > 1) {
            (signed ? with : without).add(done);
          }
        }
      }
      double share = sum(with, Round::signing) / sum(with, Round::all);
      System.out.printf(
          "events/s without the ledger %.0f, with it %.0f; signing and publishing took %.1f µs an"
              + " event, %.1f %% of the processor time of the process%n",
          median(without),
          median(with),
          1e6 * sum(with, Round::signing) / with.size() / SUBMISSIONS / EVENTS,
          100 * share);
      assertThat(share).isBetween(0.0, MOST);
    }
  }

  private static double sum(List<Round> rounds, ToDoubleFunction<Round> part) {
    return rounds.stream().mapToDouble(part).sum();
  }

  private static double median(List<Round> rounds) {
    return rounds.stream().mapToDouble(Round::rate).sorted().toArray()[rounds.size() / 2];
  }

  /** Several senders at once; the publisher does its work at the end, if there is one. */
  private static Round round(Journal journal, Optional<Publisher> publisher)
      throws InterruptedException, ExecutionException {
    List<Submission> submissions = new ArrayList<>();
    for (int i = 0; i < SUBMISSIONS; i++) {
      List<Draft> drafts = new ArrayList<>();
      for (int k = 0; k < EVENTS; k++) {
        drafts.add(AttackedLog.event("urn:uuid:" + UUID.randomUUID()));
      }
      submissions.add(new Submission(UUID.randomUUID(), drafts));
    }
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    OperatingSystemMXBean process =
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    try (ExecutorService senders = Executors.newFixedThreadPool(SENDERS)) {
      long begin = System.nanoTime();
      long allBefore = process.getProcessCpuTime();
      List<Future<Outcome>> answers =
          submissions.stream().map(one -> senders.submit(() -> journal.append(one))).toList();
      for (Future<Outcome> answer : answers) {
        assertThat(((Outcome.Committed) answer.get()).note().isPresent())
            .isEqualTo(publisher.isPresent());
      }
      long ownBefore = threads.getCurrentThreadCpuTime();
      publisher.ifPresent(Publisher::publishNewest);
      long publishing = threads.getCurrentThreadCpuTime() - ownBefore;
      double seconds = (System.nanoTime() - begin) / 1e9;
      long signing =
          Thread.getAllStackTraces().keySet().stream()
              .filter(thread -> thread.getName().equals("journal-signer"))
              .mapToLong(thread -> Math.max(0, threads.getThreadCpuTime(thread.threadId())))
              .sum();
      return new Round(
          SUBMISSIONS * EVENTS / seconds,
          (signing + publishing) / 1e9,
          (process.getProcessCpuTime() - allBefore) / 1e9);
    }
  }

  /** As with yuanliu.transparency.signing=false. */
  private static final class NoSigner implements HeadSigner {
    @Override
    public void begin(TreeHead head) {}

    @Override
    public Optional<String> sign(TreeHead head) {
      return Optional.empty();
    }

    @Override
    public Optional<JournalUnavailableException.Kind> closed() {
      return Optional.empty();
    }
  }
}
