package org.yuanliu.platform.query;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yuanliu.epcis.Action;
import org.yuanliu.epcis.CbvVocabulary;
import org.yuanliu.epcis.LdContext;
import org.yuanliu.platform.query.Criterion.EndField;
import org.yuanliu.platform.query.Criterion.PlaceField;
import org.yuanliu.platform.query.Criterion.Scope;
import org.yuanliu.platform.query.Criterion.TimeField;
import org.yuanliu.platform.query.Criterion.WordField;

/**
 * Reads one parameter of SimpleEventQuery (EPCIS 2.0 §8.2.7.1; query-schema.json of the REST
 * bindings). Names are fixed, or an operator with a unit of measure, a type or a field's name
 * behind it.
 */
final class CriterionReader {
  private static final Set<String> STANDARD_TYPES =
      Set.of(
          "ObjectEvent",
          "AggregationEvent",
          "TransactionEvent",
          "TransformationEvent",
          "AssociationEvent");

  /** Fields of the standard that name elements of a vocabulary. */
  private static final Set<String> VOCABULARY_FIELDS =
      Set.of(
          "readPoint",
          "bizLocation",
          "bizStep",
          "disposition",
          "bizTransaction",
          "source",
          "destination",
          "epcClass");

  private static final Pattern UOM = Pattern.compile("[A-Z0-9]{2,4}");

  private final Map<String, Function<QueryValue, Criterion>> fixed = new HashMap<>();
  private final QueryCodes codes;
  private final LdContext context;

  /**
   * @param context what prefixes in names and values stand for
   */
  CriterionReader(QueryCodes codes, LdContext context) {
    this.codes = requireNonNull(codes, "codes is null");
    this.context = requireNonNull(context, "context is null");
    fixed.put("eventType", this::eventTypes);
    for (TimeField field : TimeField.values()) {
      String name =
          switch (field) {
            case EVENT_TIME -> "eventTime";
            case RECORD_TIME -> "recordTime";
            case ERROR_DECLARATION_TIME -> "errorDeclarationTime";
          };
      fixed.put("GE_" + name, value -> new Criterion.Time(field, true, time(value)));
      fixed.put("LT_" + name, value -> new Criterion.Time(field, false, time(value)));
    }
    // As query-schema.json spells them.
    for (boolean from : new boolean[] {true, false}) {
      fixed.put(
          (from ? "GE" : "LT") + "_errorDeclaration_Time",
          value -> new Criterion.Time(TimeField.ERROR_DECLARATION_TIME, from, time(value)));
    }
    fixed.put("EQ_action", this::actions);
    words("EQ_bizStep", WordField.BIZ_STEP, CbvVocabulary.BIZ_STEP);
    words("EQ_disposition", WordField.DISPOSITION, CbvVocabulary.DISPOSITION);
    words(
        "EQ_persistentDisposition_set",
        WordField.PERSISTENT_DISPOSITION_SET,
        CbvVocabulary.DISPOSITION);
    words(
        "EQ_persistentDisposition_unset",
        WordField.PERSISTENT_DISPOSITION_UNSET,
        CbvVocabulary.DISPOSITION);
    words("EQ_errorReason", WordField.ERROR_REASON, CbvVocabulary.ERROR_REASON);
    for (PlaceField field : PlaceField.values()) {
      fixed.put("EQ_" + field.member(), value -> new Criterion.Places(field, ids(value), false));
      fixed.put("WD_" + field.member(), value -> new Criterion.Places(field, ids(value), true));
    }
    fixed.put("EQ_transformationID", value -> new Criterion.Transformations(ids(value)));
    for (UnitField field : UnitField.values()) {
      if (field != UnitField.ANY) {
        fixed.put(field.parameter(), value -> match(field, value));
      }
    }
    fixed.put("EQ_eventID", value -> new Criterion.EventIds(Set.copyOf(value.texts())));
    fixed.put(
        "EQ_correctiveEventID", value -> new Criterion.Correctives(Set.copyOf(value.texts())));
    for (SensorField field : SensorField.values()) {
      fixed.put("EQ_" + field.member(), value -> sensorTexts(field, value));
    }
    for (SensorMoment field : SensorMoment.values()) {
      fixed.put(
          "GE_" + field.member(), value -> new Criterion.SensorTime(field, true, time(value)));
      fixed.put(
          "LT_" + field.member(), value -> new Criterion.SensorTime(field, false, time(value)));
    }
  }

  private void words(String name, WordField field, CbvVocabulary vocabulary) {
    fixed.put(name, value -> new Criterion.Words(field, words(value, vocabulary)));
  }

