/**
 * Commands on documents in files: convert, validate, hash, conformance. No server, no database; who
 * uses the library needs none of it.
 */
@NullMarked
package org.yuanliu.epcis.tool;

import org.jspecify.annotations.NullMarked;
