package org.yuanliu.platform.registry;

import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * Lists of who runs what, asked of the tables. For pages and notices; what every event asks is
 * asked of the {@link Registry}, which remembers.
 */
public interface Directory {
  /**
   * The places that a party runs, in the order of their ids.
   *
   * @param codes canonical URIs of every code the party has
   */
  List<Place> placesOf(Collection<String> codes, int limit);

  /**
   * Ids of parties that run a place of one of these kinds or have a stall in one, in order.
   *
   * @param nodeTypes kinds of place as the industry packs name them
   * @param divisionPrefix leading digits of the place's division; empty for everywhere
   * @param after the id to go on after; empty for the beginning
   */
  List<String> atPlaces(Set<String> nodeTypes, String divisionPrefix, String after, int limit);
}
