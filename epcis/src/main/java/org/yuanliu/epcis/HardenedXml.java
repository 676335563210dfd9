package org.yuanliu.epcis;

import com.ctc.wstx.api.WstxInputProperties;
import com.ctc.wstx.stax.WstxInputFactory;
import javax.xml.stream.XMLInputFactory;

/** Readers of XML from strangers. */
public final class HardenedXml {
  /** More attributes than any element of the standard has ten times over. */
  static final int MAX_ATTRIBUTES = 256;

  private HardenedXml() {}

  /**
   * A factory of stream readers that keep to limits; safe for use by many threads. Nothing outside
   * the document is ever read and no entity is expanded but the five of XML itself. A DOCTYPE is
   * told as an event and otherwise without effect: who allows none refuses it there.
   *
   * @param maxStringLength of an attribute, UTF-16 units
   */
  public static XMLInputFactory factory(int maxDepth, int maxStringLength) {
    return woodstox(maxDepth, maxStringLength);
  }

  static WstxInputFactory woodstox(int maxDepth, int maxStringLength) {
    WstxInputFactory factory = new WstxInputFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, false);
    factory.setProperty(WstxInputProperties.P_MAX_ATTRIBUTES_PER_ELEMENT, MAX_ATTRIBUTES);
    factory.setProperty(WstxInputProperties.P_MAX_ATTRIBUTE_SIZE, maxStringLength);
    factory.setProperty(WstxInputProperties.P_MAX_ELEMENT_DEPTH, maxDepth + 1);
    // Else errors in text would come out of its getter, unchecked.
    factory.getConfig().doParseLazily(false);
    return factory;
  }
}
