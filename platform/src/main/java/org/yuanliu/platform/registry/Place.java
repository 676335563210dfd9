package org.yuanliu.platform.registry;

import org.jspecify.annotations.Nullable;

/**
 * @param id canonical URI (GLN, node code or own)
 * @param party canonical URI of who runs it
 * @param nodeType kind of place as the industry packs name it (节点类型), e.g. {@code
 *     wholesale_market}: verdicts ask for links by it
 */
public record Place(
    String id,
    String name,
    @Nullable String nameEn,
    String division,
    @Nullable String address,
    @Nullable String party,
    @Nullable String nodeType) {}
