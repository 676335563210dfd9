/** QR codes as pictures. */
@NullMarked
package org.yuanliu.platform.qr;

import org.jspecify.annotations.NullMarked;
