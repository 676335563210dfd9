package org.yuanliu.platform.page;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.springframework.context.MessageSource;
import org.yuanliu.codes.Division;
import org.yuanliu.industry.Localized;

/** The page's language: its words and how it writes times. */
public record PageWords(MessageSource messages, boolean english, ZoneId zone) {
  private static final DateTimeFormatter ZH =
      DateTimeFormatter.ofPattern("yyyy年M月d日 HH:mm", Locale.CHINA);
  private static final DateTimeFormatter EN =
      DateTimeFormatter.ofPattern("d MMM yyyy HH:mm", Locale.ENGLISH);
  private static final DateTimeFormatter ZH_DAY =
      DateTimeFormatter.ofPattern("yyyy年M月d日", Locale.CHINA);
  private static final DateTimeFormatter EN_DAY =
      DateTimeFormatter.ofPattern("d MMM yyyy", Locale.ENGLISH);
  private static final DateTimeFormatter ZH_MONTH =
      DateTimeFormatter.ofPattern("yyyy年M月", Locale.CHINA);
  private static final DateTimeFormatter EN_MONTH =
      DateTimeFormatter.ofPattern("MMM yyyy", Locale.ENGLISH);
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);

  public Locale locale() {
    return english ? Locale.ENGLISH : Locale.SIMPLIFIED_CHINESE;
  }

  public String of(String key, Object... args) {
    return messages.getMessage(key, args, locale());
  }

  public String of(Localized text) {
    return english ? text.en() : text.zh();
  }

  public String of(Division division) {
    return english ? division.enName() : division.zhName();
  }

  public String moment(Instant instant) {
    return (english ? EN : ZH).format(instant.atZone(zone));
  }

  public String day(LocalDate day) {
    return (english ? EN_DAY : ZH_DAY).format(day);
  }

  public String month(YearMonth month) {
    return (english ? EN_MONTH : ZH_MONTH).format(month);
  }

  /** When a stop was: one moment, or from–to; in the local time that was sent. */
  public String span(OffsetDateTime from, OffsetDateTime to) {
    DateTimeFormatter full = english ? EN : ZH;
    if (minute(from).equals(minute(to))) {
      return full.format(from);
    }
    String end = from.toLocalDate().equals(to.toLocalDate()) ? TIME.format(to) : full.format(to);
    return full.format(from) + " – " + end;
  }

  private static String minute(OffsetDateTime time) {
    return ZH.format(time);
  }
}