  /**
   * @return null where the parameter asks for nothing, as {@code EXISTS_errorDeclaration=false}
   * @throws org.yuanliu.platform.problem.ProblemException 400 QueryParameterException
   */
  @Nullable Criterion read(QueryValue value) {
    Function<QueryValue, Criterion> known = fixed.get(value.name());
    if (known != null) {
      return known.apply(value);
    }
    int end = value.name().indexOf('_');
    if (end < 0 || end == value.name().length() - 1) {
      throw unknown(value);
    }
    String rest = value.name().substring(end + 1);
    return switch (value.name().substring(0, end)) {
      case "EQ" ->
          rest.startsWith("ATTR_") ? attribute(rest.substring(5), value) : equal(rest, value);
      case "GT" -> compared(Comparison.Op.GT, rest, value);
      case "GE" -> compared(Comparison.Op.GE, rest, value);
      case "LT" -> compared(Comparison.Op.LT, rest, value);
      case "LE" -> compared(Comparison.Op.LE, rest, value);
      case "EXISTS" -> exists(rest, value);
      case "HASATTR" -> hasAttribute(rest, value);
      case "EQATTR" -> attribute(rest, value);
      default -> throw unknown(value);
    };
  }

  private static RuntimeException unknown(QueryValue value) {
    return value.refused("不支持此参数。", "this parameter is not supported.");
  }

  private Criterion equal(String rest, QueryValue value) {
    if (rest.startsWith("bizTransaction_")) {
      String type = rest.substring("bizTransaction_".length());
      return new Criterion.Documents(
          type.isEmpty() ? null : type(type, CbvVocabulary.BIZ_TRANSACTION_TYPE, value),
          ids(value));
    }
    for (EndField end : EndField.values()) {
      String name = end.name().toLowerCase(Locale.ROOT) + "_";
      if (rest.startsWith(name)) {
        String type = rest.substring(name.length());
        return new Criterion.Ends(
            end, type(type, CbvVocabulary.SOURCE_DESTINATION_TYPE, value), ids(value));
      }
    }
    return compared(Comparison.Op.EQ, rest, value);
  }

  private String type(String text, CbvVocabulary vocabulary, QueryValue value) {
    String type = vocabulary.canonical(text, context);
    if (type == null) {
      throw value.refused("没有这种类型：" + text, "there is no such type: " + text);
    }
    return type;
  }

  private Criterion compared(Comparison.Op op, String rest, QueryValue value) {
    if (rest.equals("quantity") || rest.startsWith("quantity_")) {
      String uom = rest.equals("quantity") ? null : uom(rest.substring(9), value);
      return new Criterion.Quantity(numbers(op, value), uom);
    }
    for (SensorNumber number : SensorNumber.values()) {
      if (!number.measured() && rest.equals(number.member())) {
        return new Criterion.SensorNumbers(number, numbers(op, value), null);
      }
      if (number.measured() && rest.startsWith(number.member() + "_")) {
        String uom = uom(rest.substring(number.member().length() + 1), value);
        return new Criterion.SensorNumbers(number, numbers(op, value), uom);
      }
    }
    Named named = named(rest, value);
    return new Criterion.Field(named.scope, named.inner, named.name, comparison(op, value));
  }

  private static String uom(String text, QueryValue value) {
    if (!UOM.matcher(text).matches()) {
      throw value.refused(
          "计量单位应为 UN/CEFACT 代码。", "the unit of measure is to be a code of UN/CEFACT.");
    }
    return text;
  }

  private static Comparison numbers(Comparison.Op op, QueryValue value) {
    Comparison comparison = comparison(op, value);
    for (Literal literal : comparison.values()) {
      if (literal.decimal() == null) {
        throw value.refused("应为数字。", "a number is due.");
      }
    }
    return comparison;
  }

  private static Comparison comparison(Comparison.Op op, QueryValue value) {
    List<Literal> literals = new ArrayList<>(value.values().size());
    for (Literal literal : value.values()) {
      literals.add(new Literal(value.present(literal.text()), literal.number()));
    }
    if (op != Comparison.Op.EQ) {
      value.single();
      Literal only = literals.getFirst();
      if (only.decimal() == null && only.time() == null) {
        throw value.refused("应为数字或带时区的时间。", "a number or a time with its zone is due.");
      }
    }
    return new Comparison(op, literals);
  }

  private record Named(Scope scope, boolean inner, FieldName name) {}

  /** {@code [INNER_][scope_]name}. */
  private Named named(String text, QueryValue value) {
    boolean inner = text.startsWith("INNER_");
    String rest = inner ? text.substring(6) : text;
    Scope found = Scope.EVENT;
    for (Scope scope : Scope.values()) {
      if (scope != Scope.EVENT && rest.startsWith(scope.marker())) {
        found = scope;
        rest = rest.substring(scope.marker().length());
        break;
      }
    }
    return new Named(found, inner, fieldName(rest, value));
  }

  private FieldName fieldName(String text, QueryValue value) {
    int colon = text.indexOf(':');
    boolean prefixed = colon > 0 && colon < text.length() - 1;
    if (!prefixed && context.expand(text).equals(text)) {
      throw unknown(value);
    }
    return FieldName.of(text, context);
  }

  private @Nullable Criterion exists(String rest, QueryValue value) {
    boolean wanted = flag(value);
    if (rest.equals("errorDeclaration")) {
      return wanted ? new Criterion.Declared() : null;
    }
    if (rest.equals("sensorElementList")) {
      return wanted ? new Criterion.Sensors() : null;
    }
    Named named = named(rest, value);
    return wanted ? new Criterion.Exists(named.scope, named.inner, named.name) : null;
  }

