package org.yuanliu.epcis;

/** How XML is written: by 1.2 or by 2.0, and the form of its vocabulary. */
record XmlForm(boolean version1, CbvForm cbv) {

  /** A value of a vocabulary: a CBV term in the form asked for, else its full URI. */
  String term(CbvVocabulary vocabulary, String value, LdContext context) {
    String word = vocabulary.wordOf(value, context);
    if (cbv == CbvForm.URN) {
      String urn = vocabulary.urnOf(word);
      if (urn != null) {
        return urn;
      }
    }
    String uri = vocabulary.uriOf(word);
    return uri == null ? context.expand(value) : uri;
  }
}
