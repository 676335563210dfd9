/** What is done again and again while the server runs. */
@NullMarked
package org.yuanliu.platform.schedule;

import org.jspecify.annotations.NullMarked;
