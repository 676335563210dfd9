package org.yuanliu.platform.access;

import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/** On whose behalf something is read. The disclosure policy decides by this and nothing else. */
public sealed interface Viewer {

  /** Anyone with a code in hand; not signed in. */
  record Consumer() implements Viewer {}

  /**
   * A firm, a stall holder, a market: sees its own records and one step up and down. A partner
   * platform sees besides what was agreed with it.
   *
   * @param party canonical URI of the party
   * @param keys UnitKeys of every code the party has, merged ones included
   */
  record Enterprise(String party, Set<UUID> keys, Set<Agreed> agreed) implements Viewer {
    public Enterprise {
      keys = Set.copyOf(keys);
      agreed = Set.copyOf(agreed);
    }

    /** With nothing agreed. */
    public Enterprise(String party, Set<UUID> keys) {
      this(party, keys, Set.of());
    }
  }

  /**
   * A department: sees what happens in its divisions and industries.
   *
   * @param divisionPrefix leading digits of the division codes in its care, e.g. {@code 6101}, a
   *     township's nine; empty for the nation
   * @param industries ids of industry packs; empty for all
   */
  record Regulator(String party, String divisionPrefix, Set<String> industries) implements Viewer {
    private static final Pattern DIGITS = Pattern.compile("[0-9]{0,9}");

    public Regulator {
      industries = Set.copyOf(industries);
      if (!DIGITS.matcher(divisionPrefix).matches()) {
        throw new IllegalArgumentException("not the beginning of a division code");
      }
    }
  }

  /**
   * The public page's own walk: a verdict on half a chain would be wrong, so it sees every record.
   * Nobody can sign in as this, and nothing leaves but through {@link Disclosure#publicView}.
   */
  record PublicPage() implements Viewer {}

  /** Who runs the platform; every read of his is audited like any other. */
  record Operator(String party) implements Viewer {}
}
