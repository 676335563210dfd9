package org.yuanliu.ledger.receipt;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * One thing that a verifier says of a receipt.
 *
 * @param code what it is about, stable, for programs
 * @param kind proved, not proved, or refuted
 * @param facts what the sentence names, in the order of its placeholders
 */
public record Finding(Code code, Kind kind, List<String> facts) {
  public Finding {
    requireNonNull(code, "code is null");
    requireNonNull(kind, "kind is null");
    facts = List.copyOf(facts);
  }

  /** How it stands with it. */
  public enum Kind {
    /** It follows from the receipt and the keys, whoever made the receipt. */
    PROVED,
    /** It is only said, or not even that; nothing speaks against it. */
    NOT_PROVED,
    /** It does not hold: the receipt was changed, or is of another log. */
    REFUTED
  }

  /** What a finding is about, with its sentences. */
  public enum Code {
    CONTENT(
        "内容与当时记录的一字不差。",
        "The content is, to the last byte, what was recorded.",
        "内容与记录的摘要不符：内容被改动过。",
        "The content does not fit the digest that was recorded: it was changed."),
    CONTENT_ERASED(
        "内容已于 %s 依规删除（%s）；记录本身仍在，可以证明，但内容无法核对。",
        "The content was erased on %s (%s); the record itself is still there and proved, its"
            + " content cannot be compared."),
    CONTENT_WITHHELD(
        "内容不对您公开；能证明的只是这条记录在。",
        "The content is not open to you; what is proved is that the record is there."),
    VALUES(
        "%s 项个人信息与记录的承诺一致。",
        "%s personal values fit the commitments that were recorded.",
        "有个人信息与记录的承诺不符，或记录中没有这样的承诺。",
        "A personal value does not fit its commitment, or the record holds no such commitment."),
    VALUES_ERASED(
        "%s 项个人信息已删除；其承诺仍在记录中，所以凭证照样有效。",
        "%s personal values were erased; their commitments stay in the record, so the proof still"
            + " holds."),
    VALUES_WITHHELD("%s 项个人信息未对您公开。", "%s personal values are not open to you."),
    INCLUSION(
        "这条记录在日志 %s 的第 %s 位（从 0 数起），该日志当时共有 %s 条。",
        "The record stands at position %2$s (from 0) of the log %1$s, which had %3$s records then.",
        "这条记录不在所示的日志里：时间、主体、位置、内容摘要、盐或证明中有一样被改动过。",
        "The record is not in the log as shown: its time, parties, position, digest, salt or proof"
            + " was changed."),
    LOG_SIGNATURE(
        "日志 %s 用您给出的密钥签了名，密钥编号 %s。",
        "The log %s signed this with the key that you gave, id %s.",
        "没有用您给出的密钥作出的有效的日志签名：%s",
        "There is no valid signature of the log by a key that you gave: %s"),
    WITNESS(
        "见证方 %s 在 %s 签名确认：从那时起这条记录没有变过。",
        "The witness %s confirmed on %s: since then the record has not changed.",
        "见证方的签名无效：%s",
        "The signature of a witness does not hold: %s"),
    WITNESS_UNKNOWN(
        "凭证上还有 %s 的签名，但您没有给出其密钥，未核对。",
        "There is also a signature of %s, whose key you did not give; it was not checked."),
    NO_WITNESS(
        "没有核对过任何见证方的签名：日志的运营者若另存一套记录给别人看，仅凭这份凭证看不出来。",
        "No witness was checked: if the operator of the log shows others another history, this"
            + " receipt alone does not tell."),
    SEALED(
        "第 %s 位记录的内容对您是封存的：证明的是封存值没有变过；页面文字与它是否相符，由有权查看的人用完整凭证核对。",
        "The content at position %s is sealed for you: what is proved is that the seal has not"
            + " changed. Whether what a page shows fits it, those check who may see the full"
            + " receipt."),
    RECORD_TIME(
        "记录时间 %s 是日志自己写的；见证时间之前的先后，以日志为准。",
        "The record time %s is the log's own word; what came before the witnesses' time rests on"
            + " the log."),
    TRUTH(
        "记录证明“谁在何时报了什么”，不证明所报的事是真的。报送主体：%s；责任主体：%s。",
        "A record proves who said what and when, not that it is true. Reported by: %s; answerable:"
            + " %s."),
    LATER(
        "此后是否另有更正、召回，这份凭证不说。",
        "Whether it was corrected or recalled since, this receipt does not say.");

    private final String zh;
    private final String en;
    private final String zhRefuted;
    private final String enRefuted;

    Code(String zh, String en) {
      this(zh, en, zh, en);
    }

    Code(String zh, String en, String zhRefuted, String enRefuted) {
      this.zh = zh;
      this.en = en;
      this.zhRefuted = zhRefuted;
      this.enRefuted = enRefuted;
    }
  }

  /** The sentence in Chinese. */
  public String zh() {
    return String.format(kind == Kind.REFUTED ? code.zhRefuted : code.zh, facts.toArray());
  }

  /** The sentence in English. */
  public String en() {
    return String.format(kind == Kind.REFUTED ? code.enRefuted : code.en, facts.toArray());
  }

  static Finding proved(Code code, Object... facts) {
    return of(code, Kind.PROVED, facts);
  }

  static Finding notProved(Code code, Object... facts) {
    return of(code, Kind.NOT_PROVED, facts);
  }

  static Finding refuted(Code code, Object... facts) {
    return of(code, Kind.REFUTED, facts);
  }

  private static Finding of(Code code, Kind kind, Object... facts) {
    return new Finding(code, kind, List.of(facts).stream().map(String::valueOf).toList());
  }
}
