/** PostgreSQL: embedded or by URL, durable, migrated. */
@NullMarked
package org.yuanliu.platform.database;

import org.jspecify.annotations.NullMarked;
