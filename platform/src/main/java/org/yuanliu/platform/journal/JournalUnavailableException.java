package org.yuanliu.platform.journal;

import static java.util.Objects.requireNonNull;

/**
 * The journal cannot store now; nothing was acknowledged. The door answers 503 with Retry-After.
 */
public final class JournalUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final Kind kind;

  /** What is known of what was to be stored. */
  public enum Kind {
    /** It was not stored. */
    NOTHING_STORED,
    /** It was not stored: the disk is full but for its reserve. */
    NO_ROOM,
    /** It was not stored: too few witnesses have cosigned the log for longer than it allows. */
    WITNESSES_LACKING,
    /** It was not stored: the log in the database does not continue what was shown of it. */
    LOG_CONTRADICTED,
    /**
     * The database went away during the commit and did not come back in time: it may be stored.
     * Sending it again finds out and harms nothing, as its identity is the same.
     */
    UNCERTAIN
  }

  public JournalUnavailableException(String message, Throwable cause) {
    this(Kind.NOTHING_STORED, message, cause);
  }

  public JournalUnavailableException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = requireNonNull(kind, "kind is null");
  }

  /** Refuses before anything is tried. */
  public static JournalUnavailableException noRoom() {
    return new JournalUnavailableException(
        Kind.NO_ROOM, "the disk is full", new IllegalStateException("only the reserve is left"));
  }

  /** Refuses before anything is tried. */
  static JournalUnavailableException closed(Kind kind) {
    return new JournalUnavailableException(
        kind, "the log is closed", new IllegalStateException("see the health of the ledger"));
  }

  public Kind kind() {
    return kind;
  }
}
