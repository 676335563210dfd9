package org.yuanliu.platform.transparency;

import static java.util.Objects.requireNonNull;

import org.springframework.stereotype.Component;
import org.yuanliu.ledger.note.VerifierKey;

/**
 * {@code ./yuanliu ledger rotate-key}. A server that runs signs with the new key within a minute.
 */
@Component
public final class KeyRotation {
  private final LedgerKeys keys;

  KeyRotation(LedgerKeys keys) {
    this.keys = requireNonNull(keys, "keys is null");
  }

  /**
   * Makes a new key for the log and retires the one in use.
   *
   * @return the new public key
   */
  public VerifierKey rotate() {
    return keys.rotate(KeyPurpose.LOG);
  }
}
