package org.yuanliu.industry;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.yuanliu.industry.Shape.Slot;
import org.yuanliu.industry.Shape.Value;

/** Every key of the pack format. */
final class PackFormat {
  static final String ID = "[a-z][a-z0-9_-]{0,63}";

  /** Names that expressions use: no hyphen. */
  static final String ELEMENT_ID = "[a-z][a-z0-9_]{0,63}";

  static final String CODE_WORD = "[A-Za-z0-9][A-Za-z0-9._-]{0,63}";
  static final String DURATION = "([0-9]{1,4}) ?(min|h|d)";
  static final String SPAN = "([0-9]{1,4}) ?(min|h|d|mo|y)";
  static final String PERCENT = "([0-9]{1,3}(?:\\.[0-9]{1,3})?) ?%";
  static final String NUMBER = "-?[0-9]{1,15}(?:\\.[0-9]{1,9})?";
  static final String DATE = "[0-9]{4}-[0-9]{2}-[0-9]{2}";
  static final String VERSION = "[1-9][0-9]{0,5}";

  /** GB/T 7635.1 codes have eight digits. */
  static final String GOODS_CODE = "[0-9]{1,8}";

  static final String UOM = "[A-Z0-9]{2,3}";

  static final Value TEXT = new Value.Text("", "…");
  static final Value FLAG = new Value.Word(Set.of("true", "false"));
  private static final Value NAME = new Value.Text(ID, "breeding");
  private static final Value NAMES = new Value.OneOrMany(NAME);
  private static final Value ELEMENT = new Value.Text(ELEMENT_ID, "ear_tags");
  private static final Value URI =
      new Value.Text("[a-zA-Z][a-zA-Z0-9+.-]*:[^\\s\"<>\\\\^`{|}]+", "cbv:BizStep-shipping");
  private static final Value DURATION_VALUE = new Value.Text(DURATION, "24 h");
  private static final Value SPAN_VALUE = new Value.Text(SPAN, "15 d");
  private static final Value PERCENT_VALUE = new Value.Text(PERCENT, "1 %");
  private static final Value NUMBER_VALUE = new Value.Text(NUMBER, "30");

