package org.yuanliu.industry;

import java.util.Locale;

/** What kind of link it is, so that every industry can be asked for transport, storage and end. */
public enum LinkStage {
  /** Where units come into being: planting, breeding, mining, manufacture, import. */
  SOURCE,
  PRODUCTION,
  TRANSPORT,
  STORAGE,
  /** Change of hands between firms. */
  TRADE,
  /** Sale to whoever uses it. */
  RETAIL,
  USE,
  /** Tests, inspections, maintenance: what looks after the unit. */
  CONTROL,
  /** Return, recall, loss. */
  REVERSE,
  /** The end: destruction, disposal, scrapping, deregistration. */
  DESTRUCTION;

  /** The word for it in a pack. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
