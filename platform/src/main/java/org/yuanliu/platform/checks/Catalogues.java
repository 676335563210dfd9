package org.yuanliu.platform.checks;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.atomic.AtomicReference;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.yuanliu.codes.CodeReader;
import org.yuanliu.industry.PackSet;
import org.yuanliu.platform.ServerSettings;
import org.yuanliu.platform.packs.Packs;

/** The catalogue of the packs in force now. */
@Component
final class Catalogues {
  private final ObjectProvider<Packs> packs;
  private final CodeReader codes;
  private final ServerSettings server;
  private final AtomicReference<Catalogue> current = new AtomicReference<>();

  /**
   * @param packs asked for late: they append to the journal, whose transaction asks for them
   */
  Catalogues(ObjectProvider<Packs> packs, CodeReader codes, ServerSettings server) {
    this.packs = requireNonNull(packs, "packs is null");
    this.codes = requireNonNull(codes, "codes is null");
    this.server = requireNonNull(server, "server is null");
  }

  Catalogue current() {
    PackSet now = packs.getObject().current();
    Catalogue known = current.get();
    if (known == null || known.packs() != now) {
      known = new Catalogue(now, codes, server.zone());
      current.set(known);
    }
    return known;
  }
}
