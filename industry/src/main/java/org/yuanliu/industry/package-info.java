@NullMarked
package org.yuanliu.industry;

import org.jspecify.annotations.NullMarked;
