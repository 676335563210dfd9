package org.yuanliu.bench;

import java.io.IOException;
import java.net.URI;
import tools.jackson.databind.JsonNode;

/** Documents in, waited for until their events are committed. */
final class Documents {
  /** The server answers when the job ends (RFC 7240), so that no questions are measured. */
  private static final String PREFERENCE = "wait=10";

  /** Between two questions after a job where the server does not wait for its end. */
  private static final long POLL_MS = 50;

  private Documents() {}

  /**
   * Sends a document and waits for its end.
   *
   * @throws IllegalStateException if it is refused or its job fails
   */
  static void store(Target target, byte[] document) throws IOException, InterruptedException {
    Target.Answer accepted = target.post("/epcis/capture", document);
    String location = accepted.location();
    if (accepted.status() != 202 || location == null) {
      throw new IllegalStateException(
          "capture answered " + accepted.status() + ": " + accepted.body());
    }
    String job = URI.create(location).getRawPath();
    while (true) {
      Target.Answer answer = target.getPreferring(job, PREFERENCE);
      JsonNode status = target.json().readTree(answer.body());
      if (!status.path("running").asBoolean(true)) {
        if (!status.path("success").asBoolean(false)) {
          throw new IllegalStateException("a capture job failed: " + status);
        }
        return;
      }
      if (!answer.preferred()) {
        Thread.sleep(POLL_MS);
      }
    }
  }
}
