package org.yuanliu.platform.registry;

import org.jspecify.annotations.Nullable;

/**
 * @param id canonical URI (GLN, node code or own)
 * @param party canonical URI of who runs it
 */
public record Place(
    String id, String name, @Nullable String nameEn, String division, @Nullable String address, @Nullable String party) {}