  static final Shape LOCALIZED =
      shape(
          "text",
          "中文和英文",
          "Chinese and English",
          req("zh", TEXT, "中文", "Chinese"),
          req("en", TEXT, "英文", "English"));
  static final Value BOTH = of(LOCALIZED);

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
              "商业秘密：只给本人和监管部门看",
              "a commercial secret: for its owner and the regulator alone"),
          opt("public", FLAG, "可在公众页面显示", "may be shown on the public page"),
          opt(
              "unit",
              new Value.Text(UOM, "KGM"),
              "计量单位（UN/ECE Rec 20）",
              "unit of measure (UN/ECE Rec 20)"),
          opt("codes", NAME, "类型为 code 时的代码表", "for type code: the code list"),
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
      new Value.Either(List.of(new Value.Word(Set.of("required", "optional")), of(ELEMENT_PICK)));

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
                  List.of(new Value.Word(Set.of("always", "asNeeded", "optional")), of(PASSING))),
              "是否必有：asNeeded 为有事由才有，列入重点目录也不强制；缺省 optional",
              "when it must be there; asNeeded: only where there is cause, and the key catalogue"
                  + " does not ask for it; optional if left out"),
          opt(
              "grace",
              DURATION_VALUE,
              "上报宽限，缺省 24 h",
              "how long a report may take before its absence counts; 24 h if left out"),
          opt("who", of(WHO), "谁可以做、在哪里", "who may act, and where"),
          opt("event", of(EVENT), "产生的事件", "the event that it makes"),
          opt(
              "events",
              new Value.Many(of(EVENT)),
              "产生的几个事件",
              "the events that it makes, where there are several"),
          opt(
              "recognisedBy",
              new Value.Many(of(CRITERION)),
              "凭什么认出，缺省按 event 和 who.at",
              "by what its events are recognised; by event and who.at if left out"),
          opt(
              "requires",
              new Value.Many(of(REQUIREMENT)),
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
              of(RETENTION),
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
              new Value.Named(ELEMENT_ID, of(ELEMENT_PICK)),
              "这种产品的要素与库里不同之处，如计量单位",
              "what is different in elements of the library for this product, as their unit"),
          opt("source", TEXT, "依据", "law, catalogue or plan that names it"),
          req(
              "links",
              new Value.Many(new Value.Either(List.of(NAME, of(LINK_PICK)))),
              "环节，按先后",
              "its links from the source to the end"));

  // Limits of checks.

  private static Shape table(String name, Value value) {
    return shape(
        name,
        "按要素取值的限值",
        "a limit by the value of an element",
        opt("element", ELEMENT, "限值写在哪个要素里", "the element that holds the limit"),
        opt(
            "unit",
            new Value.Word(Set.of("min", "h", "d", "mo", "y")),
            "该要素的时间单位",
            "unit of that element, for spans"),
        opt("document", NAME, "限值取自单证的数量", "the quantity of this document is the limit"),
        opt("by", ELEMENT, "按哪个要素取值", "the element whose value chooses"),
        opt("values", new Value.Named(CODE_WORD, value), "取值与限值", "limit for each value"),
        opt("otherwise", value, "其它取值的限值", "limit for other values"));
  }

  static final Shape NUMBER_TABLE = table("numberLimit", NUMBER_VALUE);
  static final Shape PERCENT_TABLE = table("percentLimit", PERCENT_VALUE);
  static final Shape SPAN_TABLE = table("spanLimit", SPAN_VALUE);
  private static final Value NUMBER_LIMIT = either(NUMBER_VALUE, of(NUMBER_TABLE));
  private static final Value PERCENT_LIMIT = either(PERCENT_VALUE, of(PERCENT_TABLE));
  private static final Value SPAN_LIMIT = either(SPAN_VALUE, of(SPAN_TABLE));
  private static final Value AMOUNT = new Value.Text(ELEMENT_ID, "quantity");
  private static final Value KEYS = new Value.OneOrMany(new Value.Text(ELEMENT_ID, "unit"));
  private static final Value PERIOD = new Value.Word(ids(CheckPeriod.values(), CheckPeriod::id));
  private static final Slot KEY =
      opt(
          "key",
          KEYS,
          "按什么合计：unit、parent、party、place、product、source、destination 或要素，缺省 unit",
          "what it counts by: unit, parent, party, place, product, source, destination or elements;"
              + " unit if left out");

  static final Shape BALANCE =
      shape(
          "balance",
          "数量平衡：出不大于进",
          "quantity balance: no more goes out than came in",
          KEY,
          opt("period", PERIOD, "期间，缺省 always", "period; always if left out"),
          req(
              "in",
              new Value.Named(ID, AMOUNT),
              "环节: 进多少（quantity、inputs、outputs、units、one 或要素）",
              "link: what it adds (quantity, inputs, outputs, units, one or an element)"),
          req("out", new Value.Named(ID, AMOUNT), "环节: 出多少", "link: what it takes away"),
          opt("tolerance", PERCENT_VALUE, "允许的差", "by how much more may go out"),
          opt("exact", FLAG, "进出必须相等", "whether as much must go out as came in"),
          opt(
              "settle",
              SPAN_LIMIT,
              "最后一次进之后多久必须相等",
              "how long after the last that came in an exact balance must be reached"));

  static final Shape YIELD =
      shape(
          "yield",
          "得率：一个事件产出与投入之比",
          "yield: what one event makes of what it takes",
          opt("input", AMOUNT, "投入，缺省 inputs", "input; inputs if left out"),
          opt("output", AMOUNT, "产出，缺省 outputs", "output; outputs if left out"),
          opt("min", PERCENT_LIMIT, "最低", "smallest"),
          opt("max", PERCENT_LIMIT, "最高", "largest"));

  static final Shape QUOTA =
      shape(
          "quota",
          "配额、限量、库存上限",
          "quota: what is added up stays within a limit",
          KEY,
          opt("period", PERIOD, "期间，缺省 always", "period; always if left out"),
          opt("amount", AMOUNT, "累加什么，缺省 quantity", "what is added up; quantity if left out"),
          opt("minus", new Value.Named(ID, AMOUNT), "环节: 减去多少", "link: what it takes off again"),
          req("limit", NUMBER_LIMIT, "上限", "the limit"));

  static final Shape EXPIRY =
      shape(
          "expiry",
          "有效期、保质期、年限",
          "expiry: a day has not passed",
          req(
              "of",
              ELEMENT,
              "日期要素，本事件或同一单元以前的事件",
              "an element of type date or time, of this event or an earlier one of the same unit"),
          opt("plus", SPAN_LIMIT, "再加多久才到期", "how much later the end is"),
          opt("left", SPAN_LIMIT, "至少还剩多久", "how much must still be left"),
          opt("required", FLAG, "没有日期也算不合格", "fails where nobody said the day"));

  static final Shape INTERVAL =
      shape(
          "interval",
          "间隔：距上一次某类事件的时间",
          "interval: the time since the last event of a kind",
          KEY,
          req("since", NAMES, "从哪些环节算起", "links that the time runs from"),
          opt("min", SPAN_LIMIT, "至少", "at least"),
          opt("max", SPAN_LIMIT, "至多", "at most"),
          opt(
              "recurring",
              FLAG,
              "到期没有再做就报警",
              "whether one of the check's own links must come again within max"),
          opt("ends", NAMES, "哪些环节之后不再要求", "links after which nothing is asked for"),
          opt("required", FLAG, "必须有上一次", "whether there must be one at all"));

  static final Shape SEQUENCE =
      shape(
          "sequence",
          "顺序：环节之前只能是哪些环节",
          "sequence: which link may come directly before which",
          KEY,
          opt(
              "after",
              new Value.Named(ID, NAMES),
              "环节: 之前可以是（start 为没有）",
              "link: those that may come before it; start for none"),
          opt(
              "ends",
              NAMES,
              "这些环节之后不得再有 on 里的环节；不写 after 时用",
              "links after which none of those in \"on\" may come; where \"after\" is left out"));

  static final Shape STATE =
      shape(
          "state",
          "状态：上一次某类事件说了什么",
          "state: what the last event of a kind said",
          KEY,
          req("last", NAMES, "看哪些环节的最后一次", "links whose last event is looked at"),
          req(
              "element",
              new Value.Text(ELEMENT_ID, "result"),
              "它的哪个要素，或 party、place",
              "its element, or party or place"),
          opt("is", new Value.OneOrMany(TEXT), "只能是这些值", "values that it may have"),
          opt(
              "equals",
              new Value.Text(ELEMENT_ID, "party"),
              "必须等于本事件的这个要素，或 party、place",
              "an element of this event, or party or place, that it must agree with"),
          opt("required", FLAG, "必须有过", "whether there must have been one"));

  static final Shape ONCE =
      shape(
          "once",
          "一次性：减去退回后只能有几次",
          "once: so many times, net of returns",
          KEY,
          opt("back", NAMES, "退回的环节", "links that give one back"),
          opt("limit", NUMBER_LIMIT, "几次，缺省 1", "how many times; 1 if left out"));

  static final Shape PERMIT =
      shape(
          "permit",
          "许可证：已登记、在有效期、数量未超",
          "permit: registered, valid on the day, its quantity not exceeded",
          req("document", NAME, "单证类型", "kind of document"),
          opt("amount", AMOUNT, "用去多少，缺省 quantity", "how much of it is used; quantity if left out"),
          opt("tolerance", PERCENT_VALUE, "允许的差", "by how much more may be used"),
          opt(
              "subject",
              new Value.Text(ELEMENT_ID, "party"),
              "必须发给谁：party、source、destination 或要素",
              "whose it must be: party, source, destination or an element"),
          opt(
              "required",
              FLAG,
              "没有证也算不合格，缺省 true",
              "whether an event without it fails; true if left out"));

  static final Shape COLD_CHAIN =
      shape(
          "coldChain",
          "冷链：测量值的范围和间断",
          "cold chain: range and gaps of measurements",
          opt(
              "measure",
              new Value.Text("[A-Z][A-Za-z]{0,63}", "Temperature"),
              "测量什么，缺省 Temperature",
              "what is measured; Temperature if left out"),
          opt("min", NUMBER_LIMIT, "最低", "smallest"),
          opt("max", NUMBER_LIMIT, "最高", "largest"),
          opt("gap", SPAN_VALUE, "两次测量最多隔多久", "longest time between two measurements"),
          opt("from", NAMES, "从哪些环节起算", "links that begin the time to be covered"),
          opt("required", FLAG, "没有测量也算不合格", "fails without any measurement"));

  static final Shape UPSTREAM =
      shape(
          "upstream",
          "来源：此前经过的环节",
          "upstream: the units came through one of these links",
          req("links", NAMES, "环节", "links"));

  static final Shape LICENCE =
      shape(
          "licence",
          "许可范围",
          "licence: valid, and its scope covers the act",
          req("document", NAME, "许可证件", "kind of document"),
          opt(
              "of",
              new Value.Text(ELEMENT_ID, "party"),
              "谁的，缺省 party",
              "whose: party, source, destination, place or an element; party if left out"),
          opt(
              "scope",
              new Value.Text(ELEMENT_ID, "product"),
              "许可范围须含的要素值或 product",
              "an element, or product, that the licence must name"));

  static final Shape DEADLINE =
      shape(
          "deadline",
          "时限：上报或后续环节",
          "deadline: reported, or followed by a link, in time",
          KEY,
          opt("within", SPAN_LIMIT, "事件之后多久以内", "how long after the event"),
          opt(
              "dayOfNextMonth",
              new Value.Text("[1-9]|[12][0-9]|3[01]", "10"),
              "次月几日以前",
              "last day of the following month"),
          opt(
              "followedBy",
              NAMES,
              "以后必须有的环节；不写则指本事件的上报",
              "links of which one must follow; the report of the event itself if left out"),
          opt("orBefore", FLAG, "以前已有的也算", "whether one before the event will do too"));

  static final List<Slot> RULES =
      List.of(
          opt("holds", TEXT, "CEL 表达式，须为真", "a CEL expression that must be true"),
          opt("balance", of(BALANCE), "数量平衡", "quantity balance"),
          opt("yield", of(YIELD), "得率", "yield"),
          opt("quota", of(QUOTA), "配额", "quota"),
          opt("expiry", of(EXPIRY), "到期", "expiry"),
          opt("interval", of(INTERVAL), "间隔", "interval"),
          opt("sequence", of(SEQUENCE), "顺序", "sequence"),
          opt("state", of(STATE), "状态", "state"),
          opt("once", of(ONCE), "一次性", "once"),
          opt("permit", of(PERMIT), "许可证", "permit"),
          opt("coldChain", of(COLD_CHAIN), "冷链", "cold chain"),
          opt("upstream", of(UPSTREAM), "来源", "upstream"),
          opt("licence", of(LICENCE), "许可范围", "licence"),
          opt("deadline", of(DEADLINE), "时限", "deadline"));

  static final Shape CHECK =
      new Shape(
          "check",
          new Localized("检查：下列规则恰好写一种", "a check; exactly one of the rules"),
          Stream.concat(
                  Stream.of(
                      opt("on", NAMES, "判断哪些环节的事件", "links whose events it judges"),
                      opt(
                          "products",
                          NAMES,
                          "哪些产品，缺省全部",
                          "products that it is for; all if left out"),
                      req(
                          "level",
                          new Value.Word(ids(CheckLevel.values(), CheckLevel::id)),
                          "refuse 事前问时拒绝，alert 报警，warn 提示",
                          "refuse when asked before the act, alert, or warn"),
                      opt(
                          "moment",
                          new Value.Word(ids(Moment.values(), Moment::id)),
                          "何时判断，缺省由规则定",
                          "when it is judged; as the rule asks if left out"),
                      opt(
                          "when",
                          TEXT,
                          "CEL 表达式：只在为真时适用",
                          "a CEL expression: it applies only where this is true"),
                      req("message", BOTH, "不合格时对人说什么", "what it says when it fails"),
                      req("source", TEXT, "依据：法规和条款", "law and clause, or standard")),
                  RULES.stream())
              .toList());

  static final List<Slot> LIBRARY_KEYS =
      List.of(
          opt("prefixes", new Value.Named(ID, URI), "URI 的缩写", "short forms of URIs"),
          opt("nodeTypes", new Value.Named(ID, BOTH), "场所类型", "kinds of place"),
          opt("roles", new Value.Named(ID, of(ROLE)), "主体类型", "parts that parties play"),
          opt("documents", new Value.Named(ID, of(DOCUMENT)), "单证类型", "kinds of document"),
          opt("tests", new Value.Named(ID, of(TEST)), "检测方法", "kinds of test"),
          opt(
              "codeLists",
              new Value.Named(ID, new Value.Named(CODE_WORD, of(CODE))),
              "代码表",
              "code lists"),
          opt(
              "elements",
              new Value.Named(ELEMENT_ID, of(ELEMENT_SHAPE)),
              "采集指标库，环节从中选用",
              "data elements that links pick from"),
          opt(
              "links",
              new Value.Named(ID, of(LINK)),
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
                      req("clock", of(CLOCK), "时钟", "clocks"),
                      req(
                          "publicView",
                          new Value.OneOrMany(
                              new Value.Word(ids(PublicField.values(), PublicField::id))),
                          "公众可见",
                          "what the public may see of a step"),
                      opt("retention", of(RETENTION), "保存期", "how long records are kept")),
                  LIBRARY_KEYS.stream(),
                  Stream.of(
                      opt("checks", new Value.Named(ID, of(CHECK)), "检查", "checks"),
                      opt("statistics", new Value.Named(ID, of(STATISTIC)), "统计", "statistics"),
                      req("products", new Value.Named(ID, of(PRODUCT)), "产品", "products")))
              .flatMap(keys -> keys)
              .toList());

  private PackFormat() {}

  private static <E> Set<String> ids(E[] values, java.util.function.Function<E, String> id) {
    return Arrays.stream(values).map(id).collect(Collectors.toCollection(TreeSet::new));
  }

  private static Value of(Shape shape) {
    return new Value.Of(() -> shape);
  }

  private static Value either(Value... values) {
    return new Value.Either(List.of(values));
  }

  private static Slot req(String name, Value value, String zh, String en) {
    return new Slot(name, true, value, new Localized(zh, en));
  }

  private static Slot opt(String name, Value value, String zh, String en) {
    return new Slot(name, false, value, new Localized(zh, en));
  }

  private static Shape shape(String name, String zh, String en, Slot... keys) {
    return new Shape(name, new Localized(zh, en), List.of(keys));
  }
}
