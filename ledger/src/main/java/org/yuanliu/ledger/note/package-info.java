/**
 * Signed notes (C2SP signed-note), checkpoints (tlog-checkpoint) and cosignatures
 * (tlog-cosignature): how a log says which tree it has, and how others confirm it.
 *
 * <p>Parsing takes what strangers send: it answers with a {@link
 * org.yuanliu.ledger.note.NoteException} and nothing else. A text of a note means nothing until
 * {@link org.yuanliu.ledger.note.Note#verify} has found a signature of a known key.
 */
@NullMarked
package org.yuanliu.ledger.note;

import org.jspecify.annotations.NullMarked;
