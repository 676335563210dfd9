package org.yuanliu.platform.capture;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.yuanliu.codes.UnitKey;
import org.yuanliu.epcis.CbvVersion;
import org.yuanliu.epcis.EpcisEvent;
import org.yuanliu.epcis.EventHasher;
import org.yuanliu.epcis.SourceOrDestination;
import org.yuanliu.epcis.StoredEvent;
import org.yuanliu.epcis.ViolationCode;
import org.yuanliu.epcis.YlVocabulary;
import org.yuanliu.platform.binding.CodeTexts;
import org.yuanliu.platform.binding.EpcisProblems;
import org.yuanliu.platform.journal.Draft;
import org.yuanliu.platform.journal.EntryKind;
import org.yuanliu.platform.journal.EventSubject;
import org.yuanliu.platform.journal.Hot;
import org.yuanliu.platform.journal.Scope;
import org.yuanliu.platform.journal.Standing;
import org.yuanliu.platform.personal.PersonalSeal;
import org.yuanliu.platform.problem.Problem.Detail;
import org.yuanliu.platform.problem.ProblemException;
import org.yuanliu.platform.registry.Party;
import org.yuanliu.platform.registry.Registry;

/**
 * Makes drafts for the journal of decoded events: who answers for each, by what mandate, under
 * which identity, and where it belongs. All or nothing, with every reason at once.
 */
@Component
final class EventDrafts {
  /** The profile of the hash that is an event's id where it has none, and stands in its leaf. */
  static final CbvVersion HASH = CbvVersion.CBV_2_0;

  /**
   * Bytes of UTF-8 of an id, a step or a place. A leaf of the tree takes no longer texts (see the
   * ledger's record), and a B-tree index none over some 2,700.
   */
  static final int MAX_KEY_BYTES = 2_048;

  /** Chars of the id of an industry pack; ours have some ten. */
  static final int MAX_INDUSTRY_LENGTH = 64;

  private static final String OWNING_PARTY = "https://ref.gs1.org/cbv/SDT-owning_party";
  private static final String POSSESSING_PARTY = "https://ref.gs1.org/cbv/SDT-possessing_party";

  /**
   * Every stored event brings the context of its document along, so a large context in a document
   * of many events would take many times what came in. Twice is more than any honest document
   * needs.
   */
  static final int MAX_EXPANSION = 2;

  private final Registry registry;
  private final CodeTexts texts;
  private final PersonalSeal personal;
  private final long maxStoredBytes;

  EventDrafts(Registry registry, CodeTexts texts, PersonalSeal personal, CaptureSettings settings) {
    this.registry = registry;
    this.texts = texts;
    this.personal = personal;
    this.maxStoredBytes = (long) MAX_EXPANSION * settings.maxBytes();
  }

  /**
   * Who sent it.
   *
   * @param reporter canonical URI of the credential's party
   * @param standing how facts are known that the credential declares
   * @param mandatesChecked true where mandates were checked when the document came in: an answer
   *     once given is not taken back when the work is finished after a restart
   */
  record Origin(String reporter, Standing standing, boolean mandatesChecked) {}

  /**
   * @param pointer JSON pointer to the event with an index
   * @throws ProblemException 400 where a field of ours is wrong, 403 where a mandate is missing
   */
  List<Draft> of(List<EpcisEvent> events, Origin origin, IntFunction<String> pointer) {
    Work work = new Work(origin);
    List<YlFields> fields = events.stream().map(YlFields::of).toList();
    List<@Nullable String> principals = new ArrayList<>(events.size());
    for (int i = 0; i < events.size(); i++) {
      principals.add(work.principalCode(fields.get(i), pointer.apply(i)));
      work.checkLengths(events.get(i), pointer.apply(i));
    }
    work.lookUp(events, principals);
    List<PersonalSeal.Sealed> sealed = personal.seal(events, work.parties(principals));
    List<Draft> drafts = new ArrayList<>(events.size());
    for (int i = 0; i < events.size(); i++) {
      String principal = principals.get(i);
      if (principal != null) {
        drafts.add(work.draft(sealed.get(i), fields.get(i), principal, pointer.apply(i)));
      }
    }
    work.refuseIfWrong();
    return drafts;
  }

