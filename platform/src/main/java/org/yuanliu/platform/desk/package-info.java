/** Serves the desk, the application for enterprises, markets and authorities (sources in web/). */
@NullMarked
package org.yuanliu.platform.desk;

import org.jspecify.annotations.NullMarked;
