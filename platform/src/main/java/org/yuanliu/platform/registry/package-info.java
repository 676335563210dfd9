/** Parties, places, products, documents, mandates, equivalences. */
@NullMarked
package org.yuanliu.platform.registry;

import org.jspecify.annotations.NullMarked;
