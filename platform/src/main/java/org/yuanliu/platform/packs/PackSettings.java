package org.yuanliu.platform.packs;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where packs beside the bundled ones are.
 *
 * @param folder folder of YAML files, or none
 */
@ConfigurationProperties("yuanliu.packs")
record PackSettings(@Nullable String folder) {}
