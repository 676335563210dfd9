/** How long records are kept, by the classes of the packs, and what is told of those that went. */
@NullMarked
package org.yuanliu.platform.retention;

import org.jspecify.annotations.NullMarked;
