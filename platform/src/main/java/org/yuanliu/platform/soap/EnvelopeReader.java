package org.yuanliu.platform.soap;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads messages of SOAP 1.1 with an operation of the query control interface in them. */
final class EnvelopeReader {
  static final String QUERY_1 = "urn:epcglobal:epcis-query:xsd:1";
  static final String QUERY_2 = "urn:epcglobal:epcis-query:xsd:2";

  private EnvelopeReader() {}

  /**
   * @throws SoapFault.FaultException where it is no such message
   */
  static SoapCall.Message read(byte[] xml) {
    XmlElement envelope = XmlElement.parse(xml);
    if (!envelope.name().equals("Envelope")) {
      throw XmlElement.refused("应为 SOAP 消息。", "is to be a SOAP envelope.");
    }
    if (!envelope.namespace().equals(XmlElement.SOAP)) {
      throw new SoapFault.FaultException(
          new SoapFault(
              SoapFault.Code.VERSION_MISMATCH, "应为 SOAP 1.1。 SOAP 1.1 is spoken here.", null));
    }
    XmlElement body = null;
    for (XmlElement part : envelope.children()) {
      if (part.is(XmlElement.SOAP, "Header")) {
        headers(part);
      } else if (part.is(XmlElement.SOAP, "Body") && body == null) {
        body = part;
      }
    }
    if (body == null || body.children().size() != 1) {
      throw XmlElement.refused("Body 应有一个元素。", "has a Body with one element.");
    }
    XmlElement call = body.children().getFirst();
    boolean version1 = call.namespace().equals(QUERY_1);
    if (!version1 && !call.namespace().equals(QUERY_2)) {
      throw XmlElement.refused(
          "没有命名空间 " + call.namespace() + "。", "the namespace " + call.namespace() + " is unknown.");
    }
    return new SoapCall.Message(version1, call(call));
  }

  private static void headers(XmlElement header) {
    for (XmlElement block : header.children()) {
      if (block.mustUnderstand()) {
        throw new SoapFault.FaultException(
            new SoapFault(
                SoapFault.Code.MUST_UNDERSTAND,
                "不支持报头 " + block.name() + "。 The header " + block.name() + " is not supported.",
                null));
      }
    }
  }

  private static SoapCall call(XmlElement call) {
    return switch (call.name()) {
      case "GetQueryNames" -> new SoapCall.GetQueryNames();
      case "GetStandardVersion" -> new SoapCall.GetStandardVersion();
      case "GetVendorVersion" -> new SoapCall.GetVendorVersion();
      case "GetSubscriptionIDs" -> new SoapCall.GetSubscriptionIds(call.required("queryName"));
      case "Unsubscribe" -> new SoapCall.Unsubscribe(call.required("subscriptionID"));
      case "Poll" -> {
        call.only("queryName", "params");
        yield new SoapCall.Poll(call.required("queryName"), parameters(call.child("params")));
      }
      case "Subscribe" -> {
        call.only("queryName", "params", "dest", "controls", "subscriptionID");
        yield new SoapCall.Subscribe(
            call.required("queryName"),
            parameters(call.child("params")),
            call.required("dest"),
            controls(call.child("controls")),
            call.required("subscriptionID"));
      }
      default ->
          throw XmlElement.refused(
              "没有操作 " + call.name() + "。", "there is no operation " + call.name() + ".");
    };
  }

  /** Texts, or arrays of {@code string}; an empty text where a parameter has no value. */
  private static Map<String, List<String>> parameters(@Nullable XmlElement params) {
    Map<String, List<String>> parameters = new LinkedHashMap<>();
    if (params == null) {
      return parameters;
    }
    params.only("param");
    for (XmlElement param : params.children()) {
      String name = param.required("name");
      XmlElement value = param.child("value");
      if (value == null) {
        throw XmlElement.refused(
            "参数 " + name + " 缺少 value。", "the parameter " + name + " lacks its value.");
      }
      if (parameters.put(name, values(value)) != null) {
        throw XmlElement.refused("参数 " + name + " 重复。", "has the parameter " + name + " twice.");
      }
    }
    return parameters;
  }

  private static List<String> values(XmlElement value) {
    if (value.children().isEmpty()) {
      return List.of(value.nil() ? "" : value.text().strip());
    }
    List<String> values = new ArrayList<>();
    for (XmlElement item : value.children()) {
      // The standard's lists are of "string"; clients of other servers write "value".
      boolean known = item.name().equals("string") || item.name().equals("value");
      if (!known || !item.children().isEmpty()) {
        throw XmlElement.refused(
            "value 应为文本或 string 的列表。", "a value is a text or a list of string.");
      }
      values.add(item.text().strip());
    }
    return values;
  }

  private static SoapCall.Controls controls(@Nullable XmlElement controls) {
    if (controls == null) {
      throw XmlElement.refused("缺少 controls。", "lacks the element controls.");
    }
    controls.only("schedule", "trigger", "initialRecordTime", "reportIfEmpty", "extension");
    Map<String, String> schedule = new LinkedHashMap<>();
    XmlElement fields = controls.child("schedule");
    if (fields != null) {
      for (XmlElement field : fields.children()) {
        if (field.namespace().isEmpty() && !field.name().equals("extension")) {
          schedule.put(field.name(), field.text().strip());
        }
      }
    }
    String report = controls.required("reportIfEmpty");
    boolean reportIfEmpty =
        switch (report) {
          case "true", "1" -> true;
          case "false", "0" -> false;
          default ->
              throw XmlElement.refused(
                  "reportIfEmpty 应为 true 或 false。", "reportIfEmpty is true or false.");
        };
    return new SoapCall.Controls(
        schedule,
        controls.optional("trigger"),
        controls.optional("initialRecordTime"),
        reportIfEmpty);
  }
}
