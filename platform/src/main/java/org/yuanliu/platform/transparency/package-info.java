/**
 * The journal's tree as a transparency log that anyone can check: tiles, signed checkpoints,
 * receipts, witnesses, the daily anchor.
 */
@NullMarked
package org.yuanliu.platform.transparency;

import org.jspecify.annotations.NullMarked;
