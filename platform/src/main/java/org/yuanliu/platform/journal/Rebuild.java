package org.yuanliu.platform.journal;

/** Drops every view and rebuilds it from the journal ({@code ./yuanliu rebuild}). */
public interface Rebuild {

  /**
   * Rebuilds all projections; meanwhile nothing is stored. Returns when they are whole. If it is
   * cut off, the next start of the server finishes it before it stores anything.
   *
   * @throws JournalUnavailableException if the database is lost or a projection fails
   */
  void rebuild();
}
