package org.yuanliu.industry;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * An expression as a sentence: elements, code words and kinds of document by their names. For
 * people; what is enforced is the expression itself.
 */
final class ExpressionWords {
  /**
   * From left to right: what is asked of fields and papers, lists of words, one word, a length of
   * time, a decimal without fraction, signs, names.
   */
  private static final Pattern TOKENS =
      Pattern.compile(
          """
          (?<each>\\w+)\\.all\\(\\w+, (?<ended>\\w+)\\.endsWith\\(part\\(\\w+, "(?<end>\\w+)"\\)\\)\\)\
          |(?<every>\\w+)\\.all\\(\\w+, part\\(\\w+, "(?<part>\\w+)"\\)\
           in \\[(?<among>[^\\]]*)\\]\\)\
          |(?<written>\\w+)\\.matches\\("(?<pattern>[^"]*)"\\)\
          |(?<no>!?)(?<of>given|documents)\\.exists\\(\\w+, (?<ask>[^)]*)\\)\
          |!\\("(?<absent>\\w+)" in given\\)\
          |"(?<present>\\w+)" in given\
          |!\\((?<out>\\w+) in \\[(?<outs>[^\\]]*)\\]\\)\
          |(?<in>\\w+) in \\[(?<ins>[^\\]]*)\\]\
          |(?<left>\\w+) (?<sign>==|!=) "(?<word>\\w+)"\
          |duration\\("(?<hours>\\d+)h"\\)\
          |(?<whole>\\d+)\\.0(?!\\d)\
          |(?<op>&&|\\|\\||<=|>=|==|!=|!|\\(|\\))\
          |(?<name>[a-z_]\\w*)\
          """);

  private static final Pattern QUOTED = Pattern.compile("\"(\\w+)\"");
  private static final int DAY_HOURS = 24;

  private final Pack pack;
  private final RuleWords words;
  private final boolean english;

  private ExpressionWords(Pack pack, RuleWords words, boolean english) {
    this.pack = pack;
    this.words = words;
    this.english = english;
  }

  static Localized of(Pack pack, RuleWords words, Expression expression) {
    return new Localized(
        new ExpressionWords(pack, words, false).say(expression.text()),
        new ExpressionWords(pack, words, true).say(expression.text()));
  }

  private String say(String text) {
    String said = TOKENS.matcher(text).replaceAll(match -> Matcher.quoteReplacement(token(match)));
    return english ? said : said.replaceAll(" ?(，(?:并且|或者)) ?", "$1");
  }

  private String token(MatchResult match) {
    if (match.group("each") != null) {
      String each = element(match.group("each"));
      String ended = element(match.group("ended"));
      String end = part(match.group("end"));
      return english
          ? ended + " ends in the " + end + " of each of " + each
          : ended + "的末尾是每个" + each + "里的" + end;
    }
    if (match.group("every") != null) {
      String every = element(match.group("every"));
      String part = part(match.group("part"));
      String among = among(match.group("among"));
      return english
          ? "the " + part + " of each of " + every + " is " + among
          : "每个" + every + "里的" + part + "是" + among;
    }
    if (match.group("written") != null) {
      String written = element(match.group("written"));
      String pattern = written(match.group("pattern"));
      return english ? written + " is written as " + pattern : written + "写作" + pattern;
    }
    if (match.group("of") != null) {
      boolean no = !match.group("no").isEmpty();
      boolean papers = match.group("of").equals("documents");
      String asked = either(match.group("ask"), papers ? this::document : this::element);
      return papers
          ? in(no ? "没有出示" : "出示了", asked, no ? " is not shown" : " is shown")
          : in(no ? "没有填写" : "填写了", asked, no ? " is not given" : " is given");
    }
    if (match.group("absent") != null) {
      return in("没有填写", element(match.group("absent")), " is not given");
    }
    if (match.group("present") != null) {
      return in("填写了", element(match.group("present")), " is given");
    }
    if (match.group("out") != null) {
      return is(match.group("out"), false, match.group("outs"));
    }
    if (match.group("in") != null) {
      return is(match.group("in"), true, match.group("ins"));
    }
    if (match.group("left") != null) {
      String left = match.group("left");
      return is(left, match.group("sign").equals("=="), '"' + match.group("word") + '"');
    }
    if (match.group("hours") != null) {
      return hours(Duration.ofHours(Long.parseLong(match.group("hours"))));
    }
    if (match.group("whole") != null) {
      return match.group("whole");
    }
    return match.group("op") == null ? element(match.group("name")) : sign(match.group("op"));
  }

