package org.yuanliu.platform.registry;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.yuanliu.codes.OperatorCode;
import org.yuanliu.codes.Scheme;
import org.yuanliu.codes.UnitKey;
import org.yuanliu.platform.journal.Entry;
import org.yuanliu.platform.journal.Projection;
import org.yuanliu.platform.registry.RegistryChange.DocumentRegistered;
import org.yuanliu.platform.registry.RegistryChange.EquivalenceDeclared;
import org.yuanliu.platform.registry.RegistryChange.EquivalenceEnded;
import org.yuanliu.platform.registry.RegistryChange.MandateAccepted;
import org.yuanliu.platform.registry.RegistryChange.MandateGranted;
import org.yuanliu.platform.registry.RegistryChange.MandateProposed;
import org.yuanliu.platform.registry.RegistryChange.MandateRevoked;
import org.yuanliu.platform.registry.RegistryChange.MergeUndone;
import org.yuanliu.platform.registry.RegistryChange.PartiesMerged;
import org.yuanliu.platform.registry.RegistryChange.PartyAmended;
import org.yuanliu.platform.registry.RegistryChange.PartyRegistered;
import org.yuanliu.platform.registry.RegistryChange.PlaceRegistered;
import org.yuanliu.platform.registry.RegistryChange.ProductRegistered;

/**
 * The registry's tables, kept in the journal's transaction. It only folds what was accepted: it
 * checks nothing and never fails on content, or one bad change would stop the journal.
 */
@Component
class RegistryView implements Projection {
  private static final List<String> TABLES =
      List.of(
          "party",
          "party_code",
          "party_identity",
          "party_stall",
          "party_merge",
          "operator_serial",
          "place",
          "product",
          "document",
          "mandate",
          "equivalence");

  private static final String OPERATOR_PREFIX = "urn:yuanliu:" + Scheme.OPERATOR.id() + ":";

  private final RegistryFreshness freshness;

  RegistryView(RegistryFreshness freshness) {
    this.freshness = requireNonNull(freshness, "freshness is null");
  }

  @Override
  public String name() {
    return "registry";
  }

  @Override
  public void apply(Connection connection, List<Entry> entries) throws SQLException {
    long version = -1;
    for (Entry entry : entries) {
      if (entry.draft().subject() instanceof RegistryChange change) {
        if (version < 0) {
          version = nextVersion(connection);
        }
        fold(connection, change, entry.draft().reporter(), version);
      }
    }
  }

  @Override
  public void clear(Connection connection) throws SQLException {
    freshness.everythingChanged(nextVersion(connection));
    for (String table : TABLES) {
      update(connection, "delete from " + table);
    }
  }

  private void fold(Connection connection, RegistryChange change, String registrant, long version)
      throws SQLException {
    switch (change) {
      case PartyRegistered registered -> party(connection, registered, registrant, version);
      case PartyAmended amended -> amend(connection, amended, version);
      case PartiesMerged(UUID id, String kept, String merged, String reason) -> {
        freshness.allPartiesChanged(version);
        update(
            connection,
            """
            insert into party_merge (id, kept, merged, undone) values (?, ?, ?, false)
            on conflict do nothing
            """,
            id,
            kept,
            merged);
        update(connection, "update party set merged_into = ? where id = ?", kept, merged);
      }
      case MergeUndone(UUID merge, String kept, String merged, String reason) -> {
        freshness.allPartiesChanged(version);
        update(connection, "update party_merge set undone = true where id = ?", merge);
        update(connection, "update party set merged_into = null where id = ?", merged);
      }
      case PlaceRegistered(int revision, Place place) -> {
        freshness.changed(Keys.place(place.id()), version);
        update(
            connection,
            """
            insert into place (id, division, party, revision, registrant, body)
            values (?, ?, ?, ?, ?, ?)
            on conflict (id) do update set division = excluded.division, party = excluded.party,
              revision = excluded.revision, body = excluded.body
            """,
            place.id(),
            place.division(),
            place.party(),
            revision,
            registrant,
            json(place));
      }
      case ProductRegistered(int revision, Product product) -> {
        freshness.changed(Keys.product(product.code()), version);
        update(
            connection,
            """
            insert into product (code, revision, registrant, body) values (?, ?, ?, ?)
            on conflict (code) do update set revision = excluded.revision, body = excluded.body
            """,
            product.code(),
            revision,
            registrant,
            json(product));
      }
      case DocumentRegistered(int revision, TraceDocument document, String whose) -> {
        freshness.changed(Keys.document(document.id()), version);
        update(
            connection,
            """
            insert into document (id, revision, registrant, issuer, body, since)
            values (?, ?, ?, ?, ?, ?)
            on conflict (id, registrant) do update set revision = excluded.revision,
              issuer = excluded.issuer, body = excluded.body
            """,
            document.id(),
            revision,
            whose == null ? registrant : whose,
            document.issuer(),
            json(document),
            version);
      }
      case MandateGranted(Mandate mandate) -> {
        freshness.changed(Keys.mandates(mandate.principal()), version);
        update(
            connection,
            """
            insert into mandate (id, reporter, principal, body) values (?, ?, ?, ?)
            on conflict do nothing
            """,
            mandate.id(),
            mandate.reporter(),
            mandate.principal(),
            json(mandate));
      }
      case MandateProposed(Mandate mandate, Mandate.Side waitsFor) ->
          update(
              connection,
              """
              insert into mandate (id, reporter, principal, body, waits_for) values (?, ?, ?, ?, ?)
              on conflict do nothing
              """,
              mandate.id(),
              mandate.reporter(),
              mandate.principal(),
              json(mandate),
              waitsFor.name());
      case MandateAccepted accepted -> accept(connection, accepted, version);
      case MandateRevoked revoked -> revoke(connection, revoked, version);
      case EquivalenceDeclared(UUID id, String unit, String other, String reason) -> {
        freshness.changed(Keys.ANY_EQUIVALENCE, version);
        equivalence(connection, unit, other);
        equivalence(connection, other, unit);
      }
      case EquivalenceEnded(UUID id, String unit, String other, String reason) -> {
        freshness.changed(Keys.ANY_EQUIVALENCE, version);
        UUID first = UnitKey.of(unit).value();
        UUID second = UnitKey.of(other).value();
        String sql = "delete from equivalence where unit = ? and other = ?";
        update(connection, sql, first, second);
        update(connection, sql, second, first);
      }
    }
  }

