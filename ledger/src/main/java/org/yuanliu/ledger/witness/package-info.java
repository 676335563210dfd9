/**
 * The C2SP tlog-witness protocol: what a log asks, what a witness answers. Decisions only: no
 * network, no storage, no clock.
 */
@NullMarked
package org.yuanliu.ledger.witness;

import org.jspecify.annotations.NullMarked;
