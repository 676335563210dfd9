/**
 * The tools of those outside: {@code verify} a receipt, {@code monitor} a log, {@code fsck} its
 * public tiles. They need neither database nor server, and trust nothing but the keys they are
 * given.
 */
@NullMarked
package org.yuanliu.ledger.tool;

import org.jspecify.annotations.NullMarked;
