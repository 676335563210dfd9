@NullMarked
package org.yuanliu.codes;

import org.jspecify.annotations.NullMarked;
