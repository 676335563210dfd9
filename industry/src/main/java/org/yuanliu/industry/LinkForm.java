package org.yuanliu.industry;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A link's form as maps, lists and texts, ready to be written as JSON. */
public final class LinkForm {
  private static final String MOMENT = "2026-02-01T08:30:00+08:00";

  private LinkForm() {}

  /** What a form, a spreadsheet or an ERP has to know to report a link of a product. */
  public static Map<String, Object> of(Pack pack, Product product, Link link) {
    Map<String, Object> form = new LinkedHashMap<>();
    form.put("industry", pack.id());
    form.put("version", pack.version());
    form.put("effectiveFrom", pack.effectiveFrom().toString());
    form.put("product", product.id());
    form.put("productNames", both(product.names()));
    form.put("link", link.id());
    form.put("names", both(link.names()));
    form.put("stage", link.stage().id());
    form.put(
        "roles", link.roles().stream().sorted().map(role -> both(pack.roles().get(role))).toList());
    form.put(
        "places",
        link.nodeTypes().stream()
            .sorted()
            .map(kind -> named(kind, pack.nodeTypes().get(kind)))
            .toList());
    form.put("steps", link.events().stream().map(EventTemplate::bizStep).distinct().toList());
    form.put("grace", link.grace().toString());
    putIf(form, "source", link.source());
    form.put(
        "elements",
        link.elements().values().stream().map(element -> element(pack, element)).toList());
    form.put("procedure", LinkProcedure.of(pack, link).stream().map(LinkForm::both).toList());
    form.put(
        "checks",
        pack.checks().values().stream()
            .filter(check -> check.links().contains(link.id()))
            .filter(check -> check.products().isEmpty() || check.products().contains(product.id()))
            .map(LinkForm::check)
            .toList());
    return form;
  }

  private static Map<String, Object> element(Pack pack, Element element) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("id", element.id());
    map.put("names", both(element.names()));
    if (element.help() != null) {
      map.put("help", both(element.help()));
    }
    map.put("type", element.type().id());
    map.put("list", element.list() || element.type() == ElementType.READINGS);
    map.put("required", element.required());
    map.put("personal", element.personal());
    map.put("secret", element.secret());
    putIf(map, "unit", element.uom());
    if (element.uom() != null) {
      map.put("unitNames", both(UnitWords.of(element.uom())));
    }
    if (element.codeList() != null) {
      CodeList list = pack.codeLists().get(element.codeList());
      List<Map<String, Object>> words = new ArrayList<>();
      if (list != null) {
        list.words().values().forEach(word -> words.add(named(word.code(), word.names())));
      }
      map.put("codes", words);
    }
    if (!element.schemes().isEmpty()) {
      map.put(
          "schemes",
          element.schemes().stream()
              .sorted()
              .map(s -> named(s.id(), new Localized(s.zhName(), s.enName())))
              .toList());
    }
    CodeWords.dueByKind(element).ifPresent(due -> map.put("accepts", both(due)));
    if (element.document() != null) {
      DocumentType type = pack.documents().get(element.document());
      if (type != null) {
        Map<String, Object> document = named(element.document(), type.names());
        putIf(document, "source", type.source());
        map.put("document", document);
      }
    }
    if (element.term() != null) {
      map.put("term", named(element.term().id(), element.term().names()));
    }
    putIf(map, "quantity", element.quantity());
    if (element.min() != null) {
      map.put("min", element.min());
    }
    if (element.max() != null) {
      map.put("max", element.max());
    }
    putIf(map, "default", element.fixed());
    example(element).ifPresent(example -> map.put("example", example));
    // Where it stands in the event, so that an entry can be repeated from one.
    putIf(map, "path", LinkStandard.path(pack, element));
    putIf(map, "source", element.source());
    return map;
  }

  /** How one value is written, where its type alone leaves that open. */
  private static Optional<Object> example(Element element) {
    return switch (element.type()) {
      case TIME -> Optional.of(MOMENT);
      case DATE -> Optional.of(MOMENT.substring(0, "2026-02-01".length()));
      case READINGS -> Optional.of(measured());
      case UNIT ->
          Element.EACH.equals(element.quantity()) ? Optional.of(counted()) : Optional.empty();
      case TEXT, INTEGER, DECIMAL, BOOLEAN, CODE, PARTY, PLACE, DOCUMENT -> Optional.empty();
    };
  }

  private static Map<String, Object> measured() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("time", MOMENT);
    map.put("value", 4.2);
    return map;
  }

  private static Map<String, Object> counted() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("code", "…");
    map.put("quantity", 1.5);
    map.put("uom", "KGM");
    return map;
  }

  private static Map<String, Object> check(Check check) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("id", check.id());
    map.put("level", check.level().id());
    map.put("moment", check.moment().id());
    map.put("message", both(check.message()));
    map.put("source", check.source());
    if (check.rule() instanceof CheckRule.Holds(Expression expression)) {
      map.put("holds", expression.text());
    }
    return map;
  }

  private static Map<String, Object> named(String id, @Nullable Localized names) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("id", id);
    if (names != null) {
      map.put("zh", names.zh());
      map.put("en", names.en());
    }
    return map;
  }

  private static Map<String, Object> both(@Nullable Role role) {
    return role == null ? Map.of() : named(role.id(), role.names());
  }

  private static Map<String, Object> both(Localized text) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("zh", text.zh());
    map.put("en", text.en());
    return map;
  }

  private static void putIf(Map<String, Object> map, String key, @Nullable String value) {
    if (value != null) {
      map.put(key, value);
    }
  }
}
