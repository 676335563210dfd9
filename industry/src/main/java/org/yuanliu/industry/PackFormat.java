package org.yuanliu.industry;

import static org.yuanliu.industry.FormatWords.BOTH;
import static org.yuanliu.industry.FormatWords.CODE_WORD;
import static org.yuanliu.industry.FormatWords.DATE;
import static org.yuanliu.industry.FormatWords.DURATION_VALUE;
import static org.yuanliu.industry.FormatWords.ELEMENT;
import static org.yuanliu.industry.FormatWords.ELEMENT_ID;
import static org.yuanliu.industry.FormatWords.FLAG;
import static org.yuanliu.industry.FormatWords.GOODS_CODE;
import static org.yuanliu.industry.FormatWords.ID;
import static org.yuanliu.industry.FormatWords.NAME;
import static org.yuanliu.industry.FormatWords.NAMES;
import static org.yuanliu.industry.FormatWords.NUMBER_VALUE;
import static org.yuanliu.industry.FormatWords.PERCENT_VALUE;
import static org.yuanliu.industry.FormatWords.SPAN;
import static org.yuanliu.industry.FormatWords.TEXT;
import static org.yuanliu.industry.FormatWords.UOM;
import static org.yuanliu.industry.FormatWords.URI;
import static org.yuanliu.industry.FormatWords.VERSION;
import static org.yuanliu.industry.FormatWords.ids;
import static org.yuanliu.industry.FormatWords.opt;
import static org.yuanliu.industry.FormatWords.req;
import static org.yuanliu.industry.FormatWords.shape;
import static org.yuanliu.industry.FormatWords.shaped;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.yuanliu.industry.Shape.Slot;
import org.yuanliu.industry.Shape.Value;

/** Every key of the pack format; those of checks are {@link CheckFormat}'s. */
final class PackFormat {
  static final Shape CODE =
      shape(
          "codeListWord",
          "代码表的一项",
          "a word of a code list",
          req("zh", TEXT, "中文", "Chinese"),
          req("en", TEXT, "英文", "English"),
          opt(
              "uri",
              URI,
              "事件里写成的 URI，缺省写代码本身",
              "what an event has for it; the word itself if left out"));

  static final Shape ROLE =
      shape(
          "role",
          "主体类型",
          "a part that parties play",
          req("names", BOTH, "名称", "names"),
          opt(
              "licences",
              NAMES,
              "任一即可的许可证件（documents 里的名称）",
              "documents any of which entitles to it"));

  static final Shape DOCUMENT =
      shape(
          "document",
          "单证类型",
          "a kind of document",
          req("names", BOTH, "名称", "names"),
          req(
              "type",
              URI,
              "事件里 bizTransaction 的类型",
              "type of business transaction by which events cite it"),
          opt("expires", FLAG, "是否有有效期", "whether it is good for some days only"),
          opt("coversQuantity", FLAG, "是否写明数量", "whether it is good for a quantity"),
          opt("source", TEXT, "依据", "law and clause"));

  static final Shape TEST =
      shape(
          "test",
          "检测方法",
          "a kind of test",
          req("names", BOTH, "名称", "names"),
          req("steps", new Value.OneOrMany(URI), "报告它的业务步骤", "business steps that report it"),
          opt(
              "overruledBy",
              NAMES,
              "哪些检测的合格可以推翻它的不合格",
              "tests whose later pass takes back its fail"));

  static final Shape CLOCK =
      shape(
          "clock",
          "时钟",
          "clocks",
          req(
              "disagreement",
              DURATION_VALUE,
              "先后相反多少以内不提示",
              "by how much times may contradict the order of steps without a remark"),
          req(
              "tolerance",
              DURATION_VALUE,
              "只能凭时间排序时两处时钟可差多少",
              "how far apart two sources may be where only time tells the order"));

  static final Shape RETENTION =
      shape(
          "retention",
          "保存期",
          "how long records are kept",
          req("class", NAME, "保存类别名称", "name of the retention class"),
          req(
              "keep",
              new Value.Text(SPAN + "|forever", "2 y"),
              "多久，永久写 forever",
              "how long; forever for ever"),
          opt(
              "from",
              new Value.Word(Set.of("record", "expiry")),
              "从记录时或从保质期、有效期满起，缺省 record",
              "from the record, or from the end of shelf life or validity; record if left out"),
          req("source", TEXT, "依据", "law and clause"));

