/** What all pages that the server renders share: their language, their frame, how they write. */
@NullMarked
package org.yuanliu.platform.page;

import org.jspecify.annotations.NullMarked;
