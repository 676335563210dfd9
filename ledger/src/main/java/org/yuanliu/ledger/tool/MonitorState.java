package org.yuanliu.ledger.tool;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.yuanliu.ledger.Frontier;
import org.yuanliu.ledger.note.NoteException;
import org.yuanliu.ledger.note.SignedCheckpoint;
import org.yuanliu.ledger.note.VerifierKey;
import org.yuanliu.ledger.receipt.Trust;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a monitor remembers, in one file: whom it follows, the newest checkpoint that it found good
 * with the right edge of its tree, and the alarms, each with the checkpoint that was shown: two
 * signed checkpoints that contradict each other prove the log's fault to anyone.
 *
 * @param known the log and its keys
 * @param seen none before the first look
 * @param alarms oldest first, the newest {@value #MAX_ALARMS}
 */
record MonitorState(KnownLog known, Optional<Monitor.Seen> seen, List<Raised> alarms) {
  /** An alarm that lasts is raised at every look; the first ones tell how it began. */
  static final int MAX_ALARMS = 100;

  /** Checkpoints of alarms, 512 KiB at most each, are rarely over 2 kB. */
  private static final long MAX_BYTES = 64L * 1024 * 1024;

  private static final String FORMAT = "https://yuanliu.org/ns/monitor/v1";
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  MonitorState {
    requireNonNull(known, "known is null");
    requireNonNull(seen, "seen is null");
    alarms = List.copyOf(alarms);
  }

  /**
   * An alarm with its proof.
   *
   * @param shown the note that the log showed, as it came
   */
  record Raised(Instant at, Alarm.Kind kind, String detail, String shown) {}

  MonitorState with(Monitor.Seen next) {
    return new MonitorState(known, Optional.of(next), alarms);
  }

  MonitorState with(Alarm alarm, byte[] shown, Instant at) {
    if (alarms.size() >= MAX_ALARMS) {
      return this;
    }
    List<Raised> more = new ArrayList<>(alarms);
    more.add(new Raised(at, alarm.kind(), alarm.detail(), new String(shown, UTF_8)));
    return new MonitorState(known, seen, more);
  }

  /**
   * The state in a file.
   *
   * @return none if there is no such file
   * @throws IllegalArgumentException if it holds something else, or its parts contradict each other
   */
  static Optional<MonitorState> read(Path file) {
    try {
      if (!Files.exists(file)) {
        return Optional.empty();
      }
      if (Files.size(file) > MAX_BYTES) {
        throw new IllegalArgumentException(file + " is no state of a monitor");
      }
      return Optional.of(parse(JSON.readTree(Files.readAllBytes(file))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (JacksonException | NoteException | NullPointerException e) {
      throw new IllegalArgumentException(file + " is no state of a monitor: " + e.getMessage(), e);
    }
  }

  private static MonitorState parse(JsonNode json) throws NoteException {
    if (!json.required("format").asString().equals(FORMAT)) {
      throw new IllegalArgumentException("another format than " + FORMAT);
    }
    List<VerifierKey> keys = new ArrayList<>();
    for (JsonNode key : json.required("keys")) {
      keys.add(VerifierKey.parse(key.asString()));
    }
    KnownLog known =
        new KnownLog(
            json.required("log").asString(), Trust.of(keys), json.required("quorum").intValue());
    Optional<Monitor.Seen> seen = Optional.empty();
    if (json.has("checkpoint")) {
      // Verified again: who can write the file cannot put words into the log's mouth.
      SignedCheckpoint checkpoint =
          known.read(json.required("checkpoint").asString().getBytes(UTF_8));
      byte[] edge = Base64.getDecoder().decode(json.required("edge").asString());
      seen = Optional.of(new Monitor.Seen(checkpoint, Frontier.decode(known.suite(), edge)));
    }
    List<Raised> alarms = new ArrayList<>();
    for (JsonNode alarm : json.required("alarms")) {
      alarms.add(
          new Raised(
              Instant.parse(alarm.required("at").asString()),
              Alarm.Kind.valueOf(alarm.required("kind").asString()),
              alarm.required("detail").asString(),
              alarm.required("shown").asString()));
    }
    return new MonitorState(known, seen, alarms);
  }

  /** Writes the file: whole or, if the machine fails meanwhile, not at all. */
  void write(Path file) {
    ObjectNode json = JSON.createObjectNode();
    json.put("format", FORMAT).put("log", known.origin()).put("quorum", known.quorum());
    ArrayNode keys = json.putArray("keys");
    known.keys().forEach(keys::add);
    seen.ifPresent(
        last ->
            json.put("checkpoint", last.checkpoint().toString())
                .put("edge", Base64.getEncoder().encodeToString(last.frontier().encode())));
    ArrayNode raised = json.putArray("alarms");
    for (Raised alarm : alarms) {
      raised
          .addObject()
          .put("at", alarm.at().toString())
          .put("kind", alarm.kind().name())
          .put("detail", alarm.detail())
          .put("shown", alarm.shown());
    }
    Path absolute = file.toAbsolutePath();
    Path next = absolute.resolveSibling(absolute.getFileName() + ".new");
    try {
      try (FileChannel channel =
          FileChannel.open(
              next,
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE,
              StandardOpenOption.TRUNCATE_EXISTING)) {
        ByteBuffer bytes = ByteBuffer.wrap(JSON.writeValueAsBytes(json));
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
      }
      Files.move(next, absolute, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
