/** The standard, published: pages, schemas, templates and profiles rendered from the packs. */
@NullMarked
package org.yuanliu.platform.standards;

import org.jspecify.annotations.NullMarked;