  /** One call: what was found wrong, and what the registry said. */
  private final class Work {
    private final Origin origin;
    private final EventHasher hasher = new EventHasher(HASH, Set.of());
    private final List<Detail> invalid = new ArrayList<>(0);
    private final List<Detail> unmandated = new ArrayList<>(0);
    private final Map<String, @Nullable String> industries = new HashMap<>(4);
    private final Map<String, @Nullable String> divisions = new HashMap<>(4);
    private Map<String, Party> parties = Map.of();
    private long storedBytes;

    Work(Origin origin) {
      this.origin = origin;
    }

    void refuseIfWrong() {
      if (!invalid.isEmpty()) {
        throw new ProblemException(EpcisProblems.invalid(invalid));
      }
      if (!unmandated.isEmpty()) {
        throw new ProblemException(EpcisProblems.noMandate(unmandated));
      }
    }

    /** Canonical URI of the code that the event names, the reporter's where it names none. */
    @Nullable String principalCode(YlFields fields, String pointer) {
      YlFields.Field field = fields.principal();
      if (field == null) {
        return origin.reporter();
      }
      String text = field.text();
      String code = text == null ? null : texts.party(text);
      if (code == null || tooLong(code)) {
        invalid(
            "invalid_principal",
            pointer,
            field.name(),
            "责任主体应为主体编码（URI 或编码文本）",
            "the principal is to be the code of a party, as URI or plain text");
        return null;
      }
      return code;
    }

    /** One question to the registry for the whole document. */
    void lookUp(List<EpcisEvent> events, List<@Nullable String> principals) {
      Set<String> codes = new HashSet<>();
      for (String principal : principals) {
        if (principal != null) {
          codes.add(principal);
        }
      }
      for (EpcisEvent event : events) {
        addParties(event.sources(), codes);
        addParties(event.destinations(), codes);
      }
      parties = registry.parties(codes);
    }

    /** Canonical URIs of those who answer. */
    List<@Nullable String> parties(List<@Nullable String> principals) {
      List<@Nullable String> ids = new ArrayList<>(principals.size());
      for (String code : principals) {
        Party party = code == null ? null : parties.get(code);
        ids.add(party == null ? code : party.id());
      }
      return ids;
    }

    Draft draft(PersonalSeal.Sealed sealed, YlFields fields, String principalCode, String pointer) {
      EpcisEvent event = sealed.event();
      if (sealed.idTells()) {
        invalid(
            "id_tells_personal_value",
            pointer,
            "eventID",
            "含个人信息的事件不能用含原值的事件哈希作标识：他人可据此试出原值。请换一个标识或不填",
            "the hash of an event with personal values would let others try them: give another id,"
                + " or none");
      }
      Party party = parties.get(principalCode);
      String principal = party == null ? principalCode : party.id();
      if (!origin.mandatesChecked()
          && !principal.equals(origin.reporter())
          && !registry.mandated(origin.reporter(), principal, event.bizStep(), event.eventTime())) {
        unmandated.add(
            new Detail(
                "no-mandate",
                pointer,
                "没有代报授权：" + origin.reporter() + " 不能为 " + principal + " 报送此环节、此时间的事件",
                "no mandate: "
                    + origin.reporter()
                    + " may not report for "
                    + principal
                    + " at this step and time"));
      }
      byte[] hash = hasher.digest(event);
      String id = event.eventId() == null ? hasher.id(hash) : event.eventId();
      return new Draft(
          EntryKind.EVENT,
          EventIdentity.of(principal, id, event, hash),
          origin.reporter(),
          principal,
          id,
          hash,
          HASH.label(),
          standing(fields),
          new Scope(
              division(event, fields, party, pointer),
              industry(event, fields, party, pointer),
              named(event)),
          Hot.of(event),
          body(event, pointer),
          new EventSubject(event),
          sealed.values());
    }

    private byte[] body(EpcisEvent event, String pointer) {
      byte[] body = StoredEvent.encode(event);
      storedBytes += body.length;
      if (storedBytes > maxStoredBytes) {
        throw new ProblemException(
            EpcisProblems.tooLarge(
                List.of(
                    new Detail(
                        ViolationCode.DOCUMENT_TOO_LARGE.code(),
                        pointer,
                        "@context 随每个事件保存，合计超过 " + maxStoredBytes + " 字节",
                        "the @context is stored with each event: over "
                            + maxStoredBytes
                            + " bytes together"))));
      }
      return body;
    }

    private Standing standing(YlFields fields) {
      YlFields.Field attribution = fields.attribution();
      return attribution != null && YlVocabulary.ATTRIBUTION_INFERRED.equals(attribution.text())
          ? Standing.INFERRED
          : origin.standing();
    }

