/** Load drivers against a running server, over HTTP; each prints what it saw and nothing else. */
@NullMarked
package org.yuanliu.bench;

import org.jspecify.annotations.NullMarked;