  static final Shape STATISTIC =
      shape(
          "statistic",
          "统计项",
          "a figure that is kept",
          req("names", BOTH, "名称", "names"),
          req("on", NAMES, "统计哪些环节", "links that are counted"),
          req(
              "sum",
              new Value.Text(ELEMENT_ID, "quantity"),
              "累加什么：events、units、quantity 或要素",
              "what is added up: events, units, quantity or an element"),
          opt(
              "by",
              new Value.OneOrMany(new Value.Word(Statistic.DIMENSIONS)),
              "分组",
              "what it is broken down by"));

  static final Shape ELEMENT_SHAPE =
      shape(
          "element",
          "采集指标",
          "a data element",
          req("names", BOTH, "名称", "names"),
          req(
              "type",
              new Value.Word(ids(ElementType.values(), ElementType::id)),
              "类型",
              "type of its value"),
          opt("help", BOTH, "填什么、在哪里找", "what to enter and where it is found"),
          opt("list", FLAG, "可填多个", "whether it holds several values"),
          opt("required", FLAG, "必填", "whether a record without it is incomplete"),
          opt("personal", FLAG, "个人信息：加密保存", "about a person: stored encrypted"),
          opt(
              "person",
              NAME,
              "说的是哪个人：同一记录中写同一个词的要素说的是同一人；不写即自成一人",
              "which person it tells of: elements of a record with one word tell of one person;"
                  + " without it, of a person of its own"),
          opt(
              "identity",
              FLAG,
              "是此人的证件号：凭它跨企业认出同一人",
              "the number of that person's document: by it he is the same for all firms"),
          opt(
              "secret",
              FLAG,
              "商业秘密：只给本人、买卖的另一方和监管部门看",
              "a commercial secret: for its owner, buyer and seller, and the regulator"),
          opt("public", FLAG, "可在公众页面显示", "may be shown on the public page"),
          opt(
              "unit",
              new Value.Text(UOM, "KGM"),
              "计量单位（UN/ECE Rec 20）",
              "unit of measure (UN/ECE Rec 20)"),
          opt(
              "codes",
              NAME,
              "类型为 code 时的代码表；text 时为常用词，也可另写",
              "for type code: the code list; for text: usual words, others may be written"),
          opt(
              "schemes",
              NAMES,
              "编码体系，如 eartag、batch、trace",
              "for codes: schemes such as eartag, batch, trace"),
          opt("document", NAME, "类型为 document 时的单证类型", "for type document: the kind of document"),
          opt(
              "term",
              new Value.Word(ids(CoreTerm.values(), CoreTerm::id)),
              "核心元数据里的名称",
              "what it is in the core metadata"),
          opt(
              "becomes",
              new Value.Word(Targets.words()),
              "在事件里变成什么，缺省 extension",
              "what it becomes in the event; extension if left out"),
          opt(
              "as",
              new Value.Text("[^\\s]+", "yl:testResult/yl:item"),
              "扩展字段名，可写成 字段/成员；传感器写 value、minValue、maxValue、meanValue",
              "name of the extension field, or field/member; for a sensor value, minValue, maxValue"
                  + " or meanValue"),
          opt("in", NAMES, "写进本环节的哪些事件", "ids of the events of the link that carry it"),
          opt(
              "quantity",
              new Value.Text(ELEMENT_ID, "weight"),
              "追溯单元的数量写在哪个要素里；each 为每个单元自带",
              "for units: the element that tells how much; each if every unit comes with its own"),
          opt("min", NUMBER_VALUE, "最小值或最短长度", "smallest value, or length of a text"),
          opt("max", NUMBER_VALUE, "最大值或最大长度", "largest value, or length of a text"),
          opt("default", TEXT, "缺省值", "what it is if nothing is said"),
          opt("source", TEXT, "依据", "law and clause, or standard"));

  static final Shape ELEMENT_PICK =
      ELEMENT_SHAPE.allOptional(
          "elementPick", new Localized("选用要素并改动", "an element as this link has it"));

  static final Shape EVENT =
      shape(
          "event",
          "环节产生的事件",
          "an event that the link makes",
          opt("id", NAME, "名称，缺省 event", "its name within the link; event if left out"),
          req("type", new Value.Word(PackValues.EVENT_TYPES), "EPCIS 事件类型", "EPCIS event type"),
          opt(
              "action",
              new Value.Word(Set.of("ADD", "OBSERVE", "DELETE")),
              "动作；转换事件没有",
              "action; none for a transformation"),
          req("bizStep", URI, "业务步骤", "business step"),
          opt("disposition", URI, "状态", "disposition"),
          opt("when", ELEMENT, "填了这个要素才产生", "made only where this element is given"));

