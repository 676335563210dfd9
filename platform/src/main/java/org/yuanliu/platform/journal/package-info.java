/** The append-only store: order, commit, leaves. */
@NullMarked
package org.yuanliu.platform.journal;

import org.jspecify.annotations.NullMarked;
