/**
 * Figures for society and for statistics: sets that the packs declare, added up from the journal by
 * subject, published in versions, with everything withheld that would tell about one subject.
 */
@NullMarked
package org.yuanliu.platform.opendata;

import org.jspecify.annotations.NullMarked;
