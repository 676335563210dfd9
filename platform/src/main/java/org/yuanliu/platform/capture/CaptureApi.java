package org.yuanliu.platform.capture;

import static java.util.Objects.requireNonNull;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.yuanliu.epcis.Syntax;
import org.yuanliu.platform.access.Caller;
import org.yuanliu.platform.access.Permission;
import org.yuanliu.platform.binding.EpcisPaths;
import org.yuanliu.platform.binding.EpcisProblems;
import org.yuanliu.platform.binding.Negotiated;
import org.yuanliu.platform.binding.Permissions;

/** Documents in, and what became of them (EPCIS 2.0 §12.6). */
@RestController
@Tag(name = "Capture", description = "报送 · Documents and events in")
final class CaptureApi {
  private final BodyReader bodies;
  private final Taking taking;
  private final CaptureJobs jobs;
  private final CaptureStore store;
  private final JobEnds ends;
  private final CaptureAnswers answers;
  private final JobPages pages;
  private final HeaderMasterData masterData;

  CaptureApi(
      BodyReader bodies,
      Taking taking,
      CaptureJobs jobs,
      CaptureStore store,
      JobEnds ends,
      CaptureAnswers answers,
      JobPages pages,
      HeaderMasterData masterData) {
    this.bodies = bodies;
    this.taking = requireNonNull(taking, "taking is null");
    this.jobs = jobs;
    this.store = store;
    this.ends = requireNonNull(ends, "ends is null");
    this.answers = answers;
    this.pages = pages;
    this.masterData = masterData;
  }

  /**
   * Takes a document. It is decoded and checked before the answer, since that takes a fraction of
   * the time that its transport took: a bad document is refused at once with every reason and
   * leaves no trace, and what is answered 202 can fail by a conflict of identity only. Then it is
   * kept, then comes the answer; the commit follows in a job.
   */
  @PostMapping(EpcisPaths.CAPTURE)
  @Operation(
      summary = "报送 EPCIS 文档 · Take an EPCIS document",
      description =
          "202 once the document is safely kept; its job tells when the events are committed."
              + " 文档安全保存后即答 202，事件入账后由任务状态告知。")
  ResponseEntity<Void> capture(Caller caller, HttpServletRequest request) throws IOException {
    Permissions.require(caller, Permission.CAPTURE);
    BodyReader.Body body = bodies.read(request);
    boolean handedOver = false;
    try {
      ErrorBehaviour behaviour = CaptureHeaders.behaviour(request);
      Taking.Read read = taking.read(body.bytes(), body.format(), behaviour);
      EventDrafts.Origin origin = new EventDrafts.Origin(caller.party(), caller.standing(), false);
      Taking.Drafted drafted = taking.draft(read, origin, behaviour);
      if (masterData.register(caller, read.header())) {
        // A place that was just registered tells the division of what happened there.
        drafted = taking.draft(read, origin, behaviour);
      }
      UUID id =
          jobs.accept(
              new CaptureJobs.Document(body.bytes(), read.header(), drafted, behaviour),
              origin,
              body.room());
      handedOver = true;
      return ResponseEntity.accepted().location(URI.create(EpcisPaths.CAPTURE + "/" + id)).build();
    } finally {
      if (!handedOver) {
        body.close();
      }
    }
  }

  @GetMapping(EpcisPaths.CAPTURE + "/{id}")
  @Operation(
      summary = "报送任务的状态 · What became of a document",
      description =
          "With \"Prefer: wait=10\" (RFC 7240) the answer comes when the job has ended, or after"
              + " these seconds. 带 Prefer: wait=10 时，任务结束即答，最迟 10 秒。")
  ResponseEntity<byte[]> job(Caller caller, @PathVariable String id, HttpServletRequest request) {
    Permissions.require(caller, Permission.CAPTURE);
    UUID known = uuid(id);
    Duration wait = PreferredWait.of(request);
    Optional<CaptureJob> recent = ends.find(known, caller.party(), wait);
    CaptureJob job =
        recent.or(() -> store.find(known, caller.party())).orElseThrow(EpcisProblems::notFound);
    ResponseEntity.BodyBuilder answer = ResponseEntity.ok();
    if (recent.isPresent() && !wait.isZero()) {
      answer.header(PreferredWait.APPLIED, PreferredWait.applied(wait));
    }
    return Negotiated.of(request).syntax() == Syntax.JSON_LD
        ? answer.contentType(MediaType.APPLICATION_JSON).body(answers.job(job, request))
        : answer.contentType(MediaType.APPLICATION_XML).body(answers.jobXml(job, request));
  }

  @GetMapping(EpcisPaths.CAPTURE)
  @Operation(summary = "本主体的报送任务 · The caller's documents, newest first")
  ResponseEntity<byte[]> jobs(Caller caller, HttpServletRequest request) {
    Permissions.require(caller, Permission.CAPTURE);
    JobPages.Page page = pages.read(request);
    List<CaptureJob> found =
        store.page(caller.party(), page.beforeTime(), page.afterId(), page.size() + 1);
    HttpHeaders headers = new HttpHeaders();
    List<CaptureJob> shown = found;
    if (found.size() > page.size()) {
      shown = found.subList(0, page.size());
      pages.linkNext(shown.getLast(), headers);
    }
    return ResponseEntity.ok()
        .headers(headers)
        .contentType(MediaType.APPLICATION_JSON)
        .body(answers.jobs(shown, request));
  }

  private static UUID uuid(String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw EpcisProblems.notFound();
    }
  }
}
