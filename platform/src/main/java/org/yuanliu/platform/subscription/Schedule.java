package org.yuanliu.platform.subscription;

import static java.util.Objects.requireNonNull;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.support.CronExpression;

/**
 * When a query runs (QuerySchedule, EPCIS 2.0 §8.2.5.3). A field is a list of numbers and ranges
 * {@code [low-high]}; the steps and stars of cron are taken too, as the standard's interface
 * description uses them. Fields finer than the finest that is given are 0 (the first of the day,
 * not every second of it), all others that are left out hold whatever comes.
 *
 * @param fields by name, in the order of {@link #NAMES}; one at least
 */
public record Schedule(Map<String, String> fields) {
  /** From the finest to the coarsest, as cron has them. */
  public static final List<String> NAMES =
      List.of("second", "minute", "hour", "dayOfMonth", "month", "dayOfWeek");

  /** Every minute of an hour listed one by one takes 170 chars. */
  static final int MAX_FIELD = 200;

  /** Second, minute, hour: they have a beginning. */
  private static final int TIMES = 3;

  private static final String ELEMENT =
      "(?:\\*(?:/\\d{1,2})?|\\d{1,2}(?:/\\d{1,2}|-\\d{1,2})?|\\[\\d{1,2}-\\d{1,2}\\])";
  private static final Pattern FIELD = Pattern.compile(ELEMENT + "(?:," + ELEMENT + ")*");

  public Schedule {
    fields = inOrder(fields);
    if (fields.isEmpty()) {
      throw new IllegalArgumentException("a schedule has a field at least");
    }
    fields.forEach(Schedule::check);
    if (cron(fields).next(java.time.LocalDateTime.of(2000, 1, 1, 0, 0)) == null) {
      throw new IllegalArgumentException("there is no such day");
    }
  }

  private static Map<String, String> inOrder(Map<String, String> fields) {
    Map<String, String> ordered = new LinkedHashMap<>();
    for (String name : NAMES) {
      String value = fields.get(name);
      if (value != null) {
        ordered.put(name, value.strip());
      }
    }
    if (ordered.size() != fields.size()) {
      throw new IllegalArgumentException("a schedule has the fields " + NAMES);
    }
    return java.util.Collections.unmodifiableMap(ordered);
  }

  private static void check(String name, String value) {
    if (value.length() > MAX_FIELD || !FIELD.matcher(value).matches()) {
      throw new IllegalArgumentException(
          name + " is a list of numbers and ranges [low-high], not " + value);
    }
    // Cron has Sunday as 0 too; the standard counts from Monday, 1, to Sunday, 7.
    if (name.equals("dayOfWeek") && Pattern.compile("\\b0+\\b").matcher(value).find()) {
      throw new IllegalArgumentException("dayOfWeek is 1 (Monday) to 7 (Sunday)");
    }
  }

  private static CronExpression cron(Map<String, String> fields) {
    StringBuilder cron = new StringBuilder();
    boolean finer = true;
    for (int i = 0; i < NAMES.size(); i++) {
      String value = fields.get(NAMES.get(i));
      if (value != null) {
        finer = false;
        cron.append(value.replace("[", "").replace("]", ""));
      } else {
        cron.append(finer && i < TIMES ? "0" : "*");
      }
      cron.append(i + 1 < NAMES.size() ? " " : "");
    }
    return CronExpression.parse(cron.toString());
  }

  /** The first moment after this one at which the schedule falls due; none in a far future. */
  Optional<Instant> next(Instant after, ZoneId zone) {
    requireNonNull(after, "after is null");
    try {
      java.time.@Nullable ZonedDateTime next = cron(fields).next(after.atZone(zone));
      return Optional.ofNullable(next).map(java.time.ZonedDateTime::toInstant);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
