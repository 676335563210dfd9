package org.yuanliu.platform.soap;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.yuanliu.epcis.CbvForm;
import org.yuanliu.epcis.Syntax;
import org.yuanliu.platform.access.Caller;
import org.yuanliu.platform.access.Permission;
import org.yuanliu.platform.binding.EpcFormat;
import org.yuanliu.platform.binding.EpcisHeaders;
import org.yuanliu.platform.binding.EpcisProblems;
import org.yuanliu.platform.binding.Permissions;
import org.yuanliu.platform.problem.Problem;
import org.yuanliu.platform.problem.ProblemException;
import org.yuanliu.platform.query.EventQueries;
import org.yuanliu.platform.query.EventQuery;
import org.yuanliu.platform.query.MasterDataResults;
import org.yuanliu.platform.query.NamedQueries;
import org.yuanliu.platform.query.NamedQuery;
import org.yuanliu.platform.subscription.DeliveryForm;
import org.yuanliu.platform.subscription.Subscription;
import org.yuanliu.platform.subscription.SubscriptionProblems;
import org.yuanliu.platform.subscription.Subscriptions;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Does what messages ask for, with the same queries and subscriptions as the REST binding. */
@Service
class QueryService {
  private final EventQueries events;
  private final MasterDataResults masterData;
  private final NamedQueries named;
  private final Subscriptions subscriptions;
  private final SoapSettings settings;
  private final JsonMapper mapper;

  QueryService(
      EventQueries events,
      MasterDataResults masterData,
      NamedQueries named,
      Subscriptions subscriptions,
      SoapSettings settings,
      JsonMapper mapper) {
    this.events = requireNonNull(events, "events is null");
    this.masterData = requireNonNull(masterData, "masterData is null");
    this.named = requireNonNull(named, "named is null");
    this.subscriptions = requireNonNull(subscriptions, "subscriptions is null");
    this.settings = requireNonNull(settings, "settings is null");
    this.mapper = requireNonNull(mapper, "mapper is null");
  }

  /**
   * The answer as a whole message.
   *
   * @throws ProblemException what the standard's exceptions say
   */
  byte[] answer(SoapCall.Message message, Caller caller) {
    Permissions.require(caller, Permission.QUERY);
    EnvelopeWriter out = new EnvelopeWriter(message.version1());
    return switch (message.call()) {
      case SoapCall.GetQueryNames() -> out.texts("GetQueryNamesResult", queryNames(caller));
      case SoapCall.GetStandardVersion() ->
          out.text("GetStandardVersionResult", message.version1() ? "1.2" : "2.0");
      case SoapCall.GetVendorVersion() -> out.text("GetVendorVersionResult", EpcisHeaders.VENDOR);
      case SoapCall.GetSubscriptionIds(String queryName) ->
          out.texts("GetSubscriptionIDsResult", subscriptionIds(queryName, caller));
      case SoapCall.Unsubscribe(String id) -> {
        if (!subscriptions.remove(caller.party(), id)) {
          throw new ProblemException(
              Problem.of(
                  SubscriptionProblems.NO_SUCH, 404, "没有此订阅。", "There is no such subscription."));
        }
        yield out.texts("UnsubscribeResult", List.of());
      }
      case SoapCall.Poll poll -> poll(poll, message.version1(), caller, out);
      case SoapCall.Subscribe subscribe -> {
        subscriptions.create(caller, asked(subscribe, message.version1(), caller));
        yield out.texts("SubscribeResult", List.of());
      }
    };
  }

  private List<String> queryNames(Caller caller) {
    List<String> names = new ArrayList<>();
    names.add(NamedQueries.SIMPLE_EVENT_QUERY);
    names.add(NamedQueries.SIMPLE_MASTER_DATA_QUERY);
    named.list(caller.party(), "", Integer.MAX_VALUE).forEach(query -> names.add(query.name()));
    return names;
  }

  private List<String> subscriptionIds(String queryName, Caller caller) {
    boolean predefined =
        queryName.equals(NamedQueries.SIMPLE_EVENT_QUERY)
            || queryName.equals(NamedQueries.SIMPLE_MASTER_DATA_QUERY);
    if (!predefined) {
      find(queryName, caller);
    }
    return subscriptions.list(caller.party(), queryName, "", Integer.MAX_VALUE).stream()
        .map(subscription -> subscription.asked().id())
        .toList();
  }

  private NamedQuery find(String name, Caller caller) {
    return named.find(caller.party(), name).orElseThrow(EpcisProblems::notFound);
  }

  private byte[] poll(SoapCall.Poll poll, boolean version1, Caller caller, EnvelopeWriter out) {
    if (poll.queryName().equals(NamedQueries.SIMPLE_MASTER_DATA_QUERY)) {
      return out.around(
          stream -> masterData.write(poll.parameters(), caller.viewer(), version1, stream));
    }
    EventQuery query = query(poll.queryName(), poll.parameters(), caller);
    var found = events.all(query, caller.viewer(), settings.maxEvents(), settings.maxAnswerBytes());
    DeliveryForm form = form(version1);
    return out.around(
        stream ->
            events.results(poll.queryName(), found, version1, form.cbv(), form.epcs(), stream));
  }

  private EventQuery query(String name, Map<String, List<String>> parameters, Caller caller) {
    if (name.equals(NamedQueries.SIMPLE_EVENT_QUERY)) {
      return events.read(definition(parameters));
    }
    noParameters(name, parameters);
    return find(name, caller).query();
  }

  private static void noParameters(String name, Map<String, List<String>> parameters) {
    for (String parameter : parameters.keySet()) {
      throw EpcisProblems.parameter(
          parameter,
          "查询 " + name + " 已有定义，不带参数。",
          "the query " + name + " is defined and takes no parameters.");
    }
  }

  private ObjectNode definition(Map<String, List<String>> parameters) {
    ObjectNode definition = mapper.createObjectNode();
    parameters.forEach(
        (name, values) -> {
          if (name.startsWith("@")) {
            throw EpcisProblems.parameter(name, "不支持此参数。", "this parameter is not supported.");
          }
          ArrayNode array = definition.putArray(name);
          values.forEach(array::add);
        });
    return definition;
  }

  private Subscription.Asked asked(SoapCall.Subscribe call, boolean version1, Caller caller) {
    String name = call.queryName();
    if (name.equals(NamedQueries.SIMPLE_MASTER_DATA_QUERY)) {
      throw SubscriptionProblems.notPermitted(
          "SimpleMasterDataQuery 不可订阅。", "SimpleMasterDataQuery is not for subscriptions.");
    }
    query(name, call.parameters(), caller);
    SoapCall.Controls controls = call.controls();
    @Nullable String definition =
        name.equals(NamedQueries.SIMPLE_EVENT_QUERY)
            ? mapper.writeValueAsString(definition(call.parameters()))
            : null;
    return new Subscription.Asked(
        call.subscriptionId(),
        name,
        definition,
        call.dest(),
        null,
        Subscriptions.rhythm(null, controls.schedule(), controls.trigger()),
        controls.reportIfEmpty(),
        Subscriptions.moment(controls.initialRecordTime()),
        form(version1));
  }

  /** Who speaks 1.x knows EPC URNs alone; else identifiers stay as they were sent. */
  private static DeliveryForm form(boolean version1) {
    return version1
        ? new DeliveryForm(Syntax.XML_1_2, CbvForm.URN, EpcFormat.ALWAYS_EPC_URN)
        : new DeliveryForm(Syntax.XML_2_0, CbvForm.WEB_URI, EpcFormat.NEVER_TRANSLATES);
  }
}
