package org.yuanliu.platform.binding;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.springframework.stereotype.Component;
import org.yuanliu.platform.problem.ProblemException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the bodies of requests that are one small JSON object: a name twice in one is refused. */
@Component
public class JsonBodies {
  private final JsonMapper mapper;

  JsonBodies(JsonMapper mapper) {
    this.mapper = mapper.rebuild().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
  }

  /**
   * The object that a request's body is.
   *
   * @param maxBytes what is longer is refused with 413
   * @throws ProblemException 400 where the body is anything but one JSON object
   */
  public JsonNode object(HttpServletRequest request, int maxBytes) throws IOException {
    byte[] bytes;
    try (InputStream in = request.getInputStream()) {
      bytes = in.readNBytes(maxBytes + 1);
    }
    if (bytes.length > maxBytes) {
      throw new ProblemException(EpcisProblems.tooLarge(List.of()));
    }
    try {
      JsonNode body = mapper.readTree(bytes);
      if (body != null && body.isObject()) {
        return body;
      }
    } catch (JacksonException e) {
      // Refused below, like any other body that is no object.
    }
    throw new ProblemException(
        EpcisProblems.invalidRequest("请求内容应为 JSON 对象。", "the body is to be a JSON object."));
  }
}
