/**
 * EPCIS 2.0 events and documents without any framework: reading and checking JSON-LD, one canonical
 * form for vocabulary and identifiers, the event hash of CBV 2.0 and 2.1, and the form in which an
 * event is stored.
 *
 * <p>The internal form of an event is its JSON-LD tree together with a typed record ({@link
 * org.yuanliu.epcis.EpcisEvent}); other syntaxes are turned into the same tree, so that checks and
 * hash are written once.
 */
@NullMarked
package org.yuanliu.epcis;

import org.jspecify.annotations.NullMarked;
