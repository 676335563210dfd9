package org.yuanliu.ledger.receipt;

import java.util.Collection;
import java.util.List;
import org.yuanliu.ledger.note.VerifierKey;

/**
 * Whom the verifier trusts.
 *
 * @param log keys of logs, of the types that sign notes; a key counts for the log of its name only
 * @param witnesses keys of the cosignature types
 */
public record Trust(List<VerifierKey> log, List<VerifierKey> witnesses) {
  public Trust {
    log = List.copyOf(log);
    witnesses = List.copyOf(witnesses);
    if (log.stream().anyMatch(key -> key.type().isCosignature())
        || !witnesses.stream().allMatch(key -> key.type().isCosignature())) {
      throw new IllegalArgumentException("logs sign notes, witnesses cosign");
    }
  }

  /** Sorts keys by their types. */
  public static Trust of(Collection<VerifierKey> keys) {
    return new Trust(
        keys.stream().filter(key -> !key.type().isCosignature()).toList(),
        keys.stream().filter(key -> key.type().isCosignature()).toList());
  }
}
