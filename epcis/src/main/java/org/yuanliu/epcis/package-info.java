@NullMarked
package org.yuanliu.epcis;

import org.jspecify.annotations.NullMarked;
