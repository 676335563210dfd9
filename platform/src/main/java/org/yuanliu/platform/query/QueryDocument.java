package org.yuanliu.platform.query;

import static java.util.Objects.requireNonNull;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.yuanliu.epcis.CbvForm;
import org.yuanliu.epcis.DocumentHeader;
import org.yuanliu.epcis.DocumentWriter;
import org.yuanliu.epcis.EpcisEvent;
import org.yuanliu.epcis.LdContext;
import org.yuanliu.epcis.Syntax;
import org.yuanliu.platform.binding.EpcFormat;
import org.yuanliu.platform.journal.Entry;
import org.yuanliu.platform.journal.EventSubject;

/**
 * Writes events as an EPCISQueryDocument. Events come as they were sent, with the record time of
 * this repository (EPCIS 2.0 §7.4.1: a sender's own is not kept) and, where the sender gave no id,
 * the event hash.
 */
@Component
final class QueryDocument {
  static final String SIMPLE_EVENT_QUERY = "SimpleEventQuery";

  private final Clock clock;
  private final EpcTranslation translation;

  QueryDocument(Clock clock, EpcTranslation translation) {
    this.clock = requireNonNull(clock, "clock is null");
    this.translation = requireNonNull(translation, "translation is null");
  }

  /**
   * How an answer is written.
   *
   * @param cbv the form of vocabulary in XML; no matter for JSON
   */
  record Style(Syntax syntax, CbvForm cbv, EpcFormat epcs) {}

  /**
   * @param queryName the query that was asked by its name, else the standard's
   * @param subscriptionId null where nobody subscribed to the query
   */
  byte[] write(
      String queryName, @Nullable String subscriptionId, List<Entry> entries, Style style) {
    List<EpcisEvent> events = events(entries, style.epcs());
    DocumentHeader header = header(queryName, subscriptionId, events);
    ByteArrayOutputStream out = new ByteArrayOutputStream(1_024 + 1_024 * entries.size());
    try (DocumentWriter writer = DocumentWriter.open(out, style.syntax(), style.cbv(), header)) {
      events.forEach(writer::write);
    }
    return out.toByteArray();
  }

  /** As {@link EventQueries#results}. */
  void results(
      String queryName,
      List<Entry> entries,
      boolean version1,
      CbvForm cbv,
      EpcFormat format,
      OutputStream out) {
    List<EpcisEvent> events = events(entries, format);
    try (DocumentWriter writer =
        DocumentWriter.openResults(out, version1, cbv, header(queryName, null, events))) {
      events.forEach(writer::write);
    }
  }

  private List<EpcisEvent> events(List<Entry> entries, EpcFormat format) {
    List<EpcisEvent> events = new ArrayList<>(entries.size());
    for (Entry entry : entries) {
      EpcisEvent event = event(entry).stamped(entry.draft().id(), entry.recordTime());
      events.add(translation.translate(event, format));
    }
    return events;
  }

  private DocumentHeader header(
      String queryName, @Nullable String subscriptionId, List<EpcisEvent> events) {
    DocumentHeader header = DocumentHeader.query(clock.instant(), queryName, subscriptionId);
    LdContext shared = sharedContext(events);
    return shared == null ? header : header.withContext(shared);
  }

  /** The context of all events where it is one and the same; else each brings its own. */
  private static @Nullable LdContext sharedContext(List<EpcisEvent> events) {
    LdContext first = null;
    for (EpcisEvent event : events) {
      if (first == null) {
        first = event.context();
      } else if (!first.equals(event.context())) {
        return null;
      }
    }
    return first;
  }

  private static EpcisEvent event(Entry entry) {
    if (entry.draft().subject() instanceof EventSubject(EpcisEvent event)) {
      return event;
    }
    throw new IllegalStateException("entry " + entry.ref() + " is no event");
  }
}