  static final Shape CRITERION =
      shape(
          "criterion",
          "凭什么认出",
          "by what an event is recognised",
          req("steps", new Value.OneOrMany(URI), "业务步骤", "business steps"),
          opt(
              "eventTypes",
              new Value.OneOrMany(new Value.Word(PackValues.EVENT_TYPES)),
              "事件类型",
              "event types"),
          opt("dispositions", new Value.OneOrMany(URI), "状态", "dispositions"),
          opt("at", NAMES, "场所类型", "kinds of place"));

  static final Shape PASSING =
      shape(
          "whenPassing",
          "经过某类场所时",
          "where the chain passes a kind of place",
          req("whenPassing", NAMES, "场所类型", "kinds of place"));

  static final Shape REQUIREMENT =
      shape(
          "requirement",
          "必须出示的一项",
          "one thing that must be shown: exactly one of these",
          opt("document", NAME, "单证", "a document"),
          opt("test", NAME, "合格的检测", "a passed test"),
          opt("cameThrough", NAME, "此前经过的环节", "an earlier link of the product"),
          opt(
              "anyOf",
              new Value.Many(new Value.Of(() -> PackFormat.REQUIREMENT)),
              "其中之一",
              "one of several"));

  static final Shape WHO =
      shape(
          "who",
          "谁可以做、在哪里",
          "who may act, and where",
          opt("roles", NAMES, "主体类型", "parts"),
          opt("at", NAMES, "场所类型", "kinds of place"));

  private static final Value ELEMENT_CHOICE =
      new Value.Either(
          List.of(new Value.Word(Set.of("required", "optional")), shaped(ELEMENT_PICK)));

  static final Shape LINK =
      shape(
          "link",
          "环节",
          "a link of a chain",
          req("names", BOTH, "名称", "names"),
          req(
              "stage",
              new Value.Word(ids(LinkStage.values(), LinkStage::id)),
              "环节种类",
              "what kind of link it is"),
          opt(
              "required",
              new Value.Either(
                  List.of(
                      new Value.Word(Set.of("always", "asNeeded", "optional", "takesOn")),
                      shaped(PASSING))),
              "是否必有：asNeeded 为有事由才有，列入重点目录也不强制；takesOn 为在用的建档，以前的环节不再要求；缺省 optional",
              "when it must be there; takesOn: it takes on what was in use before, and links before"
                  + " it are not asked for; asNeeded: only where there is cause, and the key"
                  + " catalogue does not ask for it; optional if left out"),
          opt(
              "grace",
              DURATION_VALUE,
              "上报宽限，缺省 24 h",
              "how long a report may take before its absence counts; 24 h if left out"),
          opt("who", shaped(WHO), "谁可以做、在哪里", "who may act, and where"),
          opt("event", shaped(EVENT), "产生的事件", "the event that it makes"),
          opt(
              "events",
              new Value.Many(shaped(EVENT)),
              "产生的几个事件",
              "the events that it makes, where there are several"),
          opt(
              "recognisedBy",
              new Value.Many(shaped(CRITERION)),
              "凭什么认出，缺省按 event 和 who.at",
              "by what its events are recognised; by event and who.at if left out"),
          opt(
              "requires",
              new Value.Many(shaped(REQUIREMENT)),
              "每个事件必须出示的",
              "what each of its events must show"),
          opt(
              "elements",
              new Value.Named(ELEMENT_ID, ELEMENT_CHOICE),
              "采集指标：required、optional 或改动",
              "its data elements: required, optional, or what is different here"),
          opt(
              "procedure",
              new Value.Many(BOTH),
              "操作规程，一步一条",
              "the operating procedure, step by step"),
          opt(
              "retention",
              shaped(RETENTION),
              "保存期，缺省按包",
              "how long its records are kept; as the pack says if left out"),
          opt("source", TEXT, "依据", "law and clause"));

  static final Shape LINK_PICK =
      LINK.allOptional(
          "linkPick",
          new Localized("选用环节并改动", "a link as this product has it"),
          req("link", NAME, "环节名称", "the link's name"));

