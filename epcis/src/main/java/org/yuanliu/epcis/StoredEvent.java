package org.yuanliu.epcis;

import static java.util.Objects.requireNonNull;

import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * The form in which an event is kept: compact UTF-8 JSON of the event as sent, with all contexts
 * that hold for it in one {@code @context} at its head, so that it stands alone. GS1's context
 * alone is left out.
 *
 * <p>Nothing is lost: members keep their order, decimals their digits (1.0 stays 1.0), extensions
 * of any namespace stay. Equal events give equal bytes.
 */
public final class StoredEvent {
  /**
   * What was once accepted must stay readable though limits be lowered: bounds of what a stored
   * event can be, not of what may come in.
   */
  private static final Limits STORED =
      new Limits(
          Integer.MAX_VALUE,
          1,
          Limits.MAX_DEPTH_CEILING,
          Integer.MAX_VALUE,
          Integer.MAX_VALUE,
          Integer.MAX_VALUE,
          1);

  private StoredEvent() {}

  /**
   * The event as it can be kept: compact JSON in UTF-8, with the context that it needs.
   *
   * @return bytes that {@link #decode} makes the same event of
   */
  public static byte[] encode(EpcisEvent event) {
    requireNonNull(event, "event is null");
    LdContext context = event.context();
    return JsonTrees.write("@context", context.isDefault() ? null : context.toJson(), event.body());
  }

  /**
   * The event whose {@link #encode} gave these bytes, equal to it. Rules that were tightened since
   * do not make it unreadable.
   *
   * @throws IllegalArgumentException where the bytes are no stored event
   */
  public static EpcisEvent decode(byte[] body) {
    requireNonNull(body, "body is null");
    Violations violations = new Violations(STORED.maxViolations());
    JsonNode tree = JsonTrees.read(body, STORED, violations);
    EpcisEvent event =
        tree == null
            ? null
            : EventDecoder.decode(tree, LdContext.DEFAULT, Where.ROOT, STORED, violations);
    if (event == null) {
      List<Violation> found = violations.list();
      throw new IllegalArgumentException(
          "not a stored event" + (found.isEmpty() ? "" : ": " + found.getFirst().en()));
    }
    return event;
  }
}
