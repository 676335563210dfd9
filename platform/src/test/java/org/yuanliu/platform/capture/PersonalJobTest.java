package org.yuanliu.platform.capture;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.yuanliu.platform.personal.KeptDocuments;

/** A document with personal values that waits for the journal lies sealed until then. */
class PersonalJobTest extends CaptureServer {
  private static final int MANY = 1_000;

  @Autowired KeptDocuments kept;

  @Test
  void aDocumentThatWaitsIsSealedAndIsFinished() {
    String key = key(someParty());
    journal.refuse(MANY);
    try {
      HttpResponse<String> taken =
          post(
              "/epcis/capture",
              key,
              """
              {"@context": ["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld",
                            {"yl": "https://yuanliu.org/ns/"}],
               "type": "EPCISDocument", "schemaVersion": "2.0",
               "creationDate": "2026-11-20T06:00:00+08:00", "epcisBody": {"eventList": [
                {"type": "ObjectEvent", "eventTime": "2026-11-20T05:31:07.25+08:00",
                 "eventTimeZoneOffset": "+08:00", "action": "OBSERVE", "bizStep": "dispensing",
                 "epcList": ["urn:uuid:%s"], "yl:patientDocument": "990101199001011234"}]}}\
              """
                  .formatted(UUID.randomUUID()));
      assertThat(taken.statusCode()).as(taken.body()).isEqualTo(202);
      String location = taken.headers().firstValue("Location").orElseThrow();
      byte[] body =
          jdbc.sql("select body from capture_job where id = cast(:id as uuid)")
              .param("id", location.substring(location.lastIndexOf('/') + 1))
              .query(byte[].class)
              .single();
      assertThat(body[0]).isEqualTo((byte) 'P');
      assertThat(new String(Gzip.expand(kept.open(body)), UTF_8)).contains("990101199001011234");
      journal.refuse(0);
      assertThat(finished(key, location).get("success").booleanValue()).isTrue();
    } finally {
      journal.refuse(0);
    }
  }
}
