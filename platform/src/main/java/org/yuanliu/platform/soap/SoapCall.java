package org.yuanliu.platform.soap;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a message asks for: the operations of the query control interface (EPCIS 2.0 §8.2.5). */
sealed interface SoapCall {
  record GetQueryNames() implements SoapCall {}

  record GetStandardVersion() implements SoapCall {}

  record GetVendorVersion() implements SoapCall {}

  record GetSubscriptionIds(String queryName) implements SoapCall {}

  record Unsubscribe(String subscriptionId) implements SoapCall {}

  record Poll(String queryName, Map<String, List<String>> parameters) implements SoapCall {}

  record Subscribe(
      String queryName,
      Map<String, List<String>> parameters,
      String dest,
      Controls controls,
      String subscriptionId)
      implements SoapCall {}

  /**
   * @param schedule its fields; empty: there is none
   */
  record Controls(
      Map<String, String> schedule,
      @Nullable String trigger,
      @Nullable String initialRecordTime,
      boolean reportIfEmpty) {}

  /**
   * A message.
   *
   * @param version1 whether it is of EPCIS 1.x, else of 2.0; the answer is of the same
   */
  record Message(boolean version1, SoapCall call) {}
}
