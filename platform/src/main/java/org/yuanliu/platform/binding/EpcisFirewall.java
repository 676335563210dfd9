package org.yuanliu.platform.binding;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.security.web.firewall.FirewalledRequest;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.StrictHttpFirewall;

/**
 * Spring Security's strict firewall, but for the families of paths that hold a whole URI as one
 * encoded segment: {@code /epcis/events/{id}}, {@code /epcis/epcs/{epc}/events} and the like, and
 * those of traces, units and the ledger. There encoded slashes, percent signs and semicolons are
 * part of the identifier. Encoded line ends, NUL and backslashes, dots that climb and unencoded
 * double slashes stay refused everywhere.
 */
final class EpcisFirewall implements HttpFirewall {
  private static final List<String> FAMILIES =
      Stream.of(
              EpcisPaths.EVENTS,
              EpcisPaths.EPCS,
              EpcisPaths.BIZ_STEPS,
              EpcisPaths.BIZ_LOCATIONS,
              EpcisPaths.READ_POINTS,
              EpcisPaths.DISPOSITIONS)
          .map(path -> path + "/")
          .toList();

  private final StrictHttpFirewall strict = new StrictHttpFirewall();
  private final StrictHttpFirewall identifiers = new StrictHttpFirewall();

  EpcisFirewall() {
    // No database keeps it, and no value has it.
    Stream.of(strict, identifiers)
        .forEach(one -> one.setAllowedParameterValues(value -> value.indexOf('\0') < 0));
    identifiers.setAllowUrlEncodedSlash(true);
    identifiers.setAllowUrlEncodedDoubleSlash(true);
    identifiers.setAllowUrlEncodedPercent(true);
    identifiers.setAllowSemicolon(true);
    identifiers.setAllowUrlEncodedPeriod(true);
  }

  @Override
  public FirewalledRequest getFirewalledRequest(HttpServletRequest request) {
    return holdsIdentifier(request.getRequestURI())
        ? identifiers.getFirewalledRequest(request)
        : strict.getFirewalledRequest(request);
  }

  @Override
  public HttpServletResponse getFirewalledResponse(HttpServletResponse response) {
    return strict.getFirewalledResponse(response);
  }

  private static boolean holdsIdentifier(String path) {
    return FAMILIES.stream().anyMatch(path::startsWith)
        || path.startsWith("/api/v1/trace/")
        || path.startsWith("/api/v1/units/")
        || path.startsWith("/t/")
        || path.startsWith("/ledger/");
  }
}
