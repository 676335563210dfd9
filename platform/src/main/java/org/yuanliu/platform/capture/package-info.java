/** Documents in (GS1 EPCIS 2.0 §12.6): decodes, checks and hands to the journal. */
@NullMarked
package org.yuanliu.platform.capture;

import org.jspecify.annotations.NullMarked;
