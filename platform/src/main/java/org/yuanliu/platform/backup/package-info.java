/**
 * Backup and restore in a format of their own, independent of the version of PostgreSQL; see
 * docs/operations.md. Reads whatever tables the schema has; owns none.
 */
@NullMarked
package org.yuanliu.platform.backup;

import org.jspecify.annotations.NullMarked;
