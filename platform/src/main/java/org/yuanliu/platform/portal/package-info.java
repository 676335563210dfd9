/** The public page: what a consumer sees after scanning a code. */
@NullMarked
package org.yuanliu.platform.portal;

import org.jspecify.annotations.NullMarked;
