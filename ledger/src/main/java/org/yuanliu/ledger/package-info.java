@NullMarked
package org.yuanliu.ledger;

import org.jspecify.annotations.NullMarked;
