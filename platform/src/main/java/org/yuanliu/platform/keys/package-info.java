/** Sealing of small secrets, and files of keys: one piece for all who keep some. */
@NullMarked
package org.yuanliu.platform.keys;

import org.jspecify.annotations.NullMarked;
