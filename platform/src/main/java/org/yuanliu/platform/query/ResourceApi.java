package org.yuanliu.platform.query;

import static java.util.Objects.requireNonNull;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.yuanliu.epcis.CbvVocabulary;
import org.yuanliu.epcis.EventType;
import org.yuanliu.epcis.LdContext;
import org.yuanliu.platform.access.Caller;
import org.yuanliu.platform.access.Permission;
import org.yuanliu.platform.access.Viewer;
import org.yuanliu.platform.binding.EpcisPaths;
import org.yuanliu.platform.binding.EpcisProblems;
import org.yuanliu.platform.binding.Negotiated;
import org.yuanliu.platform.binding.PageRequests;
import org.yuanliu.platform.binding.PageToken;
import org.yuanliu.platform.binding.Permissions;
import tools.jackson.databind.json.JsonMapper;

/**
 * The top-level resources beside events (EPCIS 2.0 §12.5): what there is of each, what can be asked
 * of one, and its events. All of it as far as the caller may see events.
 */
@RestController
@Tag(name = "Resources", description = "资源目录 · What there is")
final class ResourceApi {
  private static final String EVENTS_SUFFIX = "/events";
  private static final String CONTEXT =
      "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld";

  private final ResourceLists lists;
  private final QueryReader reader;
  private final QueryCodes codes;
  private final EventPages pages;
  private final EventAnswers answers;
  private final EpcTranslation translation;
  private final PageRequests requests;
  private final JsonMapper mapper;

  ResourceApi(
      ResourceLists lists,
      QueryReader reader,
      QueryCodes codes,
      EventPages pages,
      EventAnswers answers,
      EpcTranslation translation,
      PageRequests requests,
      JsonMapper mapper) {
    this.lists = requireNonNull(lists, "lists is null");
    this.reader = requireNonNull(reader, "reader is null");
    this.codes = requireNonNull(codes, "codes is null");
    this.pages = requireNonNull(pages, "pages is null");
    this.answers = requireNonNull(answers, "answers is null");
    this.translation = requireNonNull(translation, "translation is null");
    this.requests = requireNonNull(requests, "requests is null");
    this.mapper = requireNonNull(mapper, "mapper is null");
  }

  private enum Kind {
    EVENT_TYPES(EpcisPaths.EVENT_TYPES, null, null),
    EPCS(EpcisPaths.EPCS, null, null),
    BIZ_STEPS(EpcisPaths.BIZ_STEPS, SeenWords.Field.BIZ_STEP, CbvVocabulary.BIZ_STEP),
    DISPOSITIONS(EpcisPaths.DISPOSITIONS, SeenWords.Field.DISPOSITION, CbvVocabulary.DISPOSITION),
    BIZ_LOCATIONS(EpcisPaths.BIZ_LOCATIONS, SeenWords.Field.BIZ_LOCATION, null),
    READ_POINTS(EpcisPaths.READ_POINTS, SeenWords.Field.READ_POINT, null);

    private final String path;
    private final SeenWords.@Nullable Field field;
    private final @Nullable CbvVocabulary vocabulary;

    Kind(String path, SeenWords.@Nullable Field field, @Nullable CbvVocabulary vocabulary) {
      this.path = path;
      this.field = field;
      this.vocabulary = vocabulary;
    }

    static Kind of(HttpServletRequest request) {
      String path = request.getRequestURI();
      for (Kind kind : values()) {
        if (path.equals(kind.path) || path.startsWith(kind.path + "/")) {
          return kind;
        }
      }
      throw EpcisProblems.notFound();
    }
  }

