package org.yuanliu.platform.journal;

/** Drops every view and rebuilds it from the journal ({@code ./yuanliu rebuild}). */
public interface Rebuild {
  /** Hears how far it is, after every chunk; on the writer's thread. */
  interface Progress {
    /**
     * @param entries of the journal
     */
    void begin(long entries);

    /**
     * @param position the first that the views do not hold yet
     */
    void done(long position);
  }

  /**
   * Rebuilds all projections; meanwhile nothing is stored. Returns when they are whole. If it is
   * cut off, the next start of the server finishes it before it stores anything.
   *
   * @throws JournalUnavailableException if the database is lost or a projection fails
   */
  void rebuild(Progress progress);

  /** The same; how far it is stands in the log every few seconds. */
  default void rebuild() {
    rebuild(new LoggedProgress());
  }
}
