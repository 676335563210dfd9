package org.yuanliu.platform.subscription;

import static java.util.Objects.requireNonNull;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.WebUtils;
import org.yuanliu.epcis.Syntax;
import org.yuanliu.platform.access.Caller;
import org.yuanliu.platform.access.Permission;
import org.yuanliu.platform.binding.EpcisPaths;
import org.yuanliu.platform.binding.EpcisProblems;
import org.yuanliu.platform.binding.Negotiated;
import org.yuanliu.platform.binding.PageRequests;
import org.yuanliu.platform.binding.Permissions;
import org.yuanliu.platform.journal.EntrySearch;
import org.yuanliu.platform.journal.Journal;
import org.yuanliu.platform.query.NamedQueries;

/**
 * Subscriptions by WebSocket: the address of a named query's events, upgraded (openapi.yaml, {@code
 * /queries/{queryName}/events}).
 */
@RestController
@Tag(name = "Subscriptions")
final class QuerySocketApi {
  /** Whatever asks for another upgrade, such as HTTP/2, is answered as if it did not. */
  private static final String HANDSHAKE = "Sec-WebSocket-Key";

  private static final String STREAM = "stream";
  private static final String REPORT_IF_EMPTY = "reportIfEmpty";
  private static final String INITIAL_RECORD_TIME = "initialRecordTime";

  private final QuerySockets sockets;
  private final NamedQueries queries;
  private final Journal journal;
  private final EntrySearch entries;

  QuerySocketApi(QuerySockets sockets, NamedQueries queries, Journal journal, EntrySearch entries) {
    this.sockets = requireNonNull(sockets, "sockets is null");
    this.queries = requireNonNull(queries, "queries is null");
    this.journal = requireNonNull(journal, "journal is null");
    this.entries = requireNonNull(entries, "entries is null");
  }

  @GetMapping(path = EpcisPaths.QUERIES + "/{queryName}/events", headers = HANDSHAKE)
  @Operation(
      summary = "以 WebSocket 订阅 · Subscribe by WebSocket",
      description =
          "stream=true, or second, minute, hour, dayOfMonth, month, dayOfWeek; reportIfEmpty,"
              + " initialRecordTime.")
  void open(
      Caller caller,
      @PathVariable String queryName,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException, ServletException {
    Permissions.require(caller, Permission.QUERY);
    // Another site's page would come with the cookie of whoever looks at it.
    if (!WebUtils.isSameOrigin(new ServletServerHttpRequest(request))) {
      throw EpcisProblems.forbidden();
    }
    if (queries.find(caller.party(), queryName).isEmpty()) {
      throw EpcisProblems.notFound();
    }
    Map<String, String> parameters = PageRequests.single(request);
    Rhythm rhythm = rhythm(parameters);
    boolean reportIfEmpty = Boolean.TRUE.equals(flag(parameters, REPORT_IF_EMPTY));
    Subscriptions.check(rhythm, reportIfEmpty);
    Instant initial = SubscriptionJson.moment(parameters.get(INITIAL_RECORD_TIME));
    long head = journal.head().size();
    long from = initial == null ? head : entries.firstRecorded(initial, head);
    Negotiated agreed = Negotiated.of(request);
    StandingQueries.Standing standing =
        new StandingQueries.Standing(caller.account(), caller.party(), queryName, null, initial);
    DeliveryForm form = new DeliveryForm(Syntax.JSON_LD, agreed.cbv(), agreed.epcs());
    sockets.enter(caller.party());
    QuerySocket socket = sockets.socket(standing, rhythm, reportIfEmpty, form, from);
    Instant min = initial == null ? sockets.clock().instant() : initial;
    response.setHeader(SubscriptionApi.MIN_RECORD_TIME, min.toString());
    boolean upgraded = false;
    try {
      upgrade(socket, request, response);
      upgraded = response.getStatus() == HttpServletResponse.SC_SWITCHING_PROTOCOLS;
    } catch (DeploymentException e) {
      throw new IllegalStateException("the WebSocket cannot be opened", e);
    } finally {
      if (!upgraded) {
        socket.leave();
      }
    }
  }

  private static void upgrade(
      QuerySocket socket, HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException, DeploymentException {
    ServerContainer container =
        (ServerContainer) request.getServletContext().getAttribute(ServerContainer.class.getName());
    ServerEndpointConfig config =
        ServerEndpointConfig.Builder.create(QuerySocket.class, "/epcis")
            .configurator(new TheSocket(socket))
            .build();
    container.upgradeHttpToWebSocket(request, response, config, Map.of());
  }

  /** Gives the one socket that the handshake is about. */
  private static final class TheSocket extends ServerEndpointConfig.Configurator {
    private final QuerySocket socket;

    TheSocket(QuerySocket socket) {
      this.socket = socket;
    }

    @Override
    public <T> T getEndpointInstance(Class<T> type) {
      return type.cast(socket);
    }

    @Override
    public boolean checkOrigin(String origin) {
      return true; // checked before
    }
  }

  private static Rhythm rhythm(Map<String, String> parameters) {
    Map<String, String> schedule = new TreeMap<>();
    for (Map.Entry<String, String> parameter : parameters.entrySet()) {
      if (Schedule.NAMES.contains(parameter.getKey())) {
        schedule.put(parameter.getKey(), parameter.getValue());
      } else if (!Set.of(STREAM, REPORT_IF_EMPTY, INITIAL_RECORD_TIME)
          .contains(parameter.getKey())) {
        throw PageRequests.unknown(parameter.getKey());
      }
    }
    return SubscriptionJson.rhythm(flag(parameters, STREAM), schedule, null);
  }

  private static @Nullable Boolean flag(Map<String, String> parameters, String name) {
    String text = parameters.get(name);
    if (text == null) {
      return null;
    }
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default ->
          throw SubscriptionProblems.controls(
              name + " 应为 true 或 false。", name + " is true or false.");
    };
  }
}
