package org.yuanliu.ledger.receipt;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/** The stored body of a record, or why it is not in the receipt. */
public sealed interface Content {
  /** The body as it was stored; the digest in the leaf is over its UTF-8 bytes. */
  record Body(String text) implements Content {
    public Body {
      requireNonNull(text, "text is null");
    }
  }

  /**
   * The body was erased; its digest remains in the leaf. The log states this, nothing proves it.
   */
  record Erased(Instant at, String reason) implements Content {
    public Erased {
      requireNonNull(at, "at is null");
      requireNonNull(reason, "reason is null");
    }
  }

  /** Whoever asked for the receipt may not see the body. */
  record Withheld() implements Content {}
}
