package org.yuanliu.platform.portal;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yuanliu.industry.Link;
import org.yuanliu.industry.Localized;
import org.yuanliu.industry.Verdict;
import org.yuanliu.ledger.TreeHead;

/**
 * All that a page shows of a code; the template adds nothing.
 *
 * @param code as printed
 * @param grouped in groups of four, for reading aloud
 * @param product what it is; null where no record names it
 * @param links the product's links, from source to shelf; empty where no pack knows it
 * @param stops from source to shelf
 * @param downstream where it went, coarsely: counties, no names
 * @param placesWithheld whether the goods' pack keeps places from the public
 * @param asOf when this was put together
 */
record TracePage(
    String code,
    String grouped,
    Localized scheme,
    @Nullable Localized product,
    Verdict verdict,
    List<Link> links,
    List<Stop> stops,
    FlowDrawing drawing,
    List<Localized> downstream,
    boolean placesWithheld,
    Instant asOf,
    TreeHead head) {}
