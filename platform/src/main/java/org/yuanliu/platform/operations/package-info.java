/** What whoever runs the platform looks at: settings in force, what is stored and how it grows. */
@NullMarked
package org.yuanliu.platform.operations;

import org.jspecify.annotations.NullMarked;
