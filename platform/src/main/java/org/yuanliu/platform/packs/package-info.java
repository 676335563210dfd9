/**
 * Industry packs in force: loaded at the start, reloaded by an operator, each version journalled.
 */
@NullMarked
package org.yuanliu.platform.packs;

import org.jspecify.annotations.NullMarked;
