package org.yuanliu.platform.query;

import static java.util.Objects.requireNonNull;

import java.util.LinkedHashSet;
import java.util.Set;
import org.yuanliu.epcis.LdContext;

/**
 * The name of a field that is not the standard's, as a parameter writes it: a prefix and a local
 * name, or the whole name. The XML binding joins namespace and local name by {@code #} (EPCIS 1.2
 * §8.2.7.1), JSON-LD joins them by nothing: both name the same field.
 *
 * @param written as in the parameter
 * @param forms every full name that it stands for
 */
public record FieldName(String written, Set<String> forms) {
  public FieldName {
    requireNonNull(written, "written is null");
    forms = Set.copyOf(forms);
  }

  /**
   * @param context what prefixes stand for; a prefix that it does not know stands for the same
   *     prefix in whatever way an event declares it
   */
  static FieldName of(String written, LdContext context) {
    String full = context.expand(written);
    Set<String> forms = new LinkedHashSet<>();
    forms.add(full);
    int hash = full.lastIndexOf('#');
    if (hash > 0) {
      String namespace = full.substring(0, hash);
      String local = full.substring(hash + 1);
      forms.add(namespace + local);
      forms.add(namespace + "/" + local);
      forms.add(namespace + ":" + local);
    }
    return new FieldName(written, forms);
  }

  /**
   * Whether a member of an event has this name.
   *
   * @param name as the event writes it
   * @param context the event's
   */
  boolean matches(String name, LdContext context) {
    return forms.contains(context.expand(name)) || forms.contains(name);
  }
}
