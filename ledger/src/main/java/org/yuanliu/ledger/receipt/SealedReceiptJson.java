package org.yuanliu.ledger.receipt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.yuanliu.ledger.receipt.JsonParts.JSON;
import static org.yuanliu.ledger.receipt.JsonParts.base64;
import static org.yuanliu.ledger.receipt.JsonParts.hash;
import static org.yuanliu.ledger.receipt.JsonParts.position;
import static org.yuanliu.ledger.receipt.JsonParts.proof;
import static org.yuanliu.ledger.receipt.JsonParts.requireMembers;
import static org.yuanliu.ledger.receipt.JsonParts.text;
import static org.yuanliu.ledger.receipt.JsonParts.tree;

import java.util.Set;
import org.yuanliu.ledger.Suite;
import org.yuanliu.ledger.note.NoteException;
import org.yuanliu.ledger.note.SignedCheckpoint;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The written form of a sealed receipt, closed as that of a receipt ({@link ReceiptJson}). */
public final class SealedReceiptJson {
  /** The value of the member {@code format}. */
  public static final String FORMAT = "https://yuanliu.org/ns/sealed-receipt/v1";

  /** A note and a proof. */
  public static final int MAX_BYTES = 1024 * 1024;

  private SealedReceiptJson() {}

  /** The receipt as bytes. */
  public static byte[] write(SealedReceipt receipt) {
    ObjectNode json = JSON.createObjectNode();
    json.put("format", FORMAT)
        .put("suite", receipt.suite().id())
        .put("log", receipt.log())
        .put("position", Long.toString(receipt.position()))
        .put("leafHash", base64(receipt.leafHash()));
    ArrayNode proof = json.putArray("proof");
    receipt.proof().forEach(hash -> proof.add(base64(hash)));
    json.put("checkpoint", receipt.checkpoint().toString());
    return JSON.writeValueAsBytes(json);
  }

  /** Whether these bytes say that they are a sealed receipt. */
  public static boolean isSealed(byte[] bytes) {
    try {
      JsonNode format = tree(bytes, MAX_BYTES).get("format");
      return format != null && format.isString() && format.stringValue().equals(FORMAT);
    } catch (ReceiptException e) {
      return false;
    }
  }

  /**
   * The receipt of these bytes. Nothing of it is verified.
   *
   * @throws ReceiptException if they are none
   */
  public static SealedReceipt read(byte[] bytes) throws ReceiptException {
    requireNonNull(bytes, "bytes is null");
    JsonNode json = tree(bytes, MAX_BYTES);
    requireMembers(
        json, Set.of("format", "suite", "log", "position", "leafHash", "proof", "checkpoint"));
    if (!text(json, "format").equals(FORMAT)) {
      throw new ReceiptException("another format than " + FORMAT);
    }
    try {
      return new SealedReceipt(
          Suite.ofId(text(json, "suite")),
          text(json, "log"),
          position(json),
          hash(text(json, "leafHash")),
          proof(json),
          SignedCheckpoint.parse(text(json, "checkpoint").getBytes(UTF_8)));
    } catch (IllegalArgumentException e) {
      throw new ReceiptException("not a receipt: " + e.getMessage(), e);
    } catch (NoteException e) {
      throw new ReceiptException("the checkpoint is none: " + e.getMessage(), e);
    }
  }
}
