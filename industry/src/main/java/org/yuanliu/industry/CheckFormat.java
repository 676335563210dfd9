package org.yuanliu.industry;

import static org.yuanliu.industry.FormatWords.BOTH;
import static org.yuanliu.industry.FormatWords.CODE_WORD;
import static org.yuanliu.industry.FormatWords.ELEMENT;
import static org.yuanliu.industry.FormatWords.ELEMENT_ID;
import static org.yuanliu.industry.FormatWords.FLAG;
import static org.yuanliu.industry.FormatWords.ID;
import static org.yuanliu.industry.FormatWords.NAME;
import static org.yuanliu.industry.FormatWords.NAMES;
import static org.yuanliu.industry.FormatWords.NUMBER_VALUE;
import static org.yuanliu.industry.FormatWords.PERCENT_VALUE;
import static org.yuanliu.industry.FormatWords.SPAN_VALUE;
import static org.yuanliu.industry.FormatWords.TEXT;
import static org.yuanliu.industry.FormatWords.either;
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

/** The keys of checks: one shape a rule, and the limits that rules have. */
final class CheckFormat {
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
  private static final Value NUMBER_LIMIT = either(NUMBER_VALUE, shaped(NUMBER_TABLE));
  private static final Value PERCENT_LIMIT = either(PERCENT_VALUE, shaped(PERCENT_TABLE));
  private static final Value SPAN_LIMIT = either(SPAN_VALUE, shaped(SPAN_TABLE));
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
          opt("balance", shaped(BALANCE), "数量平衡", "quantity balance"),
          opt("yield", shaped(YIELD), "得率", "yield"),
          opt("quota", shaped(QUOTA), "配额", "quota"),
          opt("expiry", shaped(EXPIRY), "到期", "expiry"),
          opt("interval", shaped(INTERVAL), "间隔", "interval"),
          opt("sequence", shaped(SEQUENCE), "顺序", "sequence"),
          opt("state", shaped(STATE), "状态", "state"),
          opt("once", shaped(ONCE), "一次性", "once"),
          opt("permit", shaped(PERMIT), "许可证", "permit"),
          opt("coldChain", shaped(COLD_CHAIN), "冷链", "cold chain"),
          opt("upstream", shaped(UPSTREAM), "来源", "upstream"),
          opt("licence", shaped(LICENCE), "许可范围", "licence"),
          opt("deadline", shaped(DEADLINE), "时限", "deadline"));

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

  private CheckFormat() {}
}
