package org.yuanliu.platform.query;

import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Nothing is known of places yet: each stands for itself. */
@Component
final class NoMasterData implements MasterData {
  @Override
  public Set<String> withDescendants(Set<String> ids) {
    return ids;
  }

  @Override
  public Map<String, Set<String>> attributes(String id) {
    return Map.of();
  }
}
