/** Events by form: a link's flat data elements in, EPCIS events through the door of capture. */
@NullMarked
package org.yuanliu.platform.links;

import org.jspecify.annotations.NullMarked;
