package org.yuanliu.industry;

/**
 * The core metadata (核心元数据) that data elements of all industries refer to. The text of GB/T
 * 38154-2019 was not at hand: this is the set that its successors' and the trade-record standards'
 * published parts agree on.
 */
public enum CoreTerm {
  PARTY_CODE("party.code", "主体码", "party code"),
  PARTY_NAME("party.name", "主体名称", "party name"),
  PARTY_LICENCE("party.licence", "许可资质", "licence"),
  PARTY_CONTACT("party.contact", "联系方式", "contact"),
  PARTY_DIVISION("party.division", "行政区划", "administrative division"),
  PRODUCT_CODE("product.code", "产品代码", "product code"),
  PRODUCT_NAME("product.name", "产品名称", "product name"),
  PRODUCT_CATEGORY("product.category", "产品类别", "product category"),
  PRODUCT_SPECIFICATION("product.specification", "规格型号", "specification"),
  PRODUCT_BRAND("product.brand", "品牌", "brand"),
  PRODUCT_STANDARD("product.standard", "执行标准", "product standard"),
  UNIT_CODE("unit.code", "追溯单元标识", "trace unit identifier"),
  BATCH_NUMBER("batch.number", "批号", "batch number"),
  BATCH_PRODUCTION_DATE("batch.production_date", "生产日期", "production date"),
  BATCH_EXPIRY_DATE("batch.expiry_date", "有效期至", "expiry date"),
  BATCH_QUANTITY("batch.quantity", "数量", "quantity"),
  BATCH_ORIGIN("batch.origin", "产地", "origin"),
  EVENT_LINK("event.link", "环节", "link"),
  EVENT_OPERATION("event.operation", "操作", "operation"),
  EVENT_TIME("event.time", "时间", "time"),
  EVENT_PLACE("event.place", "地点", "place"),
  EVENT_OPERATOR("event.operator", "操作人", "operator"),
  EVENT_EQUIPMENT("event.equipment", "设备与工具", "equipment"),
  EVENT_CONDITION("event.condition", "环境与工艺参数", "condition"),
  EVENT_UPSTREAM("event.upstream", "上游追溯码", "upstream trace code"),
  EVENT_DOWNSTREAM("event.downstream", "下游追溯码", "downstream trace code"),
  TEST_LABORATORY("test.laboratory", "检验机构", "testing body"),
  TEST_ITEM("test.item", "检验项目", "test item"),
  TEST_RESULT("test.result", "检验结果", "test result"),
  TEST_REPORT("test.report", "检验报告号", "test report number"),
  TRADE_BUYER("trade.buyer", "买方", "buyer"),
  TRADE_SELLER("trade.seller", "卖方", "seller"),
  TRADE_VOUCHER("trade.voucher", "交易凭证号", "voucher number"),
  TRADE_PRICE("trade.price", "单价", "unit price"),
  TRADE_AMOUNT("trade.amount", "金额", "amount"),
  DOCUMENT_NUMBER("document.number", "单证号", "document number"),
  REMARK("remark", "备注", "remark");

  private final String id;
  private final String zh;
  private final String en;

  CoreTerm(String id, String zh, String en) {
    this.id = id;
    this.zh = zh;
    this.en = en;
  }

  /** The word for it in a pack. */
  public String id() {
    return id;
  }

  public Localized names() {
    return new Localized(zh, en);
  }
}
