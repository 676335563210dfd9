package org.yuanliu.codes;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * Why a text is not a code of a scheme, for programs ({@link #code()}) and for people.
 *
 * <p>The text itself is not repeated: it may be hostile, and the caller has it.
 *
 * @param scheme the scheme that was tried, or null where none could be
 */
public record Refusal(Reason reason, @Nullable Scheme scheme) {
  public Refusal {
    requireNonNull(reason, "reason is null");
  }

  /** Stable name of the reason, such as {@code code.check-digit}. */
  public String code() {
    return reason.code();
  }

  public String zh() {
    return scheme == null ? reason.zh() : scheme.zhName() + "：" + reason.zh();
  }

  public String en() {
    return scheme == null ? reason.en() : scheme.enName() + ": " + reason.en();
  }

  /** The reasons. Their codes never change. */
  public enum Reason {
    EMPTY("code.empty", "没有内容", "nothing was entered"),
    TOO_LONG("code.too-long", "内容过长，不可能是编码", "the text is too long to be a code"),
    UNKNOWN_FORM("code.unknown-form", "不是已知的编码形式", "the text has the form of no known code"),
    LENGTH("code.length", "长度不符", "the length is wrong"),
    CHARACTER("code.character", "含有不允许的字符", "a character is not allowed"),
    CHECK_DIGIT(
        "code.check-digit",
        "校验位不符，请核对是否输错",
        "the check digit does not match; look for a typing error"),
    RANGE("code.range", "流水号或分段超出范围", "a number is out of its range"),
    DATE("code.date", "其中的日期不存在或不合理", "a date in it does not exist or cannot be"),
    EXHAUSTED("code.exhausted", "号段已用完", "the range of numbers is used up"),
    PERSONAL(
        "code.personal",
        "这是公民身份号码，不作为编码查询，也不保存",
        "this is a person's identity number; it is neither looked up nor kept"),
    DIVISION_UNKNOWN(
        "code.division-unknown", "行政区划代码在该日期不存在", "the division code does not exist on that date"),
    DIVISION_LEVEL(
        "code.division-level", "行政区划代码不是市级或县级", "the division code is not of a city or a county"),
    NO_GS1_KEY(
        "code.no-gs1-key",
        "网址中没有可读的GS1编码（压缩形式不支持）",
        "the address holds no readable GS1 key (compressed links are not read)"),
    BAD_QUALIFIER(
        "code.bad-qualifier", "GS1编码后的限定部分不合规定", "what follows the GS1 key does not qualify it"),
    BAD_ELEMENT_STRING(
        "code.bad-element-string", "应用标识符或其内容有误", "an application identifier is malformed"),
    BAD_URN("code.bad-urn", "URN的组成有误", "the URN is malformed");

    private final String code;
    private final String zh;
    private final String en;

    Reason(String code, String zh, String en) {
      this.code = requireNonNull(code, "code is null");
      this.zh = requireNonNull(zh, "zh is null");
      this.en = requireNonNull(en, "en is null");
    }

    public String code() {
      return code;
    }

    public String zh() {
      return zh;
    }

    public String en() {
      return en;
    }
  }
}
