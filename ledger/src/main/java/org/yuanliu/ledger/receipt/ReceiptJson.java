package org.yuanliu.ledger.receipt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.yuanliu.ledger.receipt.JsonParts.JSON;
import static org.yuanliu.ledger.receipt.JsonParts.base64;
import static org.yuanliu.ledger.receipt.JsonParts.elements;
import static org.yuanliu.ledger.receipt.JsonParts.hash;
import static org.yuanliu.ledger.receipt.JsonParts.position;
import static org.yuanliu.ledger.receipt.JsonParts.proof;
import static org.yuanliu.ledger.receipt.JsonParts.requireMembers;
import static org.yuanliu.ledger.receipt.JsonParts.text;
import static org.yuanliu.ledger.receipt.JsonParts.tree;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.yuanliu.ledger.Leaf;
import org.yuanliu.ledger.LeafRecord;
import org.yuanliu.ledger.Suite;
import org.yuanliu.ledger.note.NoteException;
import org.yuanliu.ledger.note.SignedCheckpoint;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The written form of a receipt, a JSON object of UTF-8 (docs/trust.md, "Receipt"). It is closed: a
 * member that is missing, doubled or not known makes the file no receipt, so that nobody reads into
 * it what nobody has verified.
 */
public final class ReceiptJson {
  /** The value of the member {@code format}. */
  public static final String FORMAT = "https://yuanliu.org/ns/receipt/v1";

  /** A body of 1 MiB, escaped, and a note of half of that. */
  public static final int MAX_BYTES = 8 * 1024 * 1024;

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private ReceiptJson() {}

  /** The receipt as bytes. */
  public static byte[] write(Receipt receipt) {
    ObjectNode json = JSON.createObjectNode();
    json.put("format", FORMAT);
    json.put("suite", receipt.suite().id());
    LeafRecord leafRecord = receipt.leafRecord();
    json.putObject("record")
        .put("log", leafRecord.log())
        .put("position", Long.toString(leafRecord.position()))
        .put("recordTime", time(leafRecord.recordTime()))
        .put("reporter", leafRecord.reporter())
        .put("principal", leafRecord.principal())
        .put("captureId", leafRecord.captureId())
        .put("eventId", leafRecord.eventId())
        .put("eventHash", HexFormat.of().formatHex(leafRecord.eventHash()))
        .put("hashVersion", leafRecord.hashVersion())
        .put("bodyDigest", base64(leafRecord.bodyDigest()));
    json.putObject("leaf").put("version", Leaf.VERSION).put("salt", base64(receipt.salt()));
    ObjectNode content = json.putObject("content");
    switch (receipt.content()) {
      case Content.Body(String text) -> content.put("body", text);
      case Content.Erased(Instant at, String reason) ->
          content.put("erased", time(at)).put("reason", reason);
      case Content.Withheld() -> content.put("withheld", true);
    }
    ArrayNode values = json.putArray("values");
    for (PersonalValue value : receipt.values()) {
      ObjectNode node = values.addObject().put("commitment", base64(value.commitment()));
      switch (value) {
        case PersonalValue.Shown shown ->
            node.put("salt", base64(shown.salt())).put("value", shown.value());
        case PersonalValue.Erased erased -> node.put("erased", time(erased.at()));
      }
    }
    ArrayNode proof = json.putArray("proof");
    receipt.proof().forEach(hash -> proof.add(base64(hash)));
    json.put("checkpoint", receipt.checkpoint().toString());
    return JSON.writeValueAsBytes(json);
  }

  /**
   * The receipt of these bytes. Nothing of it is verified.
   *
   * @throws ReceiptException if they are none
   */
  public static Receipt read(byte[] bytes) throws ReceiptException {
    requireNonNull(bytes, "bytes is null");
    try {
      return receipt(tree(bytes, MAX_BYTES));
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new ReceiptException("not a receipt: " + e.getMessage(), e);
    } catch (NoteException e) {
      throw new ReceiptException("the checkpoint is none: " + e.getMessage(), e);
    }
  }

  private static Receipt receipt(JsonNode json) throws ReceiptException, NoteException {
    requireMembers(
        json,
        Set.of("format", "suite", "record", "leaf", "content", "values", "proof", "checkpoint"));
    if (!text(json, "format").equals(FORMAT)) {
      throw new ReceiptException("another format than " + FORMAT);
    }
    Suite suite = Suite.ofId(text(json, "suite"));
    JsonNode leaf = json.get("leaf");
    requireMembers(leaf, Set.of("version", "salt"));
    if (!leaf.get("version").isInt() || leaf.get("version").intValue() != Leaf.VERSION) {
      throw new ReceiptException("a leaf of an unknown version");
    }
    List<PersonalValue> values = new ArrayList<>();
    for (JsonNode value : elements(json, "values")) {
      values.add(value(value));
    }
    return new Receipt(
        suite,
        leafRecord(json.get("record")),
        hash(text(leaf, "salt")),
        content(json.get("content")),
        values,
        proof(json),
        SignedCheckpoint.parse(text(json, "checkpoint").getBytes(UTF_8)));
  }

  private static LeafRecord leafRecord(JsonNode json) throws ReceiptException {
    requireMembers(
        json,
        Set.of(
            "log",
            "position",
            "recordTime",
            "reporter",
            "principal",
            "captureId",
            "eventId",
            "eventHash",
            "hashVersion",
            "bodyDigest"));
    String eventHash = text(json, "eventHash");
    LeafRecord leafRecord =
        new LeafRecord(
            text(json, "log"),
            position(json),
            time(text(json, "recordTime")),
            text(json, "reporter"),
            text(json, "principal"),
            text(json, "captureId"),
            text(json, "eventId"),
            HexFormat.of().parseHex(eventHash),
            text(json, "hashVersion"),
            hash(text(json, "bodyDigest")));
    if (!HexFormat.of().formatHex(leafRecord.eventHash()).equals(eventHash)) {
      throw new ReceiptException("the event hash is not in its one written form");
    }
    return leafRecord;
  }

  private static Content content(JsonNode json) throws ReceiptException {
    if (json.has("body")) {
      requireMembers(json, Set.of("body"));
      return new Content.Body(text(json, "body"));
    }
    if (json.has("erased")) {
      requireMembers(json, Set.of("erased", "reason"));
      return new Content.Erased(time(text(json, "erased")), text(json, "reason"));
    }
    requireMembers(json, Set.of("withheld"));
    if (!json.get("withheld").isBoolean() || !json.get("withheld").booleanValue()) {
      throw new ReceiptException("content that is neither there nor erased nor withheld");
    }
    return new Content.Withheld();
  }

  private static PersonalValue value(JsonNode json) throws ReceiptException {
    if (json.has("erased")) {
      requireMembers(json, Set.of("commitment", "erased"));
      return new PersonalValue.Erased(hash(text(json, "commitment")), time(text(json, "erased")));
    }
    requireMembers(json, Set.of("commitment", "salt", "value"));
    return new PersonalValue.Shown(
        hash(text(json, "commitment")), hash(text(json, "salt")), text(json, "value"));
  }

  /** Six decimals always: a time has one form only. */
  private static String time(Instant time) {
    return TIME.format(time.truncatedTo(ChronoUnit.MICROS));
  }

  private static Instant time(String text) throws ReceiptException {
    Instant time = Instant.parse(text);
    if (!time(time).equals(text)) {
      throw new ReceiptException("a time that is not written as 2026-11-21T08:00:00.000000Z");
    }
    return time;
  }
}
