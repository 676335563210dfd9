/**
 * Catalogues of key and encouraged products: scored, versioned, local ones compatible with those
 * above them; what is on the key list is mandatory from its date on.
 */
@NullMarked
package org.yuanliu.platform.catalogue;

import org.jspecify.annotations.NullMarked;
