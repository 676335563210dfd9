package org.yuanliu.platform.portal;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yuanliu.industry.Localized;
import org.yuanliu.platform.journal.Standing;
import org.yuanliu.platform.trace.Certainty;
import org.yuanliu.platform.trace.Trace;

/**
 * One stop of the line from source to shelf: events of one step by one party at one place.
 *
 * @param from time of the first event, with the offset as sent
 * @param to time of the last event
 * @param events how many there are
 * @param place name of the place and its county; null where the record names none
 * @param party who answers
 * @param refs the journal entries behind it, at most {@link #MAX_REFS}
 */
record Stop(
    String id,
    Localized step,
    OffsetDateTime from,
    OffsetDateTime to,
    int events,
    @Nullable Localized place,
    Localized party,
    List<Paper> papers,
    List<TestLine> tests,
    Standing standing,
    Certainty certainty,
    boolean bad,
    Set<Trace.Flag> flags,
    List<String> refs) {
  /** A reader opens a few records, not hundreds. */
  static final int MAX_REFS = 12;

  /**
   * A document as the public may see it.
   *
   * @param type what it is
   * @param number as printed
   * @param validTo last day of validity; null where it names none or is not registered
   */
  record Paper(
      Localized type,
      String number,
      @Nullable String validTo,
      @Nullable String issuer,
      State state) {
    enum State {
      VALID,
      EXPIRED,
      UNREGISTERED
    }
  }

  /** A test's result. */
  record TestLine(Localized item, @Nullable Boolean passed) {}
}
