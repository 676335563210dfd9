/**
 * Industries as data: packs say what a product's chain must have, and the rules here judge a chain
 * by them. Nothing in this package knows an industry, a database or the network.
 */
@NullMarked
package org.yuanliu.industry;

import org.jspecify.annotations.NullMarked;
