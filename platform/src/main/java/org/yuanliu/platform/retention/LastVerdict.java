package org.yuanliu.platform.retention;

import java.util.Optional;
import org.yuanliu.industry.Level;

/** What the public is told of a unit, to be kept when its records go. */
public interface LastVerdict {
  /**
   * The word now.
   *
   * @param unit canonical URI
   * @return empty where no page can be made of it
   */
  Optional<Level> of(String unit);
}
