/** The command line: serve, demo, rebuild. */
@NullMarked
package org.yuanliu.platform.command;

import org.jspecify.annotations.NullMarked;
