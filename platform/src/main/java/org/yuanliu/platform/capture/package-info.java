/**
 * Documents in, events out: the EPCIS 2.0 REST binding (GS1 EPCIS 2.0 §12). Capture decodes, checks
 * and hands to the journal; queries read through the disclosure policy.
 */
@NullMarked
package org.yuanliu.platform.capture;

import org.jspecify.annotations.NullMarked;
