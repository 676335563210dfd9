package org.yuanliu.platform.query;

import java.util.List;
import java.util.Set;
import org.yuanliu.epcis.UnitRole;

/** The lists of an event that a {@code MATCH_} parameter looks into (EPCIS 2.0 §8.2.7.1). */
public enum UnitField {
  EPC("MATCH_epc", false, Set.of(UnitRole.EPC, UnitRole.CHILD), "epcList", "childEPCs"),
  PARENT("MATCH_parentID", false, Set.of(UnitRole.PARENT), "parentID"),
  INPUT_EPC("MATCH_inputEPC", false, Set.of(UnitRole.INPUT), "inputEPCList"),
  OUTPUT_EPC("MATCH_outputEPC", false, Set.of(UnitRole.OUTPUT), "outputEPCList"),
  ANY_EPC(
      "MATCH_anyEPC",
      false,
      Set.of(UnitRole.values()),
      "epcList",
      "childEPCs",
      "parentID",
      "inputEPCList",
      "outputEPCList"),
  EPC_CLASS(
      "MATCH_epcClass",
      true,
      Set.of(UnitRole.EPC, UnitRole.CHILD),
      "quantityList",
      "childQuantityList"),
  INPUT_CLASS("MATCH_inputEPCClass", true, Set.of(UnitRole.INPUT), "inputQuantityList"),
  OUTPUT_CLASS("MATCH_outputEPCClass", true, Set.of(UnitRole.OUTPUT), "outputQuantityList"),
  ANY_CLASS(
      "MATCH_anyEPCClass",
      true,
      Set.of(UnitRole.EPC, UnitRole.CHILD, UnitRole.INPUT, UnitRole.OUTPUT),
      "quantityList",
      "childQuantityList",
      "inputQuantityList",
      "outputQuantityList"),
  /** Of the address {@code /epcs/{epc}/events}: whatever names the unit, item or lot. */
  ANY(
      "epc",
      false,
      Set.of(UnitRole.values()),
      "epcList",
      "childEPCs",
      "parentID",
      "inputEPCList",
      "outputEPCList",
      "quantityList",
      "childQuantityList",
      "inputQuantityList",
      "outputQuantityList");

  private final String parameter;
  private final boolean classes;

  @SuppressWarnings("ImmutableEnumChecker") // Made by Set.of.
  private final Set<UnitRole> roles;

  @SuppressWarnings("ImmutableEnumChecker") // Made by List.of.
  private final List<String> members;

  UnitField(String parameter, boolean classes, Set<UnitRole> roles, String... members) {
    this.parameter = parameter;
    this.classes = classes;
    this.roles = Set.copyOf(roles);
    this.members = List.of(members);
  }

  String parameter() {
    return parameter;
  }

  /** Whether it asks for classes, which stand in quantity lists. */
  boolean classes() {
    return classes;
  }

  /** The parts that units of these lists play. */
  Set<UnitRole> roles() {
    return roles;
  }

  /** Members of the event's body: texts, lists of texts or lists of quantity elements. */
  List<String> members() {
    return members;
  }
}
