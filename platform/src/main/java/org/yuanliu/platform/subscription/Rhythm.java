package org.yuanliu.platform.subscription;

import static java.util.Objects.requireNonNull;

/** When a subscription's query runs (SubscriptionControls, EPCIS 2.0 §8.2.5.2). */
public sealed interface Rhythm {

  /** As soon as events are stored. */
  record Stream() implements Rhythm {}

  /** At the times of a schedule, in the zone that the server is set to. */
  record Scheduled(Schedule schedule) implements Rhythm {
    public Scheduled {
      requireNonNull(schedule, "schedule is null");
    }
  }

  /**
   * Whenever what the URI stands for happens. There is one: {@link #STORED}. Unlike a stream it may
   * report that nothing was found.
   */
  record Triggered(String uri) implements Rhythm {
    /** Something was stored in the journal. */
    public static final String STORED = "urn:yuanliu:trigger:stored";

    public Triggered {
      requireNonNull(uri, "uri is null");
    }
  }
}