  /** EXISTS parameters have no value in the standard, true in the interface, null in the schema. */
  private static boolean flag(QueryValue value) {
    return switch (value.single().toLowerCase(Locale.ROOT)) {
      case "", "true", "1" -> true;
      case "false", "0" -> false;
      default -> throw value.refused("应为 true 或 false。", "is true or false.");
    };
  }

  private Criterion hasAttribute(String rest, QueryValue value) {
    FieldName field = vocabularyField(rest, value);
    Set<String> names = new LinkedHashSet<>();
    value.texts().forEach(name -> names.addAll(attributeNames(name)));
    return new Criterion.Attribute(field, names, null);
  }

  /**
   * {@code fieldname_attrname}: a standard field's name is known, another's ends at the first _.
   */
  private Criterion attribute(String rest, QueryValue value) {
    int end = -1;
    for (String known : VOCABULARY_FIELDS) {
      if (rest.startsWith(known + "_")) {
        end = known.length();
      }
    }
    if (end < 0) {
      end = rest.indexOf('_', Math.max(0, rest.indexOf(':')));
    }
    if (end <= 0 || end == rest.length() - 1) {
      throw unknown(value);
    }
    FieldName field = vocabularyField(rest.substring(0, end), value);
    return new Criterion.Attribute(
        field, attributeNames(rest.substring(end + 1)), Set.copyOf(value.texts()));
  }

  /** As {@link VocabularyNames} keeps them, and as written. */
  private Set<String> attributeNames(String written) {
    Set<String> names = new LinkedHashSet<>(FieldName.of(written, context).forms());
    names.add(VocabularyNames.attribute(context.expand(written)));
    return names;
  }

  private FieldName vocabularyField(String name, QueryValue value) {
    return VOCABULARY_FIELDS.contains(name)
        ? new FieldName(name, Set.of(name))
        : fieldName(name, value);
  }

  private Criterion eventTypes(QueryValue value) {
    Set<String> types = new LinkedHashSet<>();
    for (String type : value.texts()) {
      // An extended type is named by a URI; of those this repository has none.
      if (!STANDARD_TYPES.contains(type) && type.indexOf(':') <= 0) {
        throw value.refused("没有这种事件类型。", "there is no such event type.");
      }
      types.add(type);
    }
    return new Criterion.EventTypes(types);
  }

  private Criterion actions(QueryValue value) {
    Set<Action> actions = new LinkedHashSet<>();
    for (String text : value.texts()) {
      switch (text) {
        case "ADD" -> actions.add(Action.ADD);
        case "OBSERVE" -> actions.add(Action.OBSERVE);
        case "DELETE" -> actions.add(Action.DELETE);
        default -> throw value.refused("应为 ADD、OBSERVE 或 DELETE。", "is ADD, OBSERVE or DELETE.");
      }
    }
    return new Criterion.Actions(actions);
  }

  private Set<String> words(QueryValue value, CbvVocabulary vocabulary) {
    Set<String> words = new LinkedHashSet<>();
    for (String text : value.texts()) {
      String word = vocabulary.canonical(text, context);
      if (word == null) {
        throw value.refused("没有这个词汇：" + text, "there is no such term: " + text);
      }
      words.add(word);
    }
    return words;
  }

  private Set<String> ids(QueryValue value) {
    Set<String> ids = new LinkedHashSet<>();
    value.texts().forEach(text -> ids.add(codes.canonical(value, text, context)));
    return ids;
  }

  private Criterion match(UnitField field, QueryValue value) {
    List<UnitPattern> patterns = new ArrayList<>();
    for (String text : value.texts()) {
      if (UnitPattern.isPattern(text)) {
        UnitPattern pattern = UnitPattern.of(text, field.classes());
        if (pattern == null) {
          throw value.refused("不是合法的编码样式：" + text, "is no pattern of identities: " + text);
        }
        patterns.add(pattern);
      } else {
        patterns.add(new UnitPattern.Exact(codes.canonical(value, text, context)));
      }
    }
    return new Criterion.Match(field, patterns);
  }

  private Criterion sensorTexts(SensorField field, QueryValue value) {
    Set<String> texts = new LinkedHashSet<>();
    for (String text : value.texts()) {
      texts.add(EventTerms.sensorText(field, text, context));
    }
    if (field == SensorField.BOOLEAN_VALUE && !Set.of("true", "false").containsAll(texts)) {
      throw value.refused("应为 true 或 false。", "is true or false.");
    }
    return new Criterion.SensorTexts(field, texts);
  }

  private static Instant time(QueryValue value) {
    // A plus sign that was not encoded arrives as a space.
    Instant time = Literal.time(value.present(value.single()).replace(' ', '+'));
    if (time == null) {
      throw value.refused(
          "应为带时区的时间，如 2026-01-31T08:00:00+08:00。",
          "a time with its zone is due, such as 2026-01-31T08:00:00+08:00.");
    }
    return time;
  }
}
