package org.yuanliu.platform.demo;

import java.util.List;

/**
 * Documents that may be sent side by side.
 *
 * @param number from 0, rising
 * @param awaited whether later waves follow from this one, so that it must be stored first
 * @param papers to be registered before the documents are sent
 */
record DemoWave(int number, boolean awaited, List<Paper> papers, List<DemoDocument> documents) {
  DemoWave {
    papers = List.copyOf(papers);
    documents = List.copyOf(documents);
  }
}
