/** Who is asking and what they may see: accounts, keys, sessions, the disclosure policy, audit. */
@NullMarked
package org.yuanliu.platform.access;

import org.jspecify.annotations.NullMarked;
