package org.yuanliu.epcis;

/**
 * How terms of the Core Business Vocabulary stand in XML (header {@code GS1-CBV-XML-Format} of the
 * REST binding). JSON always has bare words.
 */
public enum CbvForm {
  /** {@code https://ref.gs1.org/cbv/BizStep-shipping} */
  WEB_URI,
  /** {@code urn:epcglobal:cbv:bizstep:shipping}, which is all that EPCIS 1.2 knows. */
  URN
}
