package org.yuanliu.industry;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.yuanliu.industry.ChainFacts.DocumentFact;
import org.yuanliu.industry.ChainFacts.DocumentRef;
import org.yuanliu.industry.ChainFacts.StepFact;

/** Whether the documents are registered, were valid on the days of use and cover what was drawn. */
final class DocumentRules {
  private final ChainFacts facts;
  private final ZoneId zone;
  private final Map<String, DocumentType> typesByUri;

  /** Tells a use from a mention; empty if the product is unknown. */
  private final Optional<Evidence> evidence;

  private final List<Pack> others;

  /**
   * @param others the packs in force, which know the steps of what the goods were made of
   */
  DocumentRules(
      Pack pack, List<Pack> others, Optional<Evidence> evidence, ChainFacts facts, ZoneId zone) {
    this.evidence = evidence;
    this.others = List.copyOf(others);
    this.facts = facts;
    this.zone = zone;
    typesByUri =
        pack.documents().values().stream()
            .collect(Collectors.toMap(DocumentType::uri, Function.identity()));
  }

  List<Finding> judge() {
    Map<DocumentRef, Set<LocalDate>> days = daysOfUse();
    Map<DocumentRef, DocumentFact> known = new LinkedHashMap<>();
    facts.documents().forEach(document -> known.put(document.ref(), document));
    List<String> unregistered = new ArrayList<>();
    for (DocumentRef cited : days.keySet()) {
      if (!known.containsKey(cited) && typesByUri.containsKey(cited.type())) {
        unregistered.add(cited.ref());
      }
    }
    List<String> expired = new ArrayList<>();
    List<String> overdrawn = new ArrayList<>();
    List<String> unclear = new ArrayList<>();
    List<String> valid = new ArrayList<>();
    for (DocumentFact document : known.values()) {
      boolean isExpired =
          days.getOrDefault(document.ref(), Set.of()).stream()
              .anyMatch(day -> !isValidOn(document, day));
      boolean isOverdrawn = isOverdrawn(document);
      boolean isUnclear = isUnclear(document);
      add(expired, isExpired, document);
      add(overdrawn, isOverdrawn, document);
      add(unclear, isUnclear, document);
      add(valid, !isExpired && !isOverdrawn && !isUnclear, document);
    }
    List<Finding> findings = new ArrayList<>();
    report(findings, FindingCode.DOCUMENT_EXPIRED, expired, Messages.documentExpired());
    report(findings, FindingCode.DOCUMENT_OVERDRAWN, overdrawn, Messages.documentOverdrawn());
    report(
        findings, FindingCode.DOCUMENT_UNREGISTERED, unregistered, Messages.documentUnregistered());
    report(findings, FindingCode.DOCUMENT_UNCLEAR, unclear, Messages.documentUnclear());
    report(findings, FindingCode.DOCUMENTS_VALID, valid, Messages.documentsValid(valid.size()));
    return findings;
  }

  /**
   * A document is used where a link asks for it; elsewhere it is only mentioned, as a stall does
   * with the certificate of yesterday's slaughter. Steps of what the goods were made of are judged
   * by the packs that know them. Of an unknown product every mention counts.
   */
  private Map<DocumentRef, Set<LocalDate>> daysOfUse() {
    Map<DocumentRef, Set<LocalDate>> days = new LinkedHashMap<>();
    for (StepFact step : facts.steps()) {
      for (DocumentRef cited : step.documents()) {
        Set<LocalDate> used = days.computeIfAbsent(cited, ref -> new LinkedHashSet<>());
        if (isUse(step, cited)) {
          used.add(day(step.eventTime()));
        }
      }
    }
    for (DocumentFact document : facts.documents()) {
      Set<LocalDate> used = days.computeIfAbsent(document.ref(), ref -> new LinkedHashSet<>());
      document.usedAt().forEach(time -> used.add(day(time)));
    }
    return days;
  }

  private boolean isUse(StepFact step, DocumentRef cited) {
    return evidence
        .map(
            known ->
                known.knows(step)
                    ? known.relies(step, cited.type())
                    : others.stream().anyMatch(pack -> Evidence.reliesIn(pack, step, cited.type())))
        .orElse(true);
  }

  private LocalDate day(Instant time) {
    return LocalDate.ofInstant(time, zone);
  }

  private static boolean isValidOn(DocumentFact document, LocalDate day) {
    LocalDate from = document.validFrom();
    LocalDate to = document.validTo();
    return (from == null || !day.isBefore(from)) && (to == null || !day.isAfter(to));
  }

  private static boolean isOverdrawn(DocumentFact document) {
    BigDecimal covered = document.coveredQuantity();
    BigDecimal drawn = document.drawnQuantity();
    return covered != null && drawn != null && drawn.compareTo(covered) > 0;
  }

  private boolean isUnclear(DocumentFact document) {
    DocumentType type = typesByUri.get(document.ref().type());
    return type != null
        && ((type.expires() && document.validTo() == null)
            || (type.coversQuantity()
                && (document.coveredQuantity() == null || document.drawnQuantity() == null)));
  }

  private static void add(List<String> refs, boolean holds, DocumentFact document) {
    if (holds) {
      refs.add(document.ref().ref());
    }
  }

  private static void report(
      List<Finding> findings, FindingCode code, List<String> refs, Localized message) {
    if (!refs.isEmpty()) {
      findings.add(code.finding(refs, message));
    }
  }
}
