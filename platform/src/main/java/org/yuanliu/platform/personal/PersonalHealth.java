package org.yuanliu.platform.personal;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.stereotype.Component;

/** Down while the key-encryption key is gone or wrong: where it is looked for, what to do. */
@Component("personalKeys")
final class PersonalHealth extends AbstractHealthIndicator {
  private final KeyRing ring;

  PersonalHealth(KeyRing ring) {
    super("the keys of personal data could not be asked for");
    this.ring = requireNonNull(ring, "ring is null");
  }

  @Override
  protected void doHealthCheck(Health.Builder builder) {
    Optional<String> failure = ring.failure();
    if (failure.isEmpty()) {
      builder.up();
    } else {
      builder
          .down()
          .withDetail("key", failure.get())
          .withDetail(
              "todo",
              "把密钥放回原处，无需重启；没有它就读不出已保存的个人信息 / put the key back where it was,"
                  + " no restart needed; without it what is stored cannot be read");
    }
  }
}
