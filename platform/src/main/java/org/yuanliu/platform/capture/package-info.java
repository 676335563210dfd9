/** Documents in: decode, check, hand to the journal; and the EPCIS queries. */
@NullMarked
package org.yuanliu.platform.capture;

import org.jspecify.annotations.NullMarked;
