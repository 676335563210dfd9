/**
 * Receipts: all that is needed to show, offline and with nothing but public keys, that a record
 * stands in a log and has not been changed since.
 *
 * <p>{@link org.yuanliu.ledger.receipt.Receipt} is the file, {@link
 * org.yuanliu.ledger.receipt.Verifier} says what it proves and what it does not.
 */
@NullMarked
package org.yuanliu.ledger.receipt;

import org.jspecify.annotations.NullMarked;
