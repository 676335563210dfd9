package org.yuanliu.platform.demo;

import java.time.LocalDateTime;
import java.util.List;

/**
 * Some goods in one hand.
 *
 * @param uri the batch or trace code that they came under
 * @param grams how much
 * @param certificates that go with them
 * @param at when they were there
 */
record Lot(String uri, Goods goods, long grams, List<Paper> certificates, LocalDateTime at) {
  Lot {
    certificates = List.copyOf(certificates);
    if (grams <= 0) {
      throw new IllegalArgumentException(uri + " holds " + grams + " g");
    }
  }

  Lot at(LocalDateTime time) {
    return new Lot(uri, goods, grams, certificates, time);
  }
}
