/**
 * The demonstration: several days of pork and vegetables in Xi'an, generated and sent in by the
 * door.
 */
@NullMarked
package org.yuanliu.platform.demo;

import org.jspecify.annotations.NullMarked;
