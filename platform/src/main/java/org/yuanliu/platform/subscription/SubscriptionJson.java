package org.yuanliu.platform.subscription;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.yuanliu.platform.binding.EpcisProblems;
import org.yuanliu.platform.problem.ProblemException;
import tools.jackson.databind.JsonNode;

/** Subscriptions in the JSON of the standard's interface description. */
final class SubscriptionJson {
  private static final Set<String> MEMBERS =
      Set.of(
          "dest",
          "signatureToken",
          "reportIfEmpty",
          "initialRecordTime",
          "schedule",
          "stream",
          "trigger");

  private SubscriptionJson() {}

  /**
   * @throws ProblemException ValidationException where the body is not what is due,
   *     SubscriptionControlsException where its controls contradict one another
   */
  static Subscription.Asked read(JsonNode body, String id, String queryName, DeliveryForm form) {
    for (String name : body.propertyNames()) {
      if (!MEMBERS.contains(name)) {
        throw invalid(name, "不支持此成员。", "this member is not supported.");
      }
    }
    String dest = text(body, "dest");
    if (dest == null) {
      throw invalid("dest", "缺少。", "is due.");
    }
    return new Subscription.Asked(
        id,
        queryName,
        null,
        dest,
        text(body, "signatureToken"),
        rhythm(flag(body, "stream"), schedule(body.get("schedule")), text(body, "trigger")),
        Boolean.TRUE.equals(flag(body, "reportIfEmpty")),
        moment(text(body, "initialRecordTime")),
        form);
  }

  private static Map<String, String> schedule(@Nullable JsonNode node) {
    Map<String, String> fields = new TreeMap<>();
    if (node == null) {
      return fields;
    }
    if (!node.isObject() || node.isEmpty()) {
      throw SubscriptionProblems.controls(
          "schedule 应为至少有一个字段的对象。", "schedule is an object with a field at least.");
    }
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      if (!field.getValue().isString() && !field.getValue().isIntegralNumber()) {
        throw SubscriptionProblems.controls(
            "schedule." + field.getKey() + " 应为文本。", "schedule." + field.getKey() + " is a text.");
      }
      fields.put(field.getKey(), field.getValue().asString());
    }
    return fields;
  }

  /**
   * Exactly one of stream, schedule and trigger.
   *
   * @param schedule its fields; empty: there is none
   */
  static Rhythm rhythm(
      @Nullable Boolean stream, Map<String, String> schedule, @Nullable String trigger) {
    if (Boolean.FALSE.equals(stream)) {
      throw SubscriptionProblems.controls("stream 只能为 true。", "stream is true or left out.");
    }
    List<Rhythm> rhythms = new ArrayList<>();
    if (stream != null) {
      rhythms.add(new Rhythm.Stream());
    }
    if (trigger != null) {
      rhythms.add(new Rhythm.Triggered(trigger));
    }
    if (!schedule.isEmpty()) {
      rhythms.add(scheduled(schedule));
    }
    if (rhythms.size() != 1) {
      throw SubscriptionProblems.controls(
          "stream、schedule、trigger 三者须且只须有一个。", "one of stream, schedule and trigger is due.");
    }
    return rhythms.getFirst();
  }

  private static Rhythm scheduled(Map<String, String> fields) {
    try {
      return new Rhythm.Scheduled(new Schedule(fields));
    } catch (IllegalArgumentException e) {
      throw SubscriptionProblems.controls("schedule 无效：" + e.getMessage(), "" + e.getMessage());
    }
  }

  static @Nullable Instant moment(@Nullable String text) {
    if (text == null) {
      return null;
    }
    try {
      return OffsetDateTime.parse(text).toInstant().truncatedTo(ChronoUnit.MICROS);
    } catch (DateTimeException e) {
      throw SubscriptionProblems.controls(
          "initialRecordTime 应为带时区的时间。", "initialRecordTime is a time with its zone.");
    }
  }

  private static @Nullable String text(JsonNode body, String name) {
    JsonNode value = body.get(name);
    if (value == null) {
      return null;
    }
    if (!value.isString()) {
      throw invalid(name, "应为文本。", "is a text.");
    }
    return value.stringValue();
  }

  private static @Nullable Boolean flag(JsonNode body, String name) {
    JsonNode value = body.get(name);
    if (value == null) {
      return null;
    }
    if (!value.isBoolean()) {
      throw invalid(name, "应为 true 或 false。", "is true or false.");
    }
    return value.booleanValue();
  }

  private static ProblemException invalid(String name, String zh, String en) {
    return new ProblemException(EpcisProblems.invalidRequest(name + "：" + zh, name + ": " + en));
  }

  /** Without the secret. */
  static Map<String, Object> write(Subscription subscription) {
    Subscription.Asked asked = subscription.asked();
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("subscriptionID", asked.id());
    map.put("queryName", asked.queryName());
    map.put("dest", asked.dest());
    switch (asked.rhythm()) {
      case Rhythm.Stream() -> map.put("stream", true);
      case Rhythm.Scheduled(Schedule schedule) -> map.put("schedule", schedule.fields());
      case Rhythm.Triggered(String uri) -> map.put("trigger", uri);
    }
    if (!(asked.rhythm() instanceof Rhythm.Stream)) {
      map.put("reportIfEmpty", asked.reportIfEmpty());
    }
    if (asked.initialRecordTime() != null) {
      map.put("initialRecordTime", asked.initialRecordTime().toString());
    }
    map.put("minRecordTime", subscription.minRecordTime().toString());
    map.put("epcFormat", asked.form().epcs().value());
    map.put("createdAt", subscription.createdAt().toString());
    if (subscription.lastNotifiedAt() != null) {
      map.put("lastNotifiedAt", subscription.lastNotifiedAt().toString());
    }
    return map;
  }
}