  static final Shape PRODUCT =
      shape(
          "product",
          "产品",
          "a product",
          req("names", BOTH, "名称", "names"),
          opt("category", BOTH, "大类", "the group that people look for it in"),
          opt(
              "goodsCodes",
              new Value.OneOrMany(new Value.Text(GOODS_CODE, "2111")),
              "商品码前缀（GB/T 7635.1）",
              "prefixes of goods codes (GB/T 7635.1)"),
          opt(
              "categoryTerms",
              new Value.OneOrMany(TEXT),
              "记录里对它的称呼",
              "other names by which records call it"),
          opt(
              "balanceTolerance",
              PERCENT_VALUE,
              "进出数量允许的差；不写则不核对",
              "by how much more may go out of a holder's hands than came in; not balanced if left"
                  + " out"),
          opt(
              "elements",
              new Value.Named(ELEMENT_ID, shaped(ELEMENT_PICK)),
              "这种产品的要素与库里不同之处，如计量单位",
              "what is different in elements of the library for this product, as their unit"),
          opt("source", TEXT, "依据", "law, catalogue or plan that names it"),
          req(
              "links",
              new Value.Many(new Value.Either(List.of(NAME, shaped(LINK_PICK)))),
              "环节，按先后",
              "its links from the source to the end"));

  static final List<Slot> LIBRARY_KEYS =
      List.of(
          opt("prefixes", new Value.Named(ID, URI), "URI 的缩写", "short forms of URIs"),
          opt("nodeTypes", new Value.Named(ID, BOTH), "场所类型", "kinds of place"),
          opt("roles", new Value.Named(ID, shaped(ROLE)), "主体类型", "parts that parties play"),
          opt("documents", new Value.Named(ID, shaped(DOCUMENT)), "单证类型", "kinds of document"),
          opt("tests", new Value.Named(ID, shaped(TEST)), "检测方法", "kinds of test"),
          opt(
              "codeLists",
              new Value.Named(ID, new Value.Named(CODE_WORD, shaped(CODE))),
              "代码表",
              "code lists"),
          opt(
              "elements",
              new Value.Named(ELEMENT_ID, shaped(ELEMENT_SHAPE)),
              "采集指标库，环节从中选用",
              "data elements that links pick from"),
          opt(
              "links",
              new Value.Named(ID, shaped(LINK)),
              "环节库，产品从中选用",
              "links that products pick from"));

  static final Shape LIBRARY =
      new Shape(
          "library",
          new Localized("各包共用的库", "what several packs share"),
          Stream.concat(
                  Stream.of(
                      req("library", NAME, "名称", "its name"), req("names", BOTH, "名称", "names")),
                  LIBRARY_KEYS.stream())
              .toList());

  static final Shape PACK =
      new Shape(
          "pack",
          new Localized("行业包", "an industry pack"),
          Stream.of(
                  Stream.of(
                      req("pack", NAME, "行业的名称", "the industry's stable name"),
                      req("version", new Value.Text(VERSION, "1"), "版本，从1起", "version, from 1"),
                      req(
                          "effectiveFrom",
                          new Value.Text(DATE, "2026-02-01"),
                          "施行日",
                          "first day on which events are judged by it"),
                      opt("effectiveTo", new Value.Text(DATE, "2027-12-31"), "最后一日", "last day"),
                      req("names", BOTH, "名称", "names"),
                      opt("leads", new Value.Many(BOTH), "牵头部门", "lead departments"),
                      opt(
                          "uses",
                          NAMES,
                          "选用的共用库，如 common",
                          "libraries that it builds on, as common"),
                      opt("schemes", NAMES, "用到的编码体系", "identification schemes in use"),
                      req("clock", shaped(CLOCK), "时钟", "clocks"),
                      req(
                          "publicView",
                          new Value.OneOrMany(
                              new Value.Word(ids(PublicField.values(), PublicField::id))),
                          "公众可见",
                          "what the public may see of a step"),
                      opt("retention", shaped(RETENTION), "保存期", "how long records are kept")),
                  LIBRARY_KEYS.stream(),
                  Stream.of(
                      opt("checks", new Value.Named(ID, shaped(CheckFormat.CHECK)), "检查", "checks"),
                      opt("statistics", new Value.Named(ID, shaped(STATISTIC)), "统计", "statistics"),
                      req("products", new Value.Named(ID, shaped(PRODUCT)), "产品", "products")))
              .flatMap(keys -> keys)
              .toList());

  private PackFormat() {}
}
