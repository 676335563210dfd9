package org.yuanliu.codes;

import java.util.List;
import java.util.regex.Pattern;
import org.yuanliu.codes.Refusal.Reason;

/**
 * Gas cylinder number (气瓶编号): numbers are unique with one manufacturer only, so its code stands
 * before. What is stamped on the shoulder (钢印) are the two parts; so free a form is read only from
 * the URN. A cylinder that has a special equipment code (23…) goes by {@link EquipmentCode}.
 *
 * @param value manufacturer's code of 1 to 12 digits and capitals, point, number of 1 to 20 digits,
 *     capitals and hyphens
 */
public record CylinderCode(String value) implements NationalCode {
  private static final Pattern FORM = Pattern.compile("[0-9A-Z]{1,12}\\.[0-9A-Z][0-9A-Z-]{0,19}");

  public CylinderCode {
    Must.hold(FORM.matcher(value).matches(), Reason.CHARACTER, Scheme.CYLINDER);
  }

  /** Throws {@link CodeException}. */
  public static CylinderCode of(String value) {
    return new CylinderCode(value);
  }

  /** Of the two stamped parts; throws {@link CodeException}. */
  public static CylinderCode of(String manufacturer, String number) {
    return new CylinderCode(manufacturer + "." + number);
  }

  @Override
  public Scheme scheme() {
    return Scheme.CYLINDER;
  }

  /** The URN alone: what is printed is read only where it is known to be such a code. */
  @Override
  public List<WrittenForm> forms(PrefixTable prefixes) {
    return List.of(new WrittenForm(WrittenForm.Kind.URN, canonical()));
  }
}
