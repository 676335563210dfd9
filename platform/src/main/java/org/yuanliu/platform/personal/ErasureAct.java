package org.yuanliu.platform.personal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.yuanliu.platform.journal.EntryKind;
import org.yuanliu.platform.journal.Subject;
import org.yuanliu.platform.journal.SubjectCodec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * That a person's key was destroyed. It names the commitments, which stay in their bodies, and
 * nothing of the person.
 *
 * @param subject the platform's own id of the person
 * @param basis why
 * @param reference number of the request or case; empty if there is none
 * @param values how many values were erased
 * @param commitments of them, base64, as many as fit
 */
record ErasureAct(
    UUID subject, Basis basis, String reference, long values, List<String> commitments)
    implements Subject {
  /** Commitments named at most: half a megabyte. The number is told in any case. */
  static final int MAX_COMMITMENTS = 10_000;

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String FORMAT = "https://yuanliu.org/ns/erasure/v1";

  /** Why values are erased (个人信息保护法第四十七条). */
  enum Basis {
    REQUEST,
    CONSENT_WITHDRAWN,
    PURPOSE_ACHIEVED,
    RETENTION_EXPIRED,
    UNLAWFUL;

    String id() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  ErasureAct {
    requireNonNull(subject, "subject is null");
    requireNonNull(basis, "basis is null");
    requireNonNull(reference, "reference is null");
    commitments = List.copyOf(commitments);
  }

  byte[] body() {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("format", FORMAT);
    members.put("subject", subject.toString());
    members.put("basis", basis.id());
    members.put("reference", reference);
    members.put("values", values);
    members.put("commitments", commitments);
    return JSON.writeValueAsString(members).getBytes(UTF_8);
  }

  /** Reads acts back. */
  @Component
  static final class Codec implements SubjectCodec {
    @Override
    public EntryKind kind() {
      return EntryKind.ERASURE;
    }

    @Override
    public Subject decode(byte[] body) {
      JsonNode json = JSON.readTree(body);
      List<String> commitments = new ArrayList<>();
      json.path("commitments").forEach(one -> commitments.add(one.asString()));
      return new ErasureAct(
          UUID.fromString(json.path("subject").asString()),
          Basis.valueOf(json.path("basis").asString().toUpperCase(Locale.ROOT)),
          json.path("reference").asString(),
          json.path("values").asLong(),
          commitments);
    }
  }
}
