package org.yuanliu.platform.operations;

/** What a capability has to do yet, in the background of its answers. */
public interface BackgroundWork {
  /**
   * What waits.
   *
   * @param name stable, for the page to name it by
   * @param waiting documents or the like
   * @param events in them
   */
  record Waiting(String name, long waiting, long events) {}

  /** What waits now; asked by a page, so in milliseconds. */
  Waiting waiting();
}
