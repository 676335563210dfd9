/**
 * Codes as a service: what a scanned text may be, exemptions from checks, ranges of numbers that
 * are given out once.
 */
@NullMarked
package org.yuanliu.platform.codes;

import org.jspecify.annotations.NullMarked;
