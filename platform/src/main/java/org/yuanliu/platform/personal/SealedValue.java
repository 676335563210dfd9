package org.yuanliu.platform.personal;

import java.util.UUID;
import org.yuanliu.platform.journal.Draft;

/**
 * A value that was taken out of an event, on its way into the database beside it.
 *
 * @param digest keyed, of the value
 * @param sealed salt and value under the person's key
 */
@SuppressWarnings("ArrayRecordComponent") // handed from one method to the next, never shared
record SealedValue(byte[] commitment, UUID subject, String element, byte[] digest, byte[] sealed)
    implements Draft.Attached {}
