package org.yuanliu.industry;

import java.util.Locale;

/** What a check does when it fails. */
public enum CheckLevel {
  /** Says no when asked before the act; an act done all the same is stored and alerted. */
  REFUSE,
  /** Raises an alert that the regulator sees. */
  ALERT,
  /** Tells the one who reports; no alert. */
  WARN;

  /** The word for it in a pack. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
