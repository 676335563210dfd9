package org.yuanliu.platform.catalogue;

import static java.util.Objects.requireNonNull;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A product on a catalogue, with why it is there.
 *
 * @param industry id of the pack
 * @param product id of the product within it
 * @param list key (重点) or encouraged (鼓励)
 * @param importance to safety, from 1 to 5
 * @param probability of harm, from 1 to 5
 * @param severity of its consequences, from 1 to 5
 * @param reason what the assessment rests on, kept with it
 * @param mandatoryFrom first day on which its links are mandatory; null on the encouraged list
 */
public record Assessed(
    String industry,
    String product,
    ListName list,
    int importance,
    int probability,
    int severity,
    String reason,
    @Nullable LocalDate mandatoryFrom) {
  public Assessed {
    requireNonNull(industry, "industry is null");
    requireNonNull(product, "product is null");
    requireNonNull(list, "list is null");
    requireNonNull(reason, "reason is null");
  }

  /** On which list a product is. */
  public enum ListName {
    KEY,
    ENCOURAGED
  }

  /** From 1 to 125: what to look at first. */
  public int score() {
    return importance * probability * severity;
  }

  String name() {
    return industry + "/" + product;
  }

  boolean isKeyOn(LocalDate day) {
    return list == ListName.KEY && mandatoryFrom != null && !day.isBefore(mandatoryFrom);
  }
}
