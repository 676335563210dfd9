/** Legal holds: what a case, a recall or a dispute keeps from being erased or dropped. */
@NullMarked
package org.yuanliu.platform.hold;

import org.jspecify.annotations.NullMarked;
