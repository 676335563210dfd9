/** Backward, forward, who is responsible. */
@NullMarked
package org.yuanliu.platform.trace;

import org.jspecify.annotations.NullMarked;
