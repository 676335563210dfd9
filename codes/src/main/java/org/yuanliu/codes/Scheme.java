package org.yuanliu.codes;

import static java.util.Objects.requireNonNull;
import static org.yuanliu.codes.Plain.compact;
import static org.yuanliu.codes.Plain.exact;
import static org.yuanliu.codes.Plain.never;
import static org.yuanliu.codes.Shape.digits;
import static org.yuanliu.codes.Shape.upperAlphanumeric;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Every identification scheme known here: its names, its standard, its check, and how text is read.
 */
public enum Scheme {
  GTIN(
      "gtin",
      "全球贸易项目代码",
      "GTIN",
      "GB 12904; GS1 GenSpecs 3.3.2",
      Level.PRODUCT,
      Check.GS1_MOD_10,
      null,
      compact(digits(8, 12, 13, 14), Gtin::of)),
  SGTIN(
      "sgtin",
      "商品单品代码",
      "GTIN with serial number",
      "GS1 GenSpecs 3.5.2",
      Level.ITEM,
      Check.GS1_MOD_10,
      null,
      never()),
  LGTIN(
      "lgtin",
      "商品批次代码",
      "GTIN with batch number",
      "GS1 GenSpecs 3.4.1",
      Level.LOT,
      Check.GS1_MOD_10,
      null,
      never()),
  UPUI(
      "upui",
      "第三方控制的唯一单品代码",
      "unit pack identifier (UPUI)",
      "GS1 GenSpecs 3.5.9",
      Level.ITEM,
      Check.GS1_MOD_10,
      null,
      never()),
  SSCC(
      "sscc",
      "系列货运包装箱代码",
      "SSCC",
      "GB/T 18127; GS1 GenSpecs 3.3.1",
      Level.LOGISTIC_UNIT,
      Check.GS1_MOD_10,
      null,
      compact(digits(18), Sscc::of)),
  GLN(
      "gln",
      "全球位置码",
      "GLN of a place",
      "GB/T 16828; GS1 GenSpecs 3.7.5",
      Level.PLACE,
      Check.GS1_MOD_10,
      null,
      compact(digits(13), Gln::of)),
  SGLN(
      "sgln",
      "全球位置码及扩展",
      "GLN with extension",
      "GS1 GenSpecs 3.5.8",
      Level.PLACE,
      Check.GS1_MOD_10,
      null,
      never()),
  PGLN(
      "pgln",
      "参与方全球位置码",
      "GLN of a party",
      "GS1 GenSpecs 3.7.8",
      Level.PARTY,
      Check.GS1_MOD_10,
      null,
      never()),
  GRAI(
      "grai",
      "全球可回收资产代码",
      "GRAI",
      "GB/T 23833; GS1 GenSpecs 3.9.3",
      Level.ASSET,
      Check.GS1_MOD_10,
      null,
      never()),
  GIAI(
      "giai",
      "全球单个资产代码",
      "GIAI",
      "GB/T 23833; GS1 GenSpecs 3.9.4",
      Level.ASSET,
      Check.NONE,
      null,
      never()),
  GSRN(
      "gsrn",
      "全球服务关系代码（服务对象）",
      "GSRN of a recipient",
      "GB/T 23832; GS1 GenSpecs 3.9.16",
      Level.PARTY,
      Check.GS1_MOD_10,
      null,
      never()),
  GSRNP(
      "gsrnp",
      "全球服务关系代码（服务提供者）",
      "GSRN of a provider",
      "GS1 GenSpecs 3.9.15",
      Level.PARTY,
      Check.GS1_MOD_10,
      null,
      never()),
  GDTI(
      "gdti",
      "全球文件类型代码",
      "GDTI",
      "GS1 GenSpecs 3.5.10",
      Level.DOCUMENT,
      Check.GS1_MOD_10,
      null,
      never()),
  SGCN(
      "sgcn",
      "全球优惠券代码",
      "GCN",
      "GS1 GenSpecs 3.5.11",
      Level.DOCUMENT,
      Check.GS1_MOD_10,
      null,
      never()),
  GINC(
      "ginc",
      "全球托运代码",
      "GINC",
      "GS1 GenSpecs 3.7.2",
      Level.LOGISTIC_UNIT,
      Check.NONE,
      null,
      never()),
  GSIN(
      "gsin",
      "全球装运代码",
      "GSIN",
      "GS1 GenSpecs 3.7.3",
      Level.LOGISTIC_UNIT,
      Check.GS1_MOD_10,
      null,
      never()),
  CPI(
      "cpi",
      "组件与部件代码",
      "component/part identifier",
      "GS1 GenSpecs 3.9.10",
      Level.PRODUCT,
      Check.NONE,
      null,
      never()),
  ITIP(
      "itip",
      "贸易项目组件代码",
      "trade item piece (ITIP)",
      "GS1 GenSpecs 3.9.6",
      Level.PRODUCT,
      Check.GS1_MOD_10,
      null,
      never()),
  CREDIT(
      "uscc",
      "统一社会信用代码",
      "unified social credit code",
      "GB 32100-2015",
      Level.PARTY,
      Check.MOD_31,
      CreditCode::of,
      compact(upperAlphanumeric(18), CreditCode::of)),
  ORGANISATION(
      "organisation",
      "组织机构代码",
      "organisation code",
      "GB 11714",
      Level.PARTY,
      Check.GB_11714,
      OrganisationCode::of,
      exact(OrganisationCode::fits, OrganisationCode::of)),
  IDENTITY_CARD(
      "idcard",
      "公民身份号码",
      "identity card number",
      "GB 11643-1999",
      Level.PARTY,
      Check.MOD_11_2,
      null,
      never()),
  DIVISION(
      "division",
      "行政区划代码",
      "division code",
      "GB/T 2260",
      Level.DIVISION,
      Check.NONE,
      DivisionCode::of,
      compact(digits(6), DivisionCode::of)),
  NODE(
      "node",
      "流通节点主体码",
      "node code",
      "SB/T 10680-2012",
      Level.PLACE,
      Check.NONE,
      NodeCode::of,
      compact(digits(9), NodeCode::of)),
  OPERATOR(
      "operator",
      "经营者主体码",
      "operator code",
      "SB/T 10680-2012",
      Level.PARTY,
      Check.NONE,
      OperatorCode::of,
      compact(digits(13), OperatorCode::of)),
  BATCH(
      "batch",
      "批次码",
      "batch code",
      "SB/T 10680-2012",
      Level.LOT,
      Check.NONE,
      BatchCode::of,
      compact(digits(16), BatchCode::of)),
  TRACE(
      "trace",
      "追溯码",
      "trace code",
      "SB/T 10680-2012",
      Level.LOT,
      Check.NONE,
      TraceCode::of,
      compact(digits(20), TraceCode::of)),
  VOUCHER(
      "voucher",
      "交易凭证号",
      "trade voucher number",
      "商秩发〔2011〕76号",
      Level.DOCUMENT,
      Check.NONE,
      VoucherNumber::of,
      compact(VoucherNumber::fits, VoucherNumber::of)),
  SERVICE_CARD(
      "card",
      "流通服务卡号",
      "circulation service card",
      "商秩发〔2011〕76号",
      Level.ASSET,
      Check.NONE,
      ServiceCard::of,
      never()),
  GOODS(
      "goods",
      "商品码",
      "goods code",
      "GB/T 7635.1-2002; SB/T 10680-2012",
      Level.PRODUCT,
      Check.NONE,
      GoodsCode::of,
      compact(digits(8), GoodsCode::of)),
  EAR_TAG(
      "eartag",
      "畜禽标识编码",
      "ear tag",
      "畜禽标识和养殖档案管理办法 (农业部令第67号)",
      Level.ITEM,
      Check.NONE,
      EarTag::of,
      compact(digits(15), EarTag::of)),
  DRUG(
      "drug",
      "药品追溯码",
      "drug trace code",
      "NMPAB/T 1002-2019",
      Level.ITEM,
      Check.ISSUER,
      DrugTraceCode::of,
      compact(digits(20), DrugTraceCode::of)),
  NATIONAL_DRUG(
      "drugproduct",
      "国家药品编码本位码",
      "national drug code",
      "国家药品编码管理办法 (国食药监办〔2009〕)",
      Level.PRODUCT,
      Check.GS1_MOD_10,
      NationalDrugCode::of,
      compact(
          text -> text.startsWith(NationalDrugCode.BEGINNING) && digits(14).fits(text),
          NationalDrugCode::of)),
  DRUG_APPROVAL(
      "drugapproval",
      "药品批准文号",
      "drug approval number",
      "药品注册管理办法",
      Level.DOCUMENT,
      Check.NONE,
      DrugApproval::of,
      exact(DrugApproval::fits, DrugApproval::of)),
  UDI_MA(
      "udima",
      "医疗器械唯一标识（MA码）",
      "UDI of the MA system",
      "医疗器械唯一标识系统规则; MA (IDcode)",
      Level.ITEM,
      Check.NONE,
      MaCode::of,
      exact(MaCode::fits, MaCode::of)),
  UDI_AHM(
      "udiahm",
      "医疗器械唯一标识（AHM码）",
      "UDI of the AHM system",
      "医疗器械唯一标识系统规则; AHM",
      Level.ITEM,
      Check.NONE,
      AhmCode::of,
      exact(AhmCode::fits, AhmCode::of)),
  PESTICIDE(
      "pesticide",
      "农药单元识别代码",
      "pesticide unit code",
      "农业部公告第2579号",
      Level.ITEM,
      Check.NONE,
      PesticideCode::of,
      compact(PesticideCode::fits, PesticideCode::of)),
  PESTICIDE_REGISTRATION(
      "pesticidereg",
      "农药登记证号",
      "pesticide registration number",
      "农药登记管理办法",
      Level.DOCUMENT,
      Check.NONE,
      PesticideRegistration::of,
      exact(PesticideRegistration::fits, PesticideRegistration::of)),
  VETERINARY_DRUG(
      "vetdrug",
      "兽药追溯码",
      "veterinary drug trace code",
      "农业部公告第2210号",
      Level.ITEM,
      Check.NONE,
      VeterinaryDrugCode::of,
      compact(digits(24), VeterinaryDrugCode::of)),
  SEED(
      "seed",
      "种子单元识别代码",
      "seed unit code",
      "农作物种子标签二维码编码规则 (农办种〔2016〕)",
      Level.ITEM,
      Check.NONE,
      SeedCode::of,
      never()),
  FERTILIZER_REGISTRATION(
      "fertilizer",
      "肥料登记证号",
      "fertilizer registration number",
      "肥料登记管理办法",
      Level.DOCUMENT,
      Check.NONE,
      FertilizerRegistration::of,
      exact(FertilizerRegistration::fits, FertilizerRegistration::of)),
  EQUIPMENT(
      "equipment",
      "特种设备代码",
      "special equipment code",
      "TSG 08; 特种设备目录",
      Level.ITEM,
      Check.NONE,
      EquipmentCode::of,
      compact(EquipmentCode::fits, EquipmentCode::of)),
  EQUIPMENT_REGISTRATION(
      "equipmentreg",
      "特种设备注册代码",
      "special equipment registration code",
      "特种设备注册登记与使用管理规则 (2001)",
      Level.ITEM,
      Check.NONE,
      EquipmentRegistration::of,
      compact(EquipmentRegistration::fits, EquipmentRegistration::of)),
  USE_CERTIFICATE(
      "equipmentcert",
      "特种设备使用登记证编号",
      "certificate of use of special equipment",
      "TSG 08-2017",
      Level.DOCUMENT,
      Check.NONE,
      UseCertificate::of,
      exact(UseCertificate::fits, UseCertificate::of)),
  CYLINDER(
      "cylinder",
      "气瓶编号",
      "gas cylinder number",
      "TSG 23; GB/T 38059-2019",
      Level.ITEM,
      Check.NONE,
      (Function<String, Code>) CylinderCode::of,
      never()),
  DETONATOR(
      "detonator",
      "工业雷管编码",
      "detonator code",
      "GA 441-2003",
      Level.ITEM,
      Check.NONE,
      (Function<String, Code>) DetonatorCode::of,
      never()),
  CAS(
      "cas",
      "CAS号（化学文摘登记号）",
      "CAS number",
      "Chemical Abstracts Service",
      Level.PRODUCT,
      Check.CAS,
      CasNumber::of,
      exact(CasNumber::fits, CasNumber::of)),
  FIREWORKS_LICENCE(
      "fireworks",
      "烟花爆竹经营许可证编号",
      "fireworks dealer's licence",
      "应急厅〔2020〕31号",
      Level.DOCUMENT,
      Check.NONE,
      FireworksLicence::of,
      exact(FireworksLicence::fits, FireworksLicence::of)),
  FOOD_LICENCE(
      "sc",
      "食品生产许可证编号",
      "food production licence",
      "食品生产许可管理办法; GB/T 17710",
      Level.DOCUMENT,
      Check.MOD_11_10,
      FoodLicence::of,
      compact(FoodLicence::fits, FoodLicence::of)),
  CUSTOMS(
      "customs",
      "报关单号",
      "customs declaration number",
      "海关总署公告",
      Level.DOCUMENT,
      Check.NONE,
      CustomsDeclaration::of,
      compact(CustomsDeclaration::fits, CustomsDeclaration::of)),
  OVERSEAS_PRODUCER(
      "overseas",
      "境外食品生产企业在华注册编号",
      "registration of an overseas food producer",
      "海关总署令第248号",
      Level.PARTY,
      Check.NONE,
      OverseasProducer::of,
      compact(OverseasProducer::fits, OverseasProducer::of)),
  ECODE(
      "ecode",
      "物品编码Ecode",
      "Ecode",
      "GB/T 31866-2023",
      Level.ITEM,
      Check.NONE,
      Ecode::of,
      exact(Ecode::fits, Ecode::of)),
  OID(
      "oid",
      "对象标识符",
      "object identifier",
      "GB/T 17969.1; ITU-T X.660; RFC 3061",
      Level.ITEM,
      Check.NONE,
      Oid::of,
      exact(Oid::fits, Oid::of)),
  PLATE(
      "plate",
      "机动车号牌",
      "vehicle number plate",
      "GA 36",
      Level.ASSET,
      Check.NONE,
      Plate::of,
      exact(Plate::fits, Plate::of));

