package org.yuanliu.platform.soap;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;
import org.yuanliu.platform.access.Caller;
import org.yuanliu.platform.binding.EpcisPaths;
import org.yuanliu.platform.binding.EpcisProblems;
import org.yuanliu.platform.problem.ProblemException;

/**
 * The one address of the SOAP binding: every refusal of a message but that of the credential is a
 * fault.
 */
@RestController
@Tag(name = "SOAP", description = "EPCIS 1.2、2.0 查询控制接口 · Query control interface")
final class SoapApi {
  private static final Logger LOG = LoggerFactory.getLogger(SoapApi.class);
  private static final MediaType XML = new MediaType(MediaType.TEXT_XML, UTF_8);

  private final QueryService service;
  private final SoapSettings settings;

  SoapApi(QueryService service, SoapSettings settings) {
    this.service = requireNonNull(service, "service is null");
    this.settings = requireNonNull(settings, "settings is null");
  }

  @PostMapping(EpcisPaths.SOAP)
  @Operation(
      summary = "SOAP 查询接口 · The query control interface in SOAP 1.1",
      description =
          "text/xml; GetQueryNames, Poll, Subscribe, Unsubscribe, GetSubscriptionIDs,"
              + " GetStandardVersion, GetVendorVersion of EPCIS 2.0 or 1.x.")
  ResponseEntity<byte[]> call(Caller caller, HttpServletRequest request) throws IOException {
    requireXml(request.getContentType());
    byte[] bytes;
    try (InputStream in = request.getInputStream()) {
      bytes = in.readNBytes(settings.maxBytes() + 1);
    }
    boolean version1 = false;
    try {
      if (bytes.length > settings.maxBytes()) {
        throw XmlElement.refused(
            "不得超过 " + settings.maxBytes() + " 字节。",
            "has at most " + settings.maxBytes() + " bytes.");
      }
      SoapCall.Message message = EnvelopeReader.read(bytes);
      version1 = message.version1();
      return ResponseEntity.ok().contentType(XML).body(service.answer(message, caller));
    } catch (SoapFault.FaultException e) {
      return fault(e.fault(), version1);
    } catch (ProblemException e) {
      return fault(SoapFault.of(e.problem()), version1);
    } catch (RuntimeException e) {
      LOG.error("a SOAP message could not be answered", e);
      return fault(SoapFault.internal(), version1);
    }
  }

  /** What tools make clients from; it tells what the standard tells everybody. */
  @GetMapping(path = EpcisPaths.SOAP, params = "wsdl")
  @Operation(
      summary = "SOAP 接口的 WSDL · The WSDL of this address",
      description = "?wsdl: EPCIS 2.0; ?wsdl=1.2: EPCIS 1.2.")
  ResponseEntity<byte[]> wsdl(@RequestParam("wsdl") String version, HttpServletRequest request) {
    boolean version1 =
        switch (version) {
          case "", "2.0" -> false;
          case "1.2" -> true;
          default -> throw EpcisProblems.parameter("wsdl", "应为 2.0 或 1.2。", "is 2.0 or 1.2.");
        };
    String address =
        ServletUriComponentsBuilder.fromRequestUri(request).replaceQuery(null).toUriString();
    return ResponseEntity.ok().contentType(XML).body(new Wsdl(version1).document(address));
  }

  /** No other: a page of another site can make a browser send what is plain text or a form. */
  private static void requireXml(String contentType) {
    MediaType type = null;
    try {
      type = contentType == null ? null : MediaType.parseMediaType(contentType);
    } catch (org.springframework.http.InvalidMediaTypeException e) {
      // Refused below, like any other that is not text/xml.
    }
    if (type == null || !type.equalsTypeAndSubtype(MediaType.TEXT_XML)) {
      throw EpcisProblems.mediaType("应为 text/xml（SOAP 1.1）。", "is to be text/xml (SOAP 1.1).");
    }
  }

  private static ResponseEntity<byte[]> fault(SoapFault fault, boolean version1) {
    return ResponseEntity.status(HttpStatus.INTERNAL_SERVER_ERROR)
        .contentType(XML)
        .body(new EnvelopeWriter(version1).fault(fault));
  }
}
