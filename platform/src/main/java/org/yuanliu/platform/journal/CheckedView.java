package org.yuanliu.platform.journal;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** A view whose rows {@code fsck} compares with what the journal's events make them. */
public interface CheckedView {
  /** In a word, for the sentence that names a difference. */
  String name();

  /** A projection of its own for the check, as what it remembers is of the check's tables. */
  Projection projection();

  /** Tables whose rows are found by journal and position: compared stretch by stretch. */
  List<String> byPosition();

  /** Tables with a position that is not looked for: gathered on disk, compared at the end. */
  List<String> asAWhole();

  /** What the projection writes besides, and is not compared, as it belongs to no one event. */
  List<String> besides();

  /**
   * The first difference in what the view has made of its rows in another form: looked for after
   * the rows were compared.
   *
   * @param connection sees one moment, and reads only
   */
  default Optional<ViewCheck.Difference> derived(Connection connection) throws SQLException {
    return Optional.empty();
  }
}
