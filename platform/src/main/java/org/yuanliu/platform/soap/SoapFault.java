package org.yuanliu.platform.soap;

import static java.util.Objects.requireNonNull;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yuanliu.platform.problem.Problem;

/**
 * A refusal in SOAP.
 *
 * @param code of SOAP 1.1 §4.4.1
 * @param exception element of the detail, as the WSDL names it; null where the message is none that
 *     the interface could answer
 */
record SoapFault(Code code, String text, @Nullable String exception) {
  /** Codes of SOAP 1.1. */
  enum Code {
    CLIENT("Client"),
    SERVER("Server"),
    MUST_UNDERSTAND("MustUnderstand"),
    VERSION_MISMATCH("VersionMismatch");

    private final String word;

    Code(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }
  }

  static final String IMPLEMENTATION = "ImplementationException";
  private static final String PREFIX = "epcisException:";

  /** Those that the WSDL has; every other one is a request of wrong form, or a failure of ours. */
  private static final Set<String> KNOWN =
      Set.of(
          "DuplicateNameException",
          "InvalidURIException",
          "NoSuchNameException",
          "NoSuchSubscriptionException",
          "DuplicateSubscriptionException",
          "QueryParameterException",
          "QueryTooLargeException",
          "QueryTooComplexException",
          "SubscriptionControlsException",
          "SubscribeNotPermittedException",
          "SecurityException",
          "ValidationException");

  private static final int FIRST_OF_SERVER = 500;

  SoapFault {
    requireNonNull(code, "code is null");
    requireNonNull(text, "text is null");
  }

  static SoapFault validation(String text) {
    return new SoapFault(Code.CLIENT, text, "ValidationException");
  }

  static SoapFault internal() {
    return new SoapFault(Code.SERVER, "内部错误，请联系运营方。 Something went wrong here.", IMPLEMENTATION);
  }

  static SoapFault of(Problem problem) {
    String text = problem.zh() + " " + problem.en();
    String name =
        problem.code().startsWith(PREFIX) ? problem.code().substring(PREFIX.length()) : "";
    if (KNOWN.contains(name)) {
      return new SoapFault(Code.CLIENT, text, name);
    }
    return problem.status() >= FIRST_OF_SERVER
        ? new SoapFault(Code.SERVER, text, IMPLEMENTATION)
        : validation(text);
  }

  /** Ends the reading of a message. */
  static final class FaultException extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final transient SoapFault fault;

    FaultException(SoapFault fault) {
      super(fault.text(), null, false, false);
      this.fault = fault;
    }

    SoapFault fault() {
      return fault;
    }
  }
}
