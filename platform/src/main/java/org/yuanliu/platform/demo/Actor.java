package org.yuanliu.platform.demo;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yuanliu.codes.BatchCode;
import org.yuanliu.codes.CreditCode;
import org.yuanliu.codes.NodeCode;
import org.yuanliu.codes.OperatorCode;
import org.yuanliu.codes.TraceCode;

/**
 * A party of the demonstration, and the counters of the codes that it issues.
 *
 * <p>Not a record: it counts.
 */
final class Actor {
  private final String key;
  private final Kind kind;
  private final String name;
  private final String nameEn;
  private final String division;
  private final @Nullable CreditCode credit;
  private final @Nullable OperatorCode operator;
  private final @Nullable NodeCode node;
  private final @Nullable Actor market;
  private final @Nullable String nodeType;
  private final String industry;
  private int batches;
  private int trades;

  private Actor(
      String key,
      Kind kind,
      String name,
      String nameEn,
      String division,
      @Nullable CreditCode credit,
      @Nullable OperatorCode operator,
      @Nullable NodeCode node,
      @Nullable Actor market,
      @Nullable String nodeType,
      String industry) {
    this.key = requireNonNull(key, "key is null");
    this.kind = requireNonNull(kind, "kind is null");
    this.name = requireNonNull(name, "name is null");
    this.nameEn = requireNonNull(nameEn, "nameEn is null");
    this.division = requireNonNull(division, "division is null");
    this.credit = credit;
    this.operator = operator;
    this.node = node;
    this.market = market;
    this.nodeType = nodeType;
    this.industry = requireNonNull(industry, "industry is null");
  }

  /** A firm with a place of its own, where it also trades. */
  static Actor firm(
      String key, Kind kind, String name, String nameEn, CreditCode credit, NodeCode node) {
    String division = node.division().value();
    return new Actor(
        key,
        kind,
        name,
        nameEn,
        division,
        credit,
        OperatorCode.ofNode(node),
        node,
        null,
        kind.nodeType(),
        EventJson.INDUSTRY);
  }

  /**
   * A firm of another industry, at a place of a kind of its own.
   *
   * @param industry name of its pack
   */
  static Actor plant(
      String key,
      String name,
      String nameEn,
      CreditCode credit,
      NodeCode node,
      String nodeType,
      String industry) {
    String division = node.division().value();
    return new Actor(
        key, Kind.PLANT, name, nameEn, division, credit, null, node, null, nodeType, industry);
  }

  /** One without a place in the chain: a department, a haulier, the platform's operator. */
  static Actor office(
      String key, Kind kind, String name, String nameEn, String division, CreditCode credit) {
    return new Actor(
        key,
        kind,
        name,
        nameEn,
        division,
        credit,
        null,
        null,
        null,
        kind.nodeType(),
        EventJson.INDUSTRY);
  }

  /** One who trades in a market, which reports for him. */
  static Actor trader(
      String key,
      Kind kind,
      String name,
      String nameEn,
      @Nullable CreditCode credit,
      Actor market,
      int serial) {
    NodeCode node = market.node();
    return new Actor(
        key,
        kind,
        name,
        nameEn,
        node.division().value(),
        credit,
        OperatorCode.issue(node, serial),
        node,
        market,
        kind.nodeType(),
        EventJson.INDUSTRY);
  }

  String key() {
    return key;
  }

  Kind kind() {
    return kind;
  }

  String name() {
    return name;
  }

  String nameEn() {
    return nameEn;
  }

  String division() {
    return division;
  }

  /** Canonical URI: of the credit code, else of the operator code. */
  String id() {
    return codes().getFirst();
  }

  /** Canonical URIs, the kept one first. */
  List<String> codes() {
    List<String> codes = new ArrayList<>();
    if (credit != null) {
      codes.add(credit.canonical());
    }
    if (operator != null) {
      codes.add(operator.canonical());
    }
    if (node != null && (kind == Kind.WHOLESALE_MARKET || kind == Kind.RETAIL_MARKET)) {
      // A market is known by its node: so it is seen whose traders' codes begin with it.
      codes.add(node.canonical());
    }
    return codes;
  }

  OperatorCode operator() {
    return requireNonNull(operator, "operator is null");
  }

  NodeCode node() {
    return requireNonNull(node, "node is null");
  }

  boolean hasPlace() {
    return node != null;
  }

  /** Where the units are: the own place, or the market's. */
  String place() {
    return node().canonical();
  }

  /** As what its place counts with the packs. */
  @Nullable String nodeType() {
    return nodeType;
  }

  /** Name of its pack. */
  String industry() {
    return industry;
  }

  @Nullable Actor market() {
    return market;
  }

  /** Who sends in what this one answers for. */
  Actor reporter() {
    return market == null ? this : market;
  }

  String nextBatch() {
    batches++;
    return BatchCode.issue(node(), batches).canonical();
  }

  String nextTrade() {
    trades++;
    return TraceCode.issue(operator(), trades).canonical();
  }

  @Override
  public String toString() {
    return key;
  }

  /** What a party is, and as what its place counts with the industry packs. */
  enum Kind {
    PIG_FARM("breeding_farm"),
    VEGETABLE_BASE("planting_base"),
    HAULIER(null),
    SLAUGHTERHOUSE("slaughterhouse"),
    DISPOSAL_PLANT("harmless_disposal_plant"),
    WHOLESALE_MARKET("wholesale_market"),
    WHOLESALER(null),
    RETAIL_MARKET("retail_market"),
    STALL(null),
    SUPERMARKET("supermarket"),
    CANTEEN("canteen"),
    /** A firm of another industry, whose place says for itself what it is. */
    PLANT(null),
    INSPECTION(null),
    REGULATOR(null),
    OPERATOR(null);

    private final @Nullable String nodeType;

    Kind(@Nullable String nodeType) {
      this.nodeType = nodeType;
    }

    /** Neither handles goods nor reports of them: who watches, and who runs the platform. */
    boolean isOnlooker() {
      return this == REGULATOR || this == OPERATOR;
    }

    @Nullable String nodeType() {
      return nodeType;
    }
  }
}
