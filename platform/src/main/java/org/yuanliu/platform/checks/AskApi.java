package org.yuanliu.platform.checks;

import static java.util.Objects.requireNonNull;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.yuanliu.platform.access.Caller;
import org.yuanliu.platform.access.Permission;
import org.yuanliu.platform.capture.EventDoor;
import org.yuanliu.platform.journal.Draft;
import org.yuanliu.platform.links.LinkRecords;
import org.yuanliu.platform.problem.Problem;
import org.yuanliu.platform.problem.Problem.Detail;
import org.yuanliu.platform.problem.ProblemException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The question before an act: fill this cylinder? sell this pack? let this lorry in? */
@RestController
@Tag(name = "Checks", description = "检查与预警 · Checks and alerts")
final class AskApi {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Set<String> FORM =
      Set.of("industry", "link", "product", "principal", "elements");

  private final Asking asking;
  private final EventDoor door;
  private final LinkRecords records;

  AskApi(Asking asking, EventDoor door, LinkRecords records) {
    this.asking = requireNonNull(asking, "asking is null");
    this.door = requireNonNull(door, "door is null");
    this.records = requireNonNull(records, "records is null");
  }

  @PostMapping("/api/v1/ask")
  @Operation(
      summary = "做之前问：可以吗 · Ask before the act",
      description =
          "An EPCIS event, a document, or {industry, link, elements}. The answer is journalled."
              + " Nothing of the act is stored: record it when it is done."
              + " 可传 EPCIS 事件、文件，或 {industry, link, elements}。回答记入日志；做了之后另行登记。")
  Asking.Answer ask(Caller caller, HttpServletRequest request) throws IOException {
    caller.require(Permission.CAPTURE);
    ObjectNode body = LinkRecords.body(request);
    boolean byForm = body.has("link");
    byte[] document = byForm ? form(body) : epcis(body);
    List<Draft> drafts = door.drafts(caller, document, index -> "");
    return asking.ask(
        caller,
        drafts,
        byForm ? new Asking.Meant(text(body, "industry"), text(body, "link")) : null);
  }

  private byte[] form(ObjectNode body) {
    for (String name : body.propertyNames()) {
      if (!FORM.contains(name)) {
        throw wrong("/" + name, "这里没有这一项。", "There is no such member here.");
      }
    }
    if (!(body.get("elements") instanceof ObjectNode elements)) {
      throw wrong("/elements", "应为采集指标的名称和值。", "It has to be names of elements with values.");
    }
    return records.document(
        records.events(
            text(body, "industry"),
            text(body, "link"),
            optional(body, "product"),
            optional(body, "principal"),
            elements));
  }

  private byte[] epcis(ObjectNode body) {
    return "EPCISDocument".equals(body.path("type").asString(""))
        ? JSON.writeValueAsBytes(body)
        : records.document(List.of(body));
  }

  private static String text(ObjectNode body, String name) {
    String text = optional(body, name);
    if (text == null) {
      throw wrong("/" + name, "此处必须填写。", "A value is needed here.");
    }
    return text;
  }

  private static @Nullable String optional(ObjectNode body, String name) {
    JsonNode node = body.get(name);
    return node != null && node.isString() ? node.asString() : null;
  }

  private static ProblemException wrong(String pointer, String zh, String en) {
    return new ProblemException(
        new Problem(
            "ask-wrong",
            400,
            "问题不完整，未作回答。",
            "The question is incomplete; there is no answer.",
            List.of(new Detail("ask-wrong", pointer, zh, en))));
  }
}
