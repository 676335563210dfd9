/** The SOAP binding of EPCIS's query control interface (EPCIS 2.0 and 1.2, §11). */
@NullMarked
package org.yuanliu.platform.soap;

import org.jspecify.annotations.NullMarked;
