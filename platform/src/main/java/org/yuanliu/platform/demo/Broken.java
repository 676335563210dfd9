package org.yuanliu.platform.demo;

import static java.util.Objects.requireNonNull;

import org.yuanliu.industry.FindingCode;
import org.yuanliu.industry.Level;

/**
 * A chain with one thing wrong, on purpose.
 *
 * @param code canonical URI of a receipt's trace code
 * @param kind what is wrong with it
 * @param verdict what its page must say
 */
record Broken(String code, FindingCode kind, Level verdict) {
  Broken {
    requireNonNull(code, "code is null");
    requireNonNull(kind, "kind is null");
    requireNonNull(verdict, "verdict is null");
  }
}