  /** A pattern of letters and digits in words; what else it holds stays as it is. */
  private String written(String pattern) {
    String inner = pattern.replaceAll("^\\^|\\$$", "");
    return english
        ? inner
            .replaceAll("\\[A-Z]\\{(\\d+)}", "$1 capitals ")
            .replaceAll("\\[0-9]\\{(\\d+)}", "$1 digits")
        : inner.replaceAll("\\[A-Z]\\{(\\d+)}", "$1个大写字母").replaceAll("\\[0-9]\\{(\\d+)}", "$1位数字");
  }

  private String part(String name) {
    return switch (name) {
      case "registration" -> english ? "six digits of the registration" : "登记证号后六位";
      case "production" -> english ? "digit of the kind of production" : "生产类型位";
      case "species" -> english ? "digit of the species" : "种类位";
      default -> name;
    };
  }

  /** Values, and elements that hold one; an empty text stands for codes that do not tell it. */
  private String among(String values) {
    return Arrays.stream(values.split(", "))
        .filter(value -> !value.equals("\"\""))
        .map(value -> value.startsWith("\"") ? value.replace("\"", "") : element(value))
        .collect(Collectors.joining(english ? " or " : "或"));
  }

  private String in(String zh, String what, String en) {
    return english ? what + en : zh + what;
  }

  private String is(String element, boolean yes, String values) {
    String list = either(values, word -> word(element, word));
    return english
        ? element(element) + (yes ? " is " : " is not ") + list
        : element(element) + (yes ? "是" : "不是") + list;
  }

  /** What stands in quotes there, or between commas where it is numbers. */
  private String either(String text, UnaryOperator<String> name) {
    List<String> words = QUOTED.matcher(text).results().map(found -> found.group(1)).toList();
    return (words.isEmpty() ? Arrays.stream(text.split(", ")) : words.stream().map(name))
        .collect(Collectors.joining(english ? " or " : "或"));
  }

  private String hours(Duration time) {
    long days = time.toDays();
    return days > 1 && time.toHours() % DAY_HOURS == 0
        ? days + (english ? " days" : "天")
        : time.toHours() + (english ? " hours" : "小时");
  }

  private String sign(String sign) {
    return switch (sign) {
      case "&&" -> english ? "and" : "，并且";
      case "||" -> english ? "or" : "，或者";
      case "<=" -> "≤";
      case ">=" -> "≥";
      case "==" -> "=";
      case "!=" -> "≠";
      case "!" -> english ? "not " : "不是";
      case "(" -> english ? "(" : "（";
      case ")" -> english ? ")" : "）";
      default -> sign;
    };
  }

  private String pick(Localized text) {
    return english ? text.en() : text.zh();
  }

  private String element(String id) {
    return switch (id) {
      case "event_time" -> english ? "the time" : "时间";
      case "record_time" -> english ? "the time of the report" : "上报时间";
      case "link" -> english ? "the link" : "环节";
      case "product" -> english ? "the product" : "产品";
      case "place_kind" -> english ? "the kind of place" : "场所类型";
      case "unit_count" -> english ? "the number of units" : "追溯单元个数";
      default -> pick(words.element(id));
    };
  }

  private String document(String kind) {
    return pick(
        pack.documents().values().stream()
            .filter(type -> type.uri().endsWith("BTT-" + kind))
            .map(DocumentType::names)
            .findFirst()
            .orElseGet(() -> words.document(kind)));
  }

  private String word(String element, String word) {
    return pick(word(pack, words, element, word));
  }

  /** What a value of an element is called; the value itself where it has no name. */
  static Localized word(Pack pack, RuleWords words, String element, String word) {
    Localized plain =
        switch (word) {
          case "true" -> new Localized("是", "yes");
          case "false" -> new Localized("否", "no");
          default -> new Localized(word, word);
        };
    return switch (element) {
      case "place_kind" -> RuleWords.quoted(pack.nodeTypes().getOrDefault(word, plain));
      case "link" -> words.link(word);
      default ->
          pack.products().stream()
              .flatMap(product -> product.links().stream())
              .flatMap(link -> link.element(element).stream())
              .map(found -> pack.codeLists().get(String.valueOf(found.codeList())))
              .filter(list -> list != null && list.words().containsKey(word))
              .map(list -> RuleWords.quoted(list.words().get(word).names()))
              .findFirst()
              .orElse(plain);
    };
  }
}