  @GetMapping({
    EpcisPaths.EVENT_TYPES,
    EpcisPaths.EPCS,
    EpcisPaths.BIZ_STEPS,
    EpcisPaths.BIZ_LOCATIONS,
    EpcisPaths.READ_POINTS,
    EpcisPaths.DISPOSITIONS
  })
  @Operation(summary = "已有的取值 · What there is of a resource, page by page")
  ResponseEntity<byte[]> list(Caller caller, HttpServletRequest request) {
    Permissions.require(caller, Permission.QUERY);
    Kind kind = Kind.of(request);
    Map<String, String> parameters = PageRequests.single(request);
    for (String name : parameters.keySet()) {
      if (!Set.of(PageRequests.PER_PAGE, PageRequests.NEXT_PAGE_TOKEN).contains(name)) {
        throw PageRequests.unknown(name);
      }
    }
    int size = requests.size(parameters.get(PageRequests.PER_PAGE));
    String digest = PageToken.digest("list " + kind);
    String text = parameters.get(PageRequests.NEXT_PAGE_TOKEN);
    List<String> place = text == null ? null : requests.token(text, digest).place();
    HttpHeaders headers = new HttpHeaders();
    List<String> members =
        kind == Kind.EPCS
            ? epcs(caller.viewer(), place, size, digest, headers)
            : words(kind, caller.viewer(), place, size, digest, headers);
    LdContext context = QueryReader.prefixes(request.getHeader(EventAnswers.EXTENSIONS));
    List<String> shown =
        members.stream().map(member -> shown(kind, member, context, request)).toList();
    Object contexts = context.isDefault() ? CONTEXT : List.of(CONTEXT, context.toJson());
    return json(DiscoveryApi.collection(contexts, shown), headers);
  }

  private List<String> epcs(
      Viewer viewer, @Nullable List<String> place, int size, String digest, HttpHeaders headers) {
    ResourceLists.Units found = lists.epcs(viewer, place(place), size);
    ResourceLists.Place next = found.next();
    if (next != null) {
      requests.linkNext(
          digest,
          List.of(
              Long.toString(next.below()),
              Long.toString(next.position()),
              Integer.toString(next.shown())),
          headers);
    }
    return found.written();
  }

  private static ResourceLists.@Nullable Place place(@Nullable List<String> place) {
    if (place == null) {
      return null;
    }
    try {
      ResourceLists.Place parsed =
          new ResourceLists.Place(
              Long.parseLong(place.get(0)),
              Long.parseLong(place.get(1)),
              Integer.parseInt(place.get(2)));
      if (parsed.below() >= 0 && parsed.position() >= 0 && parsed.shown() >= 0) {
        return parsed;
      }
    } catch (NumberFormatException | IndexOutOfBoundsException e) {
      // Refused below, like any other that was not given here.
    }
    throw PageRequests.badToken();
  }

  private List<String> words(
      Kind kind,
      Viewer viewer,
      @Nullable List<String> place,
      int size,
      String digest,
      HttpHeaders headers) {
    String after = place == null ? "" : EpcisPaths.decoded(place.getFirst());
    TreeSet<String> found = new TreeSet<>(standard(kind));
    if (kind.field != null) {
      found.addAll(lists.words(kind.field, viewer, after, size + 1));
    }
    List<String> behind = List.copyOf(found.tailSet(after, false));
    if (behind.size() <= size) {
      return behind;
    }
    List<String> shown = behind.subList(0, size);
    requests.linkNext(digest, List.of(EpcisPaths.encoded(shown.getLast())), headers);
    return shown;
  }

  /** What the standard has of a resource, whether or not events have it. */
  private static List<String> standard(Kind kind) {
    List<String> found = new ArrayList<>();
    if (kind == Kind.EVENT_TYPES) {
      for (EventType type : EventType.values()) {
        found.add(type.term());
      }
    }
    CbvVocabulary vocabulary = kind.vocabulary;
    if (vocabulary != null) {
      vocabulary.words().forEach(word -> found.add(vocabulary.webPrefix() + word));
    }
    return found;
  }

  /** A standard term as a bare word, another value with a prefix that the client gave. */
  private String shown(Kind kind, String member, LdContext context, HttpServletRequest request) {
    return switch (kind) {
      case EVENT_TYPES -> member;
      case EPCS, BIZ_LOCATIONS, READ_POINTS ->
          translation.one(member, LdContext.DEFAULT, Negotiated.of(request).epcs());
      case BIZ_STEPS, DISPOSITIONS -> {
        CbvVocabulary vocabulary = requireNonNull(kind.vocabulary, "the kind has a vocabulary");
        String prefix = vocabulary.webPrefix();
        String word = member.startsWith(prefix) ? member.substring(prefix.length()) : member;
        yield vocabulary.uriOf(word) != null ? word : compact(member, context);
      }
    };
  }

  private static String compact(String uri, LdContext context) {
    for (String prefix : context.toJson().propertyNames()) {
      String namespace = context.namespace(prefix);
      if (namespace != null && uri.startsWith(namespace) && uri.length() > namespace.length()) {
        return prefix + ":" + uri.substring(namespace.length());
      }
    }
    return uri;
  }

