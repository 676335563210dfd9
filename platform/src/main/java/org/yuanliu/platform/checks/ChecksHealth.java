package org.yuanliu.platform.checks;

import static java.util.Objects.requireNonNull;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.stereotype.Component;

/**
 * How far the checks follow. Where they do not go on, records are still stored, so the server stays
 * up and says why.
 */
@Component
final class ChecksHealth extends AbstractHealthIndicator {
  private final CheckFollower follower;

  ChecksHealth(CheckFollower follower) {
    super("the state of the checks could not be asked");
    this.follower = requireNonNull(follower, "follower is null");
  }

  @Override
  protected void doHealthCheck(Health.Builder builder) {
    long judged = follower.reached();
    builder
        .up()
        .withDetail("judged", judged)
        .withDetail("behind", Math.max(0, follower.head() - judged));
    String failure = follower.failure();
    if (failure != null) {
      builder.withDetail("failure", failure);
    }
  }
}
