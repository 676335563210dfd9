package org.yuanliu.platform.portal;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.springframework.context.MessageSource;
import org.yuanliu.industry.Localized;

/** The page's language: its words and how it writes times. */
record Words(MessageSource messages, boolean english, ZoneId zone) {
  private static final DateTimeFormatter ZH =
      DateTimeFormatter.ofPattern("yyyy年M月d日 HH:mm", Locale.CHINA);
  private static final DateTimeFormatter EN =
      DateTimeFormatter.ofPattern("d MMM yyyy HH:mm", Locale.ENGLISH);
  private static final DateTimeFormatter ZH_DAY =
      DateTimeFormatter.ofPattern("yyyy年M月d日", Locale.CHINA);
  private static final DateTimeFormatter EN_DAY =
      DateTimeFormatter.ofPattern("d MMM yyyy", Locale.ENGLISH);
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);

  Locale locale() {
    return english ? Locale.ENGLISH : Locale.SIMPLIFIED_CHINESE;
  }

  String of(String key, Object... args) {
    return messages.getMessage(key, args, locale());
  }

  String of(Localized text) {
    return english ? text.en() : text.zh();
  }

  String moment(Instant instant) {
    return (english ? EN : ZH).format(instant.atZone(zone));
  }

  String day(LocalDate day) {
    return (english ? EN_DAY : ZH_DAY).format(day);
  }

  /** When a stop was: one moment, or from–to; in the local time that was sent. */
  String span(OffsetDateTime from, OffsetDateTime to) {
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
