package org.yuanliu.industry;

import java.util.Set;

/** When a link must be there. */
public sealed interface Presence {
  /** On every branch of every chain. */
  record Always() implements Presence {}

  /** Nowhere; where it is, what it requires is checked. The key catalogue makes it mandatory. */
  record Optional() implements Presence {}

  /**
   * Only where there is cause, as a recall, a medication or a repair: its absence never says
   * anything, whatever the catalogue asks for.
   */
  record AsNeeded() implements Presence {}

  /**
   * Only for what was in use before anybody kept its records, as an old lift: its branch begins
   * with the link, whatever earlier days are told afterwards, and nothing is asked of what lies
   * before.
   */
  record TakesOn() implements Presence {}

  /**
   * At each place of these kinds that the chain passes.
   *
   * @param nodeTypes kinds of place, at least one
   */
  record WhenPassing(Set<String> nodeTypes) implements Presence {
    public WhenPassing {
      nodeTypes = Set.copyOf(nodeTypes);
      if (nodeTypes.isEmpty()) {
        throw new IllegalArgumentException("a condition without a kind of place");
      }
    }
  }
}