  @GetMapping({
    EpcisPaths.EVENT_TYPES + "/{*eventType}",
    EpcisPaths.EPCS + "/{*epc}",
    EpcisPaths.BIZ_STEPS + "/{*bizStep}",
    EpcisPaths.BIZ_LOCATIONS + "/{*bizLocation}",
    EpcisPaths.READ_POINTS + "/{*readPoint}",
    EpcisPaths.DISPOSITIONS + "/{*disposition}"
  })
  @Operation(summary = "一个取值及其事件 · One of them (URL-encoded), and behind /events its events")
  ResponseEntity<byte[]> one(Caller caller, HttpServletRequest request) {
    Permissions.require(caller, Permission.QUERY);
    Kind kind = Kind.of(request);
    boolean events = request.getRequestURI().endsWith(EVENTS_SUFFIX);
    String id = EpcisPaths.identifier(request, kind.path + "/", events ? EVENTS_SUFFIX : "");
    LdContext context = QueryReader.prefixes(request.getHeader(EventAnswers.EXTENSIONS));
    Criterion criterion = criterion(kind, id, context);
    if (criterion == null || !isThere(kind, criterion, caller.viewer())) {
      throw EpcisProblems.notFound();
    }
    Map<String, String> parameters = PageRequests.single(request);
    if (events) {
      EventQuery query =
          reader
              .ofQueryString(parameters, request.getHeader(EventAnswers.EXTENSIONS))
              .and(criterion, kind + " " + id);
      return answers.page(query, caller, request);
    }
    parameters
        .keySet()
        .forEach(
            name -> {
              throw PageRequests.unknown(name);
            });
    return json(DiscoveryApi.collection(CONTEXT, List.of("events")), new HttpHeaders());
  }

  private @Nullable Criterion criterion(Kind kind, String id, LdContext context) {
    return switch (kind) {
      case EVENT_TYPES -> new Criterion.EventTypes(Set.of(id));
      case EPCS ->
          new Criterion.Match(
              UnitField.ANY, List.of(new UnitPattern.Exact(code("epc", id, context))));
      case BIZ_STEPS -> words(Criterion.WordField.BIZ_STEP, CbvVocabulary.BIZ_STEP, id, context);
      case DISPOSITIONS ->
          words(Criterion.WordField.DISPOSITION, CbvVocabulary.DISPOSITION, id, context);
      case BIZ_LOCATIONS ->
          new Criterion.Places(
              Criterion.PlaceField.BIZ_LOCATION, Set.of(code("bizLocation", id, context)), false);
      case READ_POINTS ->
          new Criterion.Places(
              Criterion.PlaceField.READ_POINT, Set.of(code("readPoint", id, context)), false);
    };
  }

  private static @Nullable Criterion words(
      Criterion.WordField field, CbvVocabulary vocabulary, String id, LdContext context) {
    String word = vocabulary.canonical(id, context);
    return word == null ? null : new Criterion.Words(field, Set.of(word));
  }

  private String code(String name, String id, LdContext context) {
    return codes.canonical(new QueryValue(name, List.of(Literal.text(id))), id, context);
  }

  private boolean isThere(Kind kind, Criterion criterion, Viewer viewer) {
    return switch (criterion) {
      case Criterion.EventTypes(Set<String> types) -> standard(kind).containsAll(types);
      case Criterion.Words(var field, Set<String> uris) ->
          standard(kind).containsAll(uris) || seen(kind, uris, viewer);
      case Criterion.Places(var field, Set<String> places, boolean descendants) ->
          seen(kind, places, viewer);
      default -> pages.any(EventQuery.of(criterion, "epc"), viewer);
    };
  }

  private boolean seen(Kind kind, Set<String> uris, Viewer viewer) {
    SeenWords.Field field = requireNonNull(kind.field, "the kind has a field");
    return uris.stream().anyMatch(uri -> lists.has(field, viewer, uri));
  }

  private ResponseEntity<byte[]> json(Object body, HttpHeaders headers) {
    return ResponseEntity.ok()
        .headers(headers)
        .contentType(MediaType.APPLICATION_JSON)
        .body(mapper.writeValueAsBytes(body));
  }
}
