package org.yuanliu.platform.query;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.springframework.stereotype.Component;
import org.yuanliu.codes.CanonicalUri;
import org.yuanliu.codes.Code;
import org.yuanliu.codes.CodeReader;
import org.yuanliu.codes.Divisions;
import org.yuanliu.codes.PrefixTable;
import org.yuanliu.codes.Reading;
import org.yuanliu.codes.WrittenForm;
import org.yuanliu.epcis.EpcisEvent;
import org.yuanliu.epcis.LdContext;
import org.yuanliu.platform.binding.EpcFormat;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes the identifiers of an event as Digital Links or as EPC URNs. An EPC URN tells where the
 * company prefix ends and a Digital Link does not: what the table of prefixes does not know stays
 * as it is.
 */
@Component
final class EpcTranslation {
  private static final String EPC_URN = "urn:epc:";

  /** Members that hold an identifier or a list of them. */
  private static final List<String> IDENTIFIERS =
      List.of("epcList", "childEPCs", "parentID", "inputEPCList", "outputEPCList");

  /** Members that hold quantity elements. */
  private static final List<String> QUANTITIES =
      List.of("quantityList", "childQuantityList", "inputQuantityList", "outputQuantityList");

  private final PrefixTable prefixes;
  private final CodeReader codes = CodeReader.of(Divisions.standard()).lenient();

  EpcTranslation(PrefixTable prefixes) {
    this.prefixes = requireNonNull(prefixes, "prefixes is null");
  }

  /** The event itself where nothing changes, else one with a changed body. */
  EpcisEvent translate(EpcisEvent event, EpcFormat format) {
    return switch (format) {
      case NO_PREFERENCE, NEVER_TRANSLATES -> event;
      case ALWAYS_GS1_DIGITAL_LINK, ALWAYS_EPC_URN ->
          event.withBody(translated(event.body(), event.context(), format), event.context());
    };
  }

  private ObjectNode translated(ObjectNode body, LdContext context, EpcFormat format) {
    ObjectNode copy = body.deepCopy();
    IDENTIFIERS.forEach(member -> replace(copy, member, context, format));
    QUANTITIES.forEach(member -> inEach(copy, member, "epcClass", context, format));
    inObject(copy, "readPoint", context, format);
    inObject(copy, "bizLocation", context, format);
    inEach(copy, "sourceList", "source", context, format);
    inEach(copy, "destinationList", "destination", context, format);
    inEach(copy, "bizTransactionList", "bizTransaction", context, format);
    return copy;
  }

  private void replace(ObjectNode holder, String member, LdContext context, EpcFormat format) {
    JsonNode value = holder.get(member);
    if (value == null) {
      return;
    }
    if (value.isString()) {
      holder.put(member, one(value.stringValue(), context, format));
    } else if (value instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        if (array.get(i).isString()) {
          array.set(i, one(array.get(i).stringValue(), context, format));
        }
      }
    }
  }

  private void inEach(
      ObjectNode holder, String list, String member, LdContext context, EpcFormat format) {
    if (holder.get(list) instanceof ArrayNode array) {
      for (JsonNode item : array) {
        if (item instanceof ObjectNode object) {
          replace(object, member, context, format);
        }
      }
    }
  }

  private void inObject(ObjectNode holder, String member, LdContext context, EpcFormat format) {
    if (holder.get(member) instanceof ObjectNode object) {
      replace(object, "id", context, format);
    }
  }

  /** One identifier in the format. */
  String one(String written, LdContext context, EpcFormat format) {
    String full = context.expand(written);
    return switch (format) {
      case NO_PREFERENCE, NEVER_TRANSLATES -> written;
      case ALWAYS_GS1_DIGITAL_LINK -> full.startsWith(EPC_URN) ? link(written, full) : written;
      case ALWAYS_EPC_URN -> full.startsWith("http") ? urn(written, full) : written;
    };
  }

  private static String link(String written, String full) {
    String canonical = CanonicalUri.of(full);
    return canonical.equals(full) ? written : canonical;
  }

  private String urn(String written, String full) {
    String canonical = CanonicalUri.of(full);
    if (!canonical.startsWith("https://id.gs1.org/")
        || !(codes.read(canonical) instanceof Reading.Found(Code code))) {
      return written;
    }
    return code.forms(prefixes).stream()
        .filter(form -> form.kind() == WrittenForm.Kind.EPC_URN)
        .map(WrittenForm::text)
        .findFirst()
        .orElse(written);
  }
}
