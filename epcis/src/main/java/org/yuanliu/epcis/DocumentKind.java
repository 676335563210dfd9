package org.yuanliu.epcis;

import org.jspecify.annotations.Nullable;

/** What a document is for (EPCIS 2.0 §9.5, §10). */
public enum DocumentKind {
  /** Events, and master data in the header, on their way to a repository. */
  CAPTURE("EPCISDocument"),
  /** What a query gave: {@code QueryResults} around events or master data. */
  QUERY("EPCISQueryDocument"),
  /** Master data alone; XML only. In JSON it becomes a capture document without events. */
  MASTER_DATA("EPCISMasterDataDocument");

  private final String term;

  DocumentKind(String term) {
    this.term = term;
  }

  /** The name in documents, as in {@code EPCISDocument}. */
  public String term() {
    return term;
  }

  static @Nullable DocumentKind ofTerm(String term) {
    return switch (term) {
      case "EPCISDocument" -> CAPTURE;
      case "EPCISQueryDocument" -> QUERY;
      case "EPCISMasterDataDocument" -> MASTER_DATA;
      default -> null;
    };
  }
}
