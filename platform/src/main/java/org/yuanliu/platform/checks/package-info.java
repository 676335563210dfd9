/**
 * The packs' checks over what is stored: a view that follows the journal, its alerts, counters in
 * the journal's own transaction, and the question before an act.
 */
@NullMarked
package org.yuanliu.platform.checks;

import org.jspecify.annotations.NullMarked;