  private void party(
      Connection connection, PartyRegistered registered, String registrant, long version)
      throws SQLException {
    Party party = registered.party();
    update(
        connection,
        """
        insert into party (id, kind, division, revision, registrant, body)
        values (?, ?, ?, 1, ?, ?)
        on conflict do nothing
        """,
        party.id(),
        party.kind().name(),
        party.division(),
        registrant,
        json(party));
    codes(connection, party, version);
    stalls(connection, party);
    if (registered.identityIndex() != null) {
      update(
          connection,
          """
          insert into party_identity (identity_index, party) values (?, ?) on conflict do nothing
          """,
          registered.identityIndex(),
          party.id());
    }
  }

  private void amend(Connection connection, PartyAmended amended, long version)
      throws SQLException {
    freshness.allPartiesChanged(version);
    Party party = amended.party();
    update(
        connection,
        "update party set division = ?, revision = ?, body = ? where id = ?",
        party.division(),
        amended.revision(),
        json(party),
        party.id());
    codes(connection, party, version);
    stalls(connection, party);
  }

  private void codes(Connection connection, Party party, long version) throws SQLException {
    for (String code : party.codes()) {
      freshness.changed(Keys.party(code), version);
      UUID key = UnitKey.of(code).value();
      freshness.changed(Keys.party(key), version);
      update(
          connection,
          "insert into party_code (code, key, party) values (?, ?, ?) on conflict do nothing",
          code,
          key,
          party.id());
      if (code.startsWith(OPERATOR_PREFIX)) {
        OperatorCode operator = OperatorCode.of(code.substring(OPERATOR_PREFIX.length()));
        update(
            connection,
            """
            insert into operator_serial as s (node, last_serial) values (?, ?)
            on conflict (node) do update
              set last_serial = greatest(s.last_serial, excluded.last_serial)
            """,
            operator.node().value(),
            operator.serial());
      }
    }
  }

  private static void stalls(Connection connection, Party party) throws SQLException {
    update(connection, "delete from party_stall where party = ?", party.id());
    for (Party.Stall stall : party.stalls()) {
      update(
          connection,
          "insert into party_stall (market, party) values (?, ?) on conflict do nothing",
          stall.market(),
          party.id());
    }
  }

  private void accept(Connection connection, MandateAccepted accepted, long version)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "update mandate set waits_for = null where id = ? returning principal")) {
      statement.setString(1, accepted.mandate());
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          freshness.changed(Keys.mandates(rows.getString(1)), version);
        }
      }
    }
  }

  private void revoke(Connection connection, MandateRevoked revoked, long version)
      throws SQLException {
    // The earlier moment holds: a later revocation cannot give back what was taken.
    try (PreparedStatement statement =
        connection.prepareStatement(
            """
            update mandate set revoked_from = least(coalesce(revoked_from, ?), ?),
              revoked_reason = coalesce(revoked_reason, ?)
            where id = ? returning principal
            """)) {
      OffsetDateTime from = revoked.from().atOffset(ZoneOffset.UTC);
      statement.setObject(1, from);
      statement.setObject(2, from);
      statement.setString(3, revoked.reason());
      statement.setString(4, revoked.mandate());
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          freshness.changed(Keys.mandates(rows.getString(1)), version);
        }
      }
    }
  }

  private static void equivalence(Connection connection, String unit, String other)
      throws SQLException {
    update(
        connection,
        """
        insert into equivalence (unit, other, unit_code, other_code) values (?, ?, ?, ?)
        on conflict do nothing
        """,
        UnitKey.of(unit).value(),
        UnitKey.of(other).value(),
        unit,
        other);
  }

  private static long nextVersion(Connection connection) throws SQLException {
    try (PreparedStatement statement =
            connection.prepareStatement(
                "update registry_state set version = version + 1 where id = 1 returning version");
        ResultSet row = statement.executeQuery()) {
      if (!row.next()) {
        throw new SQLException("registry_state has no row");
      }
      return row.getLong(1);
    }
  }

  private static void update(Connection connection, String sql, @Nullable Object... values)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      statement.executeUpdate();
    }
  }

  private static String json(Object value) {
    return new String(RegistryJson.MAPPER.writeValueAsBytes(value), StandardCharsets.UTF_8);
  }
}
