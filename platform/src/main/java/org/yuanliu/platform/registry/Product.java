package org.yuanliu.platform.registry;

import org.jspecify.annotations.Nullable;

/**
 * @param code GTIN (canonical URI) or eight-digit goods code (商品码, GB/T 7635.1)
 * @param goodsCode eight digits, where known
 */
public record Product(
    String code,
    String name,
    @Nullable String nameEn,
    @Nullable String goodsCode,
    @Nullable String industry) {}
