/**
 * What all addresses of the EPCIS 2.0 REST interface share (GS1 EPCIS 2.0 §12): versions and other
 * headers, refusals under the standard's names, pages and their tokens, identifiers in paths.
 */
@NullMarked
package org.yuanliu.platform.binding;

import org.jspecify.annotations.NullMarked;