    /**
     * A registered place's division goes before what the sender says: nobody writes himself out of
     * a regulator's sight.
     */
    private @Nullable String division(
        EpcisEvent event, YlFields fields, @Nullable Party principal, String pointer) {
      YlFields.Field field = fields.division();
      String said = null;
      if (field != null) {
        String text = field.text();
        if (text == null || !texts.isDivision(text)) {
          invalid(
              "invalid_division",
              pointer,
              field.name(),
              "行政区划代码应为 6 位数字（GB/T 2260）",
              "a division code has 6 digits (GB/T 2260)");
        }
        said = text;
      }
      String found = placeDivision(event.bizLocation());
      if (found == null) {
        found = placeDivision(event.readPoint());
      }
      if (found == null) {
        found = said;
      }
      return found == null && principal != null ? principal.division() : found;
    }

    private @Nullable String placeDivision(@Nullable String place) {
      if (place == null) {
        return null;
      }
      if (!divisions.containsKey(place)) {
        divisions.put(place, registry.place(place).map(p -> p.division()).orElse(null));
      }
      return divisions.get(place);
    }

    private @Nullable String industry(
        EpcisEvent event, YlFields fields, @Nullable Party principal, String pointer) {
      YlFields.Field field = fields.industry();
      if (field != null) {
        String text = field.text();
        if (text == null || text.isBlank() || text.length() > MAX_INDUSTRY_LENGTH) {
          invalid(
              "invalid_industry",
              pointer,
              field.name(),
              "行业应为行业包的标识（不超过 " + MAX_INDUSTRY_LENGTH + " 字符）",
              "the industry is to be the id of a pack, of at most " + MAX_INDUSTRY_LENGTH);
        }
        return text;
      }
      String found = null;
      String product = fields.product() == null ? null : fields.product().text();
      if (product != null) {
        found = productIndustry(texts.product(product));
      }
      if (found == null && !event.units().isEmpty()) {
        String gtin = texts.gtinOf(event.units().getFirst().canonical());
        found = gtin == null ? null : productIndustry(gtin);
      }
      return found == null && principal != null ? principal.industry() : found;
    }

    private @Nullable String productIndustry(String product) {
      if (!industries.containsKey(product)) {
        industries.put(product, registry.product(product).map(p -> p.industry()).orElse(null));
      }
      return industries.get(product);
    }

    /** Every code of the parties at both ends: one step up and one step down see by them. */
    private Set<UUID> named(EpcisEvent event) {
      if (event.sources().isEmpty() && event.destinations().isEmpty()) {
        return Set.of();
      }
      Set<String> codes = new HashSet<>();
      addParties(event.sources(), codes);
      addParties(event.destinations(), codes);
      Set<UUID> keys = new HashSet<>();
      for (String code : codes) {
        keys.add(UnitKey.of(code).value());
        Party party = parties.get(code);
        if (party != null) {
          party.codes().forEach(other -> keys.add(UnitKey.of(other).value()));
        }
      }
      return keys;
    }

    void checkLengths(EpcisEvent event, String pointer) {
      checkLength(event.eventId(), pointer, "eventID");
      checkLength(event.bizStep(), pointer, "bizStep");
      checkLength(event.bizLocation(), pointer, "bizLocation");
    }

    private void checkLength(@Nullable String text, String pointer, String name) {
      if (text != null && tooLong(text)) {
        invalid(
            "string_too_long",
            pointer,
            name,
            "标识不得超过 " + MAX_KEY_BYTES + " 字节",
            "an identifier has at most " + MAX_KEY_BYTES + " bytes");
      }
    }

    private void invalid(String code, String pointer, String member, String zh, String en) {
      String escaped = member.replace("~", "~0").replace("/", "~1");
      invalid.add(new Detail(code, pointer + "/" + escaped, zh, en));
    }
  }

  private static boolean tooLong(String text) {
    // No UTF-16 unit takes more than three bytes.
    return text.length() > MAX_KEY_BYTES / 3 && text.getBytes(UTF_8).length > MAX_KEY_BYTES;
  }

  private static void addParties(List<SourceOrDestination> ends, Set<String> into) {
    for (SourceOrDestination end : ends) {
      if (end.type().equals(OWNING_PARTY) || end.type().equals(POSSESSING_PARTY)) {
        into.add(end.id());
      }
    }
  }
}
