package org.yuanliu.platform.problem;

import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;

/**
 * Tells a database that is away for a moment (restarting, out of connections, shutting down) from a
 * mistake of ours. The same request may succeed a little later, so its sender is told 503 and when,
 * not 500.
 */
final class DatabaseOutage {
  /** Long enough for a restart of the database. */
  static final String RETRY_AFTER_S = "5";

  /** Exceptions wrap each other a few times, never so often unless in a circle. */
  private static final int MAX_CAUSES = 16;

  private DatabaseOutage() {}

  /** Whether the database's absence is what failed, or what made it fail. */
  static boolean caused(@Nullable Throwable failure) {
    Throwable at = failure;
    for (int i = 0; at != null && i < MAX_CAUSES; i++) {
      if (at instanceof DataAccessResourceFailureException
          || at instanceof TransientDataAccessException
          || at instanceof RecoverableDataAccessException
          || at instanceof CannotCreateTransactionException
          || at instanceof TransactionSystemException) {
        return true;
      }
      at = at.getCause();
    }
    return false;
  }
}
