/** Refusals as problem+json (RFC 9457), in Chinese and English. */
@NullMarked
package org.yuanliu.platform.problem;

import org.jspecify.annotations.NullMarked;
