package org.yuanliu.platform.subscription;

import static java.util.Objects.requireNonNull;

import org.yuanliu.epcis.CbvForm;
import org.yuanliu.epcis.Syntax;
import org.yuanliu.platform.binding.EpcFormat;

/**
 * How results are written.
 *
 * @param cbv the form of vocabulary in XML; no matter for JSON
 */
public record DeliveryForm(Syntax syntax, CbvForm cbv, EpcFormat epcs) {
  public DeliveryForm {
    requireNonNull(syntax, "syntax is null");
    requireNonNull(cbv, "cbv is null");
    requireNonNull(epcs, "epcs is null");
  }
}
