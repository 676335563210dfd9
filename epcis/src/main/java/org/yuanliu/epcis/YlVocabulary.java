package org.yuanliu.epcis;

/**
 * Yuanliu's own vocabulary: what the trace of important products in China needs and EPCIS and CBV
 * do not have. Names are full URIs; documents usually write them with the prefix {@code yl}.
 */
public final class YlVocabulary {
  /** Namespace of all names below (prefix yl). */
  public static final String NAMESPACE = "https://yuanliu.org/ns/";

  /** The prefix that Yuanliu itself writes. */
  public static final String PREFIX = "yl";

  // Extension fields at event level: local names in NAMESPACE.

  /** URI of the party who answers for the event where it is not the reporter (责任主体). */
  public static final String PRINCIPAL = "principal";

  /** What the units are: the 8-digit goods code (商品编码) or a GTIN. */
  public static final String PRODUCT = "product";

  /** The product's name as people say it (商品名称). */
  public static final String PRODUCT_NAME = "productName";

  /** How the units were tied together; see {@link #ATTRIBUTION_INFERRED}. */
  public static final String ATTRIBUTION = "attribution";

  /** Value of {@link #ATTRIBUTION}: the output comes from one of the inputs (其中之一), not all. */
  public static final String ATTRIBUTION_INFERRED = "inferred";

  /**
   * Files that belong to the event (单证影像): a list of objects with {@code type}, {@code number} and
   * {@code digest}, the SHA-256 of the file in hex.
   */
  public static final String DOCUMENTS = "documents";

  /** A test (检测结果): an object with the members named below. */
  public static final String TEST_RESULT = "testResult";

  /** In {@link #TEST_RESULT}: what was looked for (检测项目). */
  public static final String TEST_ITEM = "item";

  /** In {@link #TEST_RESULT}: how (检测方法). */
  public static final String TEST_METHOD = "method";

  /** In {@link #TEST_RESULT}: what was found (检测值), as on the certificate. */
  public static final String TEST_VALUE = "value";

  /** In {@link #TEST_RESULT}: what is permitted (限量值). */
  public static final String TEST_LIMIT = "limit";

  /** In {@link #TEST_RESULT}: {@link #CONCLUSION_PASS} or {@link #CONCLUSION_FAIL} (检测结论). */
  public static final String TEST_CONCLUSION = "conclusion";

  /** Value of {@link #TEST_CONCLUSION}: 合格. */
  public static final String CONCLUSION_PASS = "pass";

  /** Value of {@link #TEST_CONCLUSION}: 不合格. */
  public static final String CONCLUSION_FAIL = "fail";

  /** Division code of the place, 6 digits (行政区划代码, GB/T 2260). */
  public static final String DIVISION = "division";

  /** Name of the industry pack that the event belongs to (行业). */
  public static final String INDUSTRY = "industry";

  /**
   * The one member, written with {@link #PREFIX}, of what stands in place of a personal value: the
   * base64 of 32 bytes that commit to it.
   */
  public static final String COMMITMENT = "commitment";

  // Business steps: full URIs.

  /**
   * Slaughter (屠宰): animals in, carcasses out. CBV's {@code killing} means that a tag's identity is
   * ended.
   */
  public static final String STEP_SLAUGHTERING = NAMESPACE + "BizStep-slaughtering";

  /** Entry into a wholesale market with inspection of papers (进场). */
  public static final String STEP_MARKET_ENTRY = NAMESPACE + "BizStep-market_entry";

  /** Rapid test at a market or shop (快速检测). */
  public static final String STEP_RAPID_TESTING = NAMESPACE + "BizStep-rapid_testing";

  /** Sale between firms, as at a wholesale market (批发交易); at retail CBV's retail_selling. */
  public static final String STEP_SELLING = NAMESPACE + "BizStep-selling";

  /** Rest of animals before slaughter (待宰静养). */
  public static final String STEP_LAIRAGE = NAMESPACE + "BizStep-lairage";

  /** Harmless disposal of dead animals and condemned products (无害化处理). */
  public static final String STEP_HARMLESS_DISPOSAL = NAMESPACE + "BizStep-harmless_disposal";

  /** Keeping of food samples, as school canteens must for 48 hours (食品留样). */
  public static final String STEP_SAMPLE_KEEPING = NAMESPACE + "BizStep-sample_keeping";

  // Types of business transactions: full URIs.

  /** Animal quarantine certificate (动物检疫合格证明). */
  public static final String BTT_ANIMAL_QUARANTINE_CERTIFICATE =
      NAMESPACE + "BTT-animal_quarantine_certificate";

  /** Animal product quarantine certificate (动物产品检疫合格证明). */
  public static final String BTT_PRODUCT_QUARANTINE_CERTIFICATE =
      NAMESPACE + "BTT-product_quarantine_certificate";

  /** Meat quality inspection certificate (肉品品质检验合格证). */
  public static final String BTT_MEAT_INSPECTION_CERTIFICATE =
      NAMESPACE + "BTT-meat_inspection_certificate";

  /** Certificate of origin of farm produce (产地证明). */
  public static final String BTT_ORIGIN_CERTIFICATE = NAMESPACE + "BTT-origin_certificate";

  /** Producer's certificate of commitment to standards (承诺达标合格证). */
  public static final String BTT_COMMITMENT_CERTIFICATE = NAMESPACE + "BTT-commitment_certificate";

  /** Voucher of a market transaction, which carries the trace code (交易凭证). */
  public static final String BTT_TRADE_VOUCHER = NAMESPACE + "BTT-trade_voucher";

  private YlVocabulary() {}
}
