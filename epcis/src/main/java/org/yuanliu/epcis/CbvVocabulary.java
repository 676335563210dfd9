package org.yuanliu.epcis;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The standard vocabularies of the Core Business Vocabulary 2.0 (§7) and of the GS1 Web Vocabulary
 * that events use as bare words. Each knows its words and brings every written form of a value to
 * one: the full web URI.
 */
public enum CbvVocabulary {
  /** What was being done: {@code bizStep}. */
  BIZ_STEP(
      "https://ref.gs1.org/cbv/BizStep-",
      "urn:epcglobal:cbv:bizstep:",
      """
      accepting arriving assembling collecting commissioning consigning creating_class_instance
      cycle_counting decommissioning departing destroying disassembling dispensing encoding
      entering_exiting holding inspecting installing killing loading other packing picking receiving
      removing repackaging repairing replacing reserving retail_selling sampling sensor_reporting
      shipping staging_outbound stock_taking stocking storing transporting unloading unpacking
      void_shipping\
      """),
  /** The state of things afterwards: {@code disposition}, {@code persistentDisposition}. */
  DISPOSITION(
      "https://ref.gs1.org/cbv/Disp-",
      "urn:epcglobal:cbv:disp:",
      """
      active available completeness_inferred completeness_verified conformant container_closed
      container_open damaged destroyed dispensed disposed encoded expired in_progress in_transit
      inactive mismatch_class mismatch_instance mismatch_quantity needs_replacement no_pedigree_match
      non_conformant non_sellable_other partially_dispensed recalled reserved retail_sold returned
      sellable_accessible sellable_not_accessible stolen unavailable unknown\
      """),
  /** The kind of a document of trade: type of {@code bizTransaction}. */
  BIZ_TRANSACTION_TYPE(
      "https://ref.gs1.org/cbv/BTT-",
      "urn:epcglobal:cbv:btt:",
      "bol cert desadv inv pedigree po poc prodorder recadv rma testprd testres upevt"),
  /** What an end of a transfer is: type of {@code source} and {@code destination}. */
  SOURCE_DESTINATION_TYPE(
      "https://ref.gs1.org/cbv/SDT-",
      "urn:epcglobal:cbv:sdt:",
      "location owning_party possessing_party"),
  /** Why an event is declared wrong: {@code reason}. */
  ERROR_REASON(
      "https://ref.gs1.org/cbv/ER-", "urn:epcglobal:cbv:er:", "did_not_occur incorrect_data"),
  /** Which component of a vector or place a report measures: {@code component}. */
  COMPONENT(
      "https://ref.gs1.org/cbv/Comp-",
      "urn:epcglobal:cbv:comp:",
      """
      altitude axial_distance azimuth easting elevation_angle height latitude longitude northing
      polar_angle spherical_radius x y z\
      """),
  /** What a report measures: {@code type} of a sensor report. */
  MEASUREMENT_TYPE(
      "https://gs1.org/voc/",
      null,
      """
      AbsoluteHumidity AbsorbedDose AbsorbedDoseRate Acceleration Altitude AmountOfSubstance
      AmountOfSubstancePerUnitVolume Angle AngularAcceleration AngularMomentum AngularVelocity Area
      Capacitance Conductance Conductivity Count Density Dimensionless DoseEquivalent
      DoseEquivalentRate DynamicViscosity ElectricCharge ElectricCurrent ElectricCurrentDensity
      ElectricFieldStrength Energy Exposure Force Frequency Illuminance Inductance Irradiance
      KinematicViscosity Length LinearMomentum Luminance LuminousFlux LuminousIntensity MagneticFlux
      MagneticFluxDensity MagneticVectorPotential Mass MassConcentration MassFlowRate
      MassPerAreaTime MemoryCapacity MolalityOfSolute MolarEnergy MolarMass MolarVolume Power
      Pressure RadiantFlux RadiantIntensity Radioactivity RelativeHumidity Resistance Resistivity
      SolidAngle SpecificVolume Speed SurfaceDensity SurfaceTension Temperature Time Torque Voltage
      Volume VolumeFlowRate VolumeFraction VolumetricFlux Wavenumber\
      """),
  /** What is wrong with a sensor: {@code exception} of a sensor report. */
  SENSOR_EXCEPTION("https://gs1.org/voc/", null, "ALARM_CONDITION ERROR_CONDITION");

