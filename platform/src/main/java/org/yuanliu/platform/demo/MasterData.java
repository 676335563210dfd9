package org.yuanliu.platform.demo;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yuanliu.platform.registry.Party;
import org.yuanliu.platform.registry.Period;
import org.yuanliu.platform.registry.Place;
import org.yuanliu.platform.registry.Product;
import org.yuanliu.platform.registry.RegistryCommand;
import org.yuanliu.platform.registry.TraceDocument;

/** What is registered before the first event, and the papers of each day. */
final class MasterData {
  private static final int LICENCE_YEARS = 5;

  /** Pigs were tagged half a year before they are sold. */
  private static final int DAYS_BEFORE = 400;

  private MasterData() {}

  /** Parties, places, products, mandates. */
  static List<RegistryCommand> of(Cast cast, DemoOptions options) {
    Period open = new Period(options.today().minusDays(options.days() + DAYS_BEFORE), null);
    LocalDate until = options.today().plusYears(LICENCE_YEARS);
    List<RegistryCommand> commands = new ArrayList<>();
    // Markets before those who have a stall in them.
    cast.all().stream()
        .filter(actor -> actor.market() == null)
        .forEach(actor -> commands.add(party(actor, open, until)));
    cast.traders().forEach(actor -> commands.add(party(actor, open, until)));
    cast.withPlace().forEach(actor -> commands.add(place(actor)));
    for (Goods goods : Goods.ALL) {
      commands.add(
          new RegistryCommand.RegisterProduct(
              new Product(
                  goods.code(), goods.name(), goods.nameEn(), goods.code(), EventJson.INDUSTRY)));
    }
    cast.traders()
        .forEach(
            actor ->
                commands.add(
                    new RegistryCommand.GrantMandate(
                        actor.reporter().id(),
                        actor.id(),
                        Cast.MANDATED_STEPS,
                        open,
                        "代报授权书 " + actor.operator().value())));
    return commands;
  }

  /** Firms and their places. */
  static List<RegistryCommand> of(List<Actor> plants, DemoOptions options) {
    Period open = new Period(options.today().minusYears(LICENCE_YEARS), null);
    LocalDate until = options.today().plusYears(LICENCE_YEARS);
    List<RegistryCommand> commands = new ArrayList<>();
    plants.forEach(actor -> commands.add(party(actor, open, until)));
    plants.forEach(actor -> commands.add(place(actor)));
    return commands;
  }

  static RegistryCommand paper(Paper paper) {
    return new RegistryCommand.RegisterDocument(
        new TraceDocument(
            paper.id(),
            paper.kind().uri(),
            paper.number(),
            paper.issuer(),
            paper.subject(),
            paper.quantity(),
            paper.uom(),
            new Period(paper.validFrom(), paper.validTo()),
            null,
            paper.verifiedBy(),
            paper.scope()));
  }

  private static RegistryCommand party(Actor actor, Period open, LocalDate until) {
    return new RegistryCommand.RegisterParty(
        actor.codes(),
        kind(actor),
        List.of(new Party.DatedName(actor.name(), actor.nameEn(), open)),
        actor.division(),
        null,
        isOffice(actor) ? null : actor.industry(),
        licences(actor, open, until),
        stalls(actor, open),
        null,
        null,
        null);
  }

  private static Party.PartyKind kind(Actor actor) {
    return switch (actor.kind()) {
      case PIG_FARM,
          VEGETABLE_BASE,
          HAULIER,
          SLAUGHTERHOUSE,
          DISPOSAL_PLANT,
          SUPERMARKET,
          CANTEEN,
          PLANT ->
          Party.PartyKind.ENTERPRISE;
      case WHOLESALE_MARKET, RETAIL_MARKET -> Party.PartyKind.MARKET;
      case WHOLESALER, STALL -> Party.PartyKind.STALL_HOLDER;
      case INSPECTION, REGULATOR -> Party.PartyKind.AUTHORITY;
      case OPERATOR -> Party.PartyKind.SERVICE_PROVIDER;
    };
  }

  private static boolean isOffice(Actor actor) {
    return actor.kind() == Actor.Kind.INSPECTION || actor.kind().isOnlooker();
  }

  private static List<Party.Licence> licences(Actor actor, Period open, LocalDate until) {
    String type = licence(actor);
    return type == null
        ? List.of()
        : List.of(new Party.Licence(type, "演示-" + actor.key(), new Period(open.from(), until)));
  }

  private static @Nullable String licence(Actor actor) {
    return switch (actor.kind()) {
      case PIG_FARM -> "animal_epidemic_prevention";
      case SLAUGHTERHOUSE -> "slaughter";
      case DISPOSAL_PLANT -> "harmless_disposal";
      case SUPERMARKET, CANTEEN -> "food_business";
      case VEGETABLE_BASE,
          HAULIER,
          WHOLESALE_MARKET,
          WHOLESALER,
          RETAIL_MARKET,
          STALL,
          PLANT,
          INSPECTION,
          REGULATOR,
          OPERATOR ->
          null;
    };
  }

  private static List<Party.Stall> stalls(Actor actor, Period open) {
    Actor market = actor.market();
    return market == null
        ? List.of()
        : List.of(new Party.Stall(market.id(), Integer.toString(actor.operator().serial()), open));
  }

  private static RegistryCommand place(Actor actor) {
    return new RegistryCommand.RegisterPlace(
        new Place(
            actor.place(),
            actor.name(),
            actor.nameEn(),
            actor.division(),
            null,
            actor.id(),
            actor.nodeType()));
  }
}
