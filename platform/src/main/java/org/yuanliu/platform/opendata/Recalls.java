package org.yuanliu.platform.opendata;

import org.yuanliu.epcis.EpcisEvent;
import org.yuanliu.epcis.YlVocabulary;

/** Which events report a recall. */
final class Recalls {
  /** The business step of a recall. */
  static final String STEP = YlVocabulary.NAMESPACE + "BizStep-recalling";

  private static final String STATUS = "recallStatus";
  private static final String LIFTED = "lifted";

  private Recalls() {}

  /** Whether it begins one; that a recall is over is none. */
  static boolean isOne(EpcisEvent event) {
    return STEP.equals(event.bizStep())
        && event
            .extension(YlVocabulary.NAMESPACE, STATUS)
            .filter(status -> LIFTED.equals(status.asString("")))
            .isEmpty();
  }
}
