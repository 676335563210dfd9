package org.yuanliu.platform.query;

import static java.util.Objects.requireNonNull;

import java.io.OutputStream;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;
import org.yuanliu.epcis.CbvForm;
import org.yuanliu.epcis.DocumentHeader;
import org.yuanliu.epcis.DocumentWriter;
import org.yuanliu.platform.access.Viewer;

/** SimpleMasterDataQuery for other capabilities, answered in XML. */
@Component
public final class MasterDataResults {
  private final MasterDataQuery query;
  private final Clock clock;

  MasterDataResults(MasterDataQuery query, Clock clock) {
    this.query = requireNonNull(query, "query is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /**
   * Writes the {@code QueryResults} with the vocabularies that were found, as a SOAP message holds
   * them.
   *
   * @param parameters by name, each with one value at least
   * @param version1 whether of EPCIS 1.2, else of 2.0
   * @throws org.yuanliu.platform.problem.ProblemException 400 QueryParameterException, 413
   *     QueryTooLargeException, QueryTooComplexException; then nothing was written
   */
  public void write(
      Map<String, List<String>> parameters, Viewer viewer, boolean version1, OutputStream out) {
    Map<String, QueryValue> values = new LinkedHashMap<>();
    parameters.forEach(
        (name, texts) ->
            values.put(name, new QueryValue(name, texts.stream().map(Literal::text).toList())));
    DocumentHeader header =
        DocumentHeader.masterDataQuery(
            clock.instant(),
            NamedQueries.SIMPLE_MASTER_DATA_QUERY,
            VocabularyJson.MAPPER.valueToTree(query.poll(values, viewer)));
    DocumentWriter.openResults(out, version1, version1 ? CbvForm.URN : CbvForm.WEB_URI, header)
        .close();
  }
}
