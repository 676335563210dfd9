/**
 * Subscriptions to queries (EPCIS 2.0 §8.2.5): by stream, by schedule, by trigger; delivered by
 * webhook and WebSocket in the order of the journal.
 */
@NullMarked
package org.yuanliu.platform.subscription;

import org.jspecify.annotations.NullMarked;
