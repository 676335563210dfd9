/**
 * Personal values: taken out of events before they are stored, kept encrypted under a key for each
 * person, found again, shown with a reason, erased.
 */
@NullMarked
package org.yuanliu.platform.personal;

import org.jspecify.annotations.NullMarked;
