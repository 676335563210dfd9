package org.yuanliu.epcis;

/** The rules that a refusal can name. The codes are stable: other programs match on them. */
public enum ViolationCode {
  /** Not JSON as RFC 8259 defines it, or not in UTF-8. */
  MALFORMED_JSON("malformed_json"),
  /** Not well-formed XML, or not in the encoding that it declares. */
  MALFORMED_XML("malformed_xml"),
  /** A DOCTYPE that declares or fetches anything. */
  DTD_NOT_ALLOWED("dtd_not_allowed"),
  /** An XML element out of the order of its schema. */
  MISPLACED_ELEMENT("misplaced_element"),
  /** Text where XML elements are due. */
  UNEXPECTED_TEXT("unexpected_text"),
  /** One object has two members of the same name. */
  DUPLICATE_MEMBER("duplicate_member"),
  /** Text that no other syntax or database can carry: a lone surrogate or U+0000. */
  INVALID_TEXT("invalid_text"),
  /** A number with more digits or a larger exponent than {@link Limits} allows. */
  NUMBER_OUT_OF_RANGE("number_out_of_range"),
  /** More bytes than {@link Limits#maxBytes()}. */
  DOCUMENT_TOO_LARGE("document_too_large"),
  /** Objects, arrays or elements inside one another beyond {@link Limits#maxDepth()}. */
  NESTED_TOO_DEEP("nested_too_deep"),
  /** A text longer than {@link Limits#maxStringLength()}. */
  STRING_TOO_LONG("string_too_long"),
  /** More events than {@link Limits#maxEvents()}; none of them is handed over. */
  TOO_MANY_EVENTS("too_many_events"),
  /** An event that names more units than {@link Limits#maxUnitsPerEvent()}. */
  TOO_MANY_UNITS("too_many_units"),
  /** Another kind of JSON value than the field takes. */
  WRONG_TYPE("wrong_type"),
  /** A field that the standard requires here is not there. */
  MISSING_FIELD("missing_field"),
  /** A list that must not be empty. */
  EMPTY_LIST("empty_list"),
  /** A list that holds one value twice where the standard wants a set. */
  NOT_UNIQUE("not_unique"),
  /** A name that the standard does not define and that stands in no namespace. */
  UNKNOWN_FIELD("unknown_field"),
  /** A field of the standard that this type of event, or this action, does not have. */
  FORBIDDEN_FIELD("forbidden_field"),
  /** Fields each right by themselves that together say nothing or contradict one another. */
  FORBIDDEN_COMBINATION("forbidden_combination"),
  /** A type of event that is none of {@link EventType}. */
  UNKNOWN_EVENT_TYPE("unknown_event_type"),
  /** A query document where a capture document is due. */
  QUERY_DOCUMENT("query_document"),
  /** Neither an EPCISDocument nor a query document. */
  NOT_A_DOCUMENT("not_a_document"),
  /** No time with zone (xsd:dateTimeStamp), or one that no calendar has. */
  INVALID_TIME("invalid_time"),
  /** No offset from UTC between -14:00 and +14:00. */
  INVALID_OFFSET("invalid_offset"),
  /** A text where a URI is due (RFC 3986, other scripts let pass). */
  INVALID_URI("invalid_uri"),
  /** An identifier whose structure or check digit fails. */
  INVALID_CODE("invalid_code"),
  /** A bare word that the Core Business Vocabulary does not have. */
  UNKNOWN_TERM("unknown_term"),
  /** A value outside the field's lexical form. */
  INVALID_VALUE("invalid_value"),
  /** A {@code @context} that JSON-LD does not allow. */
  INVALID_CONTEXT("invalid_context"),
  /** A prefix that only a context unknown here could explain; contexts are never fetched. */
  CONTEXT_NOT_UNDERSTOOD("context_not_understood");

  private final String code;

  ViolationCode(String code) {
    this.code = code;
  }

  /** The code as it is told: lower-case words joined by underscores, never changed. */
  public String code() {
    return code;
  }
}
