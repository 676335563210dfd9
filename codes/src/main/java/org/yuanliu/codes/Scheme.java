package org.yuanliu.codes;

import static java.util.Objects.requireNonNull;
import static org.yuanliu.codes.Shape.digits;
import static org.yuanliu.codes.Shape.never;
import static org.yuanliu.codes.Shape.upperAlphanumeric;

import java.util.function.Function;

/** Every identification scheme known here: its names, its standard, and how plain text is read. */
public enum Scheme {
  GTIN(
      "gtin",
      "全球贸易项目代码",
      "GTIN",
      "GB 12904; GS1 GenSpecs 3.3.2",
      Level.PRODUCT,
      digits(8, 12, 13, 14),
      Gtin::of),
  SGTIN("sgtin", "商品单品代码", "GTIN with serial number", "GS1 GenSpecs 3.5.2", Level.ITEM),
  LGTIN("lgtin", "商品批次代码", "GTIN with batch number", "GS1 GenSpecs 3.4.1", Level.LOT),
  UPUI("upui", "第三方控制的唯一单品代码", "unit pack identifier (UPUI)", "GS1 GenSpecs 3.5.9", Level.ITEM),
  SSCC(
      "sscc",
      "系列货运包装箱代码",
      "SSCC",
      "GB/T 18127; GS1 GenSpecs 3.3.1",
      Level.LOGISTIC_UNIT,
      digits(18),
      Sscc::of),
  GLN(
      "gln",
      "全球位置码",
      "GLN of a place",
      "GB/T 16828; GS1 GenSpecs 3.7.5",
      Level.PLACE,
      digits(13),
      Gln::of),
  SGLN("sgln", "全球位置码及扩展", "GLN with extension", "GS1 GenSpecs 3.5.8", Level.PLACE),
  PGLN("pgln", "参与方全球位置码", "GLN of a party", "GS1 GenSpecs 3.7.8", Level.PARTY),
  GRAI("grai", "全球可回收资产代码", "GRAI", "GB/T 23833; GS1 GenSpecs 3.9.3", Level.ASSET),
  GIAI("giai", "全球单个资产代码", "GIAI", "GB/T 23833; GS1 GenSpecs 3.9.4", Level.ASSET),
  GSRN(
      "gsrn",
      "全球服务关系代码（服务对象）",
      "GSRN of a recipient",
      "GB/T 23832; GS1 GenSpecs 3.9.16",
      Level.PARTY),
  GSRNP("gsrnp", "全球服务关系代码（服务提供者）", "GSRN of a provider", "GS1 GenSpecs 3.9.15", Level.PARTY),
  GDTI("gdti", "全球文件类型代码", "GDTI", "GS1 GenSpecs 3.5.10", Level.DOCUMENT),
  SGCN("sgcn", "全球优惠券代码", "GCN", "GS1 GenSpecs 3.5.11", Level.DOCUMENT),
  GINC("ginc", "全球托运代码", "GINC", "GS1 GenSpecs 3.7.2", Level.LOGISTIC_UNIT),
  GSIN("gsin", "全球装运代码", "GSIN", "GS1 GenSpecs 3.7.3", Level.LOGISTIC_UNIT),
  CPI("cpi", "组件与部件代码", "component/part identifier", "GS1 GenSpecs 3.9.10", Level.PRODUCT),
  ITIP("itip", "贸易项目组件代码", "trade item piece (ITIP)", "GS1 GenSpecs 3.9.6", Level.PRODUCT),

  CREDIT(
      "uscc",
      "统一社会信用代码",
      "unified social credit code",
      "GB 32100-2015",
      Level.PARTY,
      upperAlphanumeric(18),
      CreditCode::of),
  DIVISION(
      "division",
      "行政区划代码",
      "division code",
      "GB/T 2260",
      Level.DIVISION,
      digits(6),
      DivisionCode::of),
  NODE("node", "流通节点主体码", "node code", "SB/T 10680-2012", Level.PLACE, digits(9), NodeCode::of),
  OPERATOR(
      "operator",
      "经营者主体码",
      "operator code",
      "SB/T 10680-2012",
      Level.PARTY,
      digits(13),
      OperatorCode::of),
  BATCH("batch", "批次码", "batch code", "SB/T 10680-2012", Level.LOT, digits(16), BatchCode::of),
  TRACE("trace", "追溯码", "trace code", "SB/T 10680-2012", Level.LOT, digits(20), TraceCode::of),
  EAR_TAG(
      "eartag",
      "畜禽标识编码",
      "ear tag",
      "畜禽标识和养殖档案管理办法 (农业部令第67号)",
      Level.ITEM,
      digits(15),
      EarTag::of);

  private final String id;
  private final String zhName;
  private final String enName;
  private final String standard;
  private final Level level;

  @SuppressWarnings("ImmutableEnumChecker") // functions without state
  private final Shape shape;

  @SuppressWarnings("ImmutableEnumChecker")
  private final Function<String, Code> plainReader;

  /** A scheme whose bare characters tell too little to be read without application identifiers. */
  Scheme(String id, String zhName, String enName, String standard, Level level) {
    this(id, zhName, enName, standard, level, never(), Scheme::unreadablePlain);
  }

  Scheme(
      String id,
      String zhName,
      String enName,
      String standard,
      Level level,
      Shape shape,
      Function<String, Code> plainReader) {
    this.id = requireNonNull(id, "id is null");
    this.zhName = requireNonNull(zhName, "zhName is null");
    this.enName = requireNonNull(enName, "enName is null");
    this.standard = requireNonNull(standard, "standard is null");
    this.level = requireNonNull(level, "level is null");
    this.shape = requireNonNull(shape, "shape is null");
    this.plainReader = requireNonNull(plainReader, "plainReader is null");
  }

  /** Short stable name, as in {@code urn:yuanliu:<id>:…} and in the EPC URN. */
  public String id() {
    return id;
  }

  public String zhName() {
    return zhName;
  }

  public String enName() {
    return enName;
  }

  /** The standard or regulation that defines the scheme. */
  public String standard() {
    return standard;
  }

  /** What a code of this scheme names, where its qualifiers do not tell more. */
  public Level level() {
    return level;
  }

  /** Whether bare characters (no separators, upper case) could be of this scheme at all. */
  boolean fits(String compact) {
    return shape.fits(compact);
  }

  /** Reads bare characters that {@link #fits}; throws {@link CodeException}. */
  Code readPlain(String compact) {
    return plainReader.apply(compact);
  }

  private static Code unreadablePlain(String compact) {
    throw new AssertionError("a scheme without plain form was asked to read " + compact.length());
  }
}
