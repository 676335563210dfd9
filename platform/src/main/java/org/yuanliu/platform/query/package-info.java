/**
 * Events out: the EPCIS 2.0 query language over the journal, queries under a name, lists of what
 * there is (GS1 EPCIS 2.0 §8.2 and §12). Everything is read through the disclosure policy.
 */
@NullMarked
package org.yuanliu.platform.query;

import org.jspecify.annotations.NullMarked;
