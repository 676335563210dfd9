package org.yuanliu.industry;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What the engine's checks say to people. Plain words; what to do where something can be done; no
 * numbers, which may be somebody's secret; and never that goods are safe, which no record can tell.
 */
final class Messages {
  private Messages() {}

  static Localized missingLink(Localized link) {
    return new Localized(
        "缺少“" + link.zh() + "”的记录：这一步由谁、在什么时候完成，没有人报告。",
        "“" + link.en() + "” is not recorded: nobody reported who did this step and when.");
  }

  static Localized awaitedLink(Localized link) {
    return new Localized(
        "“" + link.zh() + "”的记录还没有报上来，仍在规定的上报时间以内，可以过后再查。",
        "“" + link.en() + "” is not recorded yet. Its report is still in time: look again later.");
  }

  static Localized placeUnknown() {
    return new Localized(
        "有一步发生的地方没有登记是什么场所，不能判断那里该有什么记录。",
        "A step happened at a place that is not registered as a farm, a market or the like: "
            + "nobody can tell what should be recorded there.");
  }

  static Localized onlyPossible(Localized link) {
    return new Localized(
        "“" + link.zh() + "”有一份记录，但不能确定说的就是这批货。",
        "There is a record of “" + link.en() + "”, but it may be about other goods.");
  }

  static Localized linkPresent(Localized link) {
    return new Localized("“" + link.zh() + "”有记录。", "“" + link.en() + "” is recorded.");
  }

  static Localized notShown(Localized link, List<Localized> choices) {
    String zh = choices.stream().map(Localized::zh).collect(Collectors.joining("或"));
    String en = choices.stream().map(Localized::en).collect(Collectors.joining(" or "));
    return new Localized(
        "“" + link.zh() + "”这一步应当有" + zh + "，记录里没有。",
        "“" + link.en() + "” should show this, and does not: " + en + ".");
  }

  static Localized lateReport(Localized link) {
    return new Localized(
        "“" + link.zh() + "”的记录报得晚，现在已经补上。",
        "“" + link.en() + "” was reported late; the gap is closed now.");
  }

  static Localized inferredAttribution() {
    return new Localized(
        "几批货放在一起，只能确定是其中一批；每一批都列在这里。",
        "Several batches lay side by side. It is one of them; all of them are shown here.");
  }

  static Localized unknownUpstream() {
    return new Localized(
        "有货物没有来源记录：不知道它从哪里来。", "Some of the goods have no record of where they came from.");
  }

  static Localized chainTruncated() {
    return new Localized(
        "链条太长，这里只查看了一部分，没有看到的部分不能下结论。",
        "The chain is too long and only a part of it was looked at. Nothing is said of the rest.");
  }

  static Localized checksPending() {
    return new Localized(
        "最新的记录刚刚收到，还在核对；核对完之前不下结论。过一会儿再查一次。",
        "The newest records have just come in and are still being checked; until then nothing is"
            + " concluded. Look again in a moment.");
  }

  static Localized productUnknown() {
    return new Localized(
        "不能确定这是哪一种产品，所以不能判断记录是否齐全。",
        "It is not clear what product this is, so nobody can tell whether its records are"
            + " complete.");
  }

  static Localized noRecords() {
    return new Localized("没有找到这件货物的任何记录。", "There is no record of these goods.");
  }

  static Localized failedTest() {
    return new Localized(
        "有一次检测不合格。请不要食用或使用，可凭购物凭证到购买处退货。",
        "A test failed. Do not eat or use it; take it back to the seller with your receipt.");
  }

  static Localized testUndecided() {
    return new Localized("有一次检测还没有结果。", "A test has been done and has no result yet.");
  }

  static Localized testsPassed(int count) {
    return new Localized(
        "做过" + count + "次检测，记录的结果都是合格。",
        "Tests done: " + count + ". The recorded result of each is a pass.");
  }

  static Localized oversold() {
    return new Localized(
        "有一处卖出的比进来的多：多出来的货没有来源。",
        "Somebody passed on more than came in: the rest has no known origin.");
  }

  static Localized balanceUnknown() {
    return new Localized(
        "没有数量记录，不能核对进出是否相符。",
        "No quantities are recorded, so nobody can check that what went out had come in.");
  }

  static Localized quantitiesBalance() {
    return new Localized("各处进出的数量相符。", "Nowhere did more go out than had come in.");
  }

  static Localized clockDisagreement() {
    return new Localized(
        "有几步记录的时间前后矛盾，时间不可全信；先后关系以单据为准。",
        "Some recorded times contradict each other. The order of the steps is known from the"
            + " records.");
  }

  static Localized clocksAgree() {
    return new Localized("各步的时间先后相符。", "The recorded times agree with the order of the steps.");
  }

  static Localized documentExpired() {
    return new Localized(
        "有证件在使用那天不在有效期内。", "A document was not valid on the day on which it was used.");
  }

  static Localized documentOverdrawn() {
    return new Localized(
        "有证件被重复使用：用它放行的货比证上写的多。", "A document was used for more goods than it covers.");
  }

  static Localized documentUnregistered() {
    return new Localized(
        "有证件只写了号码，没有登记，不能核对真假。",
        "A document is cited by its number but not registered, so it could not be checked.");
  }

  static Localized documentUnclear() {
    return new Localized(
        "有证件没有写明有效期或数量，不能核对。", "A document does not tell until when or for how much it is good.");
  }

  static Localized documentsValid(int count) {
    return new Localized(
        count + "份证件在使用当天有效，用量没有超过证上的数量。",
        "Documents valid on the days of use and not drawn on for more than they cover: "
            + count
            + ".");
  }
}