  private static final String CBV_URN = "urn:epcglobal:cbv:";
  private static final String GS1_PREFIX = "gs1:";
  private static final List<String> GS1_VOCABULARIES =
      List.of(
          "https://gs1.org/voc/",
          "http://gs1.org/voc/",
          "https://www.gs1.org/voc/",
          "http://www.gs1.org/voc/");

  private final String webPrefix;
  private final @Nullable String urnPrefix;

  @SuppressWarnings("ImmutableEnumChecker") // Made by Map.copyOf.
  private final Map<String, String> uriByWord;

  CbvVocabulary(String webPrefix, @Nullable String urnPrefix, String words) {
    this.webPrefix = webPrefix;
    this.urnPrefix = urnPrefix;
    Map<String, String> uris = new HashMap<>();
    for (String word : words.split("\\s+", -1)) {
      uris.put(word, webPrefix + word);
    }
    this.uriByWord = Map.copyOf(uris);
  }

  /** The full URI of a word that this vocabulary has, or null. */
  public @Nullable String uriOf(String word) {
    return uriByWord.get(word);
  }

  /**
   * The canonical form of a value: the full web URI of a CBV term however written (bare word,
   * {@code cbv:BizStep-shipping}, {@code urn:epcglobal:cbv:bizstep:shipping}), or the full form of
   * a value of another vocabulary.
   *
   * <p>GS1's JSON schema leaves URNs of CBV to the XML binding: {@link DocumentReader} refuses them
   * in JSON. Here they are understood, for stored events and queries.
   *
   * @return null where a bare word or CBV URN names no term of this vocabulary, or the value is no
   *     URI
   */
  public @Nullable String canonical(String value, LdContext context) {
    String known = uriByWord.get(value);
    if (known != null) {
      return known;
    }
    if (value.indexOf(':') < 0) {
      return null;
    }
    if (!Uris.isAbsolute(value)) {
      return null;
    }
    // What a prefix of the document's own stands for is held to the same as what is written out.
    String full = context.expand(value);
    if (urnPrefix != null && full.startsWith(urnPrefix)) {
      return uriByWord.get(full.substring(urnPrefix.length()));
    }
    boolean isUri = full.equals(value) || Uris.isAbsolute(full);
    return full.startsWith(CBV_URN) || isWithdrawn(full) || !isUri ? null : full;
  }

  /**
   * The bare word of a CBV term however written, as JSON has it; any other value unchanged.
   *
   * @param value as in XML: {@code urn:epcglobal:cbv:bizstep:shipping}, {@code
   *     https://ref.gs1.org/cbv/BizStep-shipping}, {@code cbv:BizStep-shipping}
   */
  public String wordOf(String value, LdContext context) {
    if (urnPrefix != null && value.startsWith(urnPrefix)) {
      String word = value.substring(urnPrefix.length());
      return uriByWord.containsKey(word) ? word : value;
    }
    String full = value.indexOf(':') < 0 ? value : context.expand(value);
    if (full.startsWith(webPrefix)) {
      String word = full.substring(webPrefix.length());
      if (uriByWord.containsKey(word)) {
        return word;
      }
      // GS1's JSON schema takes unknown terms of the Web Vocabulary in compact form only.
      return urnPrefix == null && Uris.isAbsolute(GS1_PREFIX + word) ? GS1_PREFIX + word : value;
    }
    return value;
  }

  /** Whether GS1's JSON schema wants a bare word instead of this URI of its own. */
  boolean isForXmlOnly(String value) {
    if (urnPrefix != null) {
      return value.startsWith(CBV_URN);
    }
    for (String vocabulary : GS1_VOCABULARIES) {
      if (value.startsWith(vocabulary)) {
        return true;
      }
    }
    return false;
  }

  /**
   * The URN of a word, as EPCIS 1.2 has it.
   *
   * @return null where this vocabulary has no such word, or no URNs
   */
  public @Nullable String urnOf(String word) {
    return urnPrefix == null || !uriByWord.containsKey(word) ? null : urnPrefix + word;
  }

  /** Addresses of drafts of CBV, which GS1's schema refuses by name. */
  private static boolean isWithdrawn(String value) {
    return value.startsWith("https://ns.gs1.org/cbv/")
        || value.startsWith("http://ns.gs1.org/cbv/");
  }

  /** Its words, sorted. */
  public List<String> words() {
    return uriByWord.keySet().stream().sorted().toList();
  }

  /** Number of words. */
  int size() {
    return uriByWord.size();
  }

  /** What full URIs of this vocabulary begin with. */
  public String webPrefix() {
    return webPrefix;
  }
}
