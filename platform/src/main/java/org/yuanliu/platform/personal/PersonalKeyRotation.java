package org.yuanliu.platform.personal;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.springframework.stereotype.Component;

/** Replaces the key-encryption key, for the command. */
@Component
public class PersonalKeyRotation {
  private final KeyRing ring;

  PersonalKeyRotation(KeyRing ring) {
    this.ring = requireNonNull(ring, "ring is null");
  }

  /**
   * What was done.
   *
   * @param key name of the new key
   * @param retired names of keys that nothing is wrapped with any more
   * @param rewrapped how many persons' keys
   * @param resumed whether an earlier one that was cut off was brought to its end
   */
  public record Done(String key, List<String> retired, long rewrapped, boolean resumed) {}

  /**
   * @throws KeyGoneException if the old or the new key is not to be had
   * @throws IllegalStateException if its holder has no new key
   */
  public Done rotate() {
    KeyRing.Rotation rotation = ring.rotate();
    return new Done(rotation.name(), rotation.before(), rotation.rewrapped(), rotation.resumed());
  }
}