  private static final Map<String, Scheme> BY_ID =
      Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Scheme::id, scheme -> scheme));

  private final String id;
  private final String zhName;
  private final String enName;
  private final String standard;
  private final Level level;
  private final Check check;

  @SuppressWarnings("ImmutableEnumChecker") // a function without state
  private final @Nullable Function<String, Code> valueReader;

  @SuppressWarnings("ImmutableEnumChecker")
  private final Plain plain;

  /**
   * @param valueReader reads what stands after {@code urn:yuanliu:<id>:}; null where the scheme has
   *     no such form
   */
  Scheme(
      String id,
      String zhName,
      String enName,
      String standard,
      Level level,
      Check check,
      @Nullable Function<String, Code> valueReader,
      Plain plain) {
    this.id = requireNonNull(id, "id is null");
    this.zhName = requireNonNull(zhName, "zhName is null");
    this.enName = requireNonNull(enName, "enName is null");
    this.standard = requireNonNull(standard, "standard is null");
    this.level = requireNonNull(level, "level is null");
    this.check = requireNonNull(check, "check is null");
    this.valueReader = valueReader;
    this.plain = requireNonNull(plain, "plain is null");
  }

  /** The scheme with a short name, or null. */
  public static @Nullable Scheme ofId(String id) {
    return BY_ID.get(id);
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

  /** What a code of this scheme names, where its parts do not tell more. */
  public Level level() {
    return level;
  }

  /** How typing errors are found. */
  public Check check() {
    return check;
  }

  /** Whether a code whose check fails can be let through by an {@link Exemption}. */
  public boolean isExemptible() {
    return valueReader != null && check != Check.NONE && check != Check.ISSUER;
  }

  /** Whether codes of this scheme have the form {@code urn:yuanliu:<id>:…}. */
  boolean hasOwnUrn() {
    return valueReader != null;
  }

  Plain plain() {
    return plain;
  }

  /** Reads the value after {@code urn:yuanliu:<id>:}; throws {@link CodeException}. */
  Code readValue(String value) {
    if (valueReader == null) {
      throw new CodeException(Refusal.Reason.BAD_URN, this);
    }
    return valueReader.apply(value);
  }
}
