package org.yuanliu.platform.query;

import java.time.Instant;
import tools.jackson.databind.JsonNode;

/**
 * A query under a name (EPCIS 2.0 §12.5): a view on the events, read anew by whoever asks.
 *
 * @param owner canonical URI of the party whose name it is
 * @param definition the query as it was sent
 * @param query the same, read
 */
public record NamedQuery(
    String owner, String name, JsonNode definition, EventQuery query, Instant createdAt) {}
