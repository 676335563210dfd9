package org.yuanliu.platform.checks;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.yuanliu.industry.ChainFacts.DocumentRef;
import org.yuanliu.industry.PaperFact;
import org.yuanliu.industry.Quantities;
import org.yuanliu.platform.registry.TraceDocument;

/** Registered documents as checks see them. */
final class Papers {
  /** What counts most: what an authority verified, then the issuer's word, then anybody's. */
  private static final int VERIFIED = 0;

  private static final int ISSUERS = 1;
  private static final int ANYBODYS = 2;

  /** Who keeps what documents say: those who follow, and the journal's transaction. */
  enum Whose {
    FOLLOWED("check_paper"),
    COUNTED("check_counter_paper");

    final String table;

    Whose(String table) {
      this.table = table;
    }
  }

  private Papers() {}

  static DocumentRef ref(TraceDocument document) {
    return new DocumentRef(document.type(), document.id());
  }

  static PaperFact fact(TraceDocument document) {
    List<String> scope = document.scope();
    return new PaperFact(
        ref(document),
        document.validity().from(),
        document.validity().to(),
        document.quantity() == null ? null : Quantities.plain(document.quantity(), document.uom()),
        document.subject(),
        scope == null ? Set.of() : Set.copyOf(scope));
  }

  /** Keeps one party's statement of what a document says. */
  static void put(
      Connection connection, Whose whose, TraceDocument document, String registrant, long position)
      throws SQLException {
    int weight =
        document.verifiedBy() != null
            ? VERIFIED
            : registrant.equals(document.issuer()) ? ISSUERS : ANYBODYS;
    try (PreparedStatement statement =
        connection.prepareStatement(
            "insert into "
                + whose.table
                + """
                 (id, registrant, since, type, subject, body, weight)
                values (?, ?, ?, ?, ?, ?, ?)
                on conflict (id, registrant) do update set type = excluded.type,
                  subject = excluded.subject, body = excluded.body, weight = excluded.weight
                """)) {
      statement.setString(1, document.id());
      statement.setString(2, registrant);
      statement.setLong(3, position);
      statement.setString(4, document.type());
      statement.setString(5, document.subject());
      statement.setString(6, FactCodec.encode(fact(document)));
      statement.setInt(7, weight);
      statement.executeUpdate();
    }
  }
}
