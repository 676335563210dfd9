package org.yuanliu.codes;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * Kinds of special equipment by the first digit of the catalogue (《特种设备目录》). Classes below them
 * change with the catalogue and are the packs' to name.
 */
public enum EquipmentClass {
  BOILER('1', "锅炉", "boiler"),
  PRESSURE_VESSEL('2', "压力容器", "pressure vessel"),
  LIFT('3', "电梯", "lift"),
  CRANE('4', "起重机械", "lifting appliance"),
  INDUSTRIAL_VEHICLE('5', "场（厂）内专用机动车辆", "works vehicle"),
  AMUSEMENT_RIDE('6', "大型游乐设施", "amusement ride"),
  COMPONENT('7', "压力管道元件", "piping component"),
  PIPELINE('8', "压力管道", "pressure pipeline"),
  ROPEWAY('9', "客运索道", "passenger ropeway");

  /** Gas cylinders (气瓶) are the pressure vessels 23. */
  private static final String GAS_CYLINDER = "23";

  private final char digit;
  private final String zhName;
  private final String enName;

  EquipmentClass(char digit, String zhName, String enName) {
    this.digit = digit;
    this.zhName = requireNonNull(zhName, "zhName is null");
    this.enName = requireNonNull(enName, "enName is null");
  }

  public String zhName() {
    return zhName;
  }

  public String enName() {
    return enName;
  }

  static boolean mayBegin(String text) {
    return ofClass(text) != null;
  }

  /** The kind that a class of the catalogue belongs to, or null. */
  public static @Nullable EquipmentClass ofClass(String text) {
    for (EquipmentClass kind : values()) {
      if (!text.isEmpty() && text.charAt(0) == kind.digit) {
        return kind;
      }
    }
    return null;
  }

  public static boolean isGasCylinder(String text) {
    return text.startsWith(GAS_CYLINDER);
  }
}
