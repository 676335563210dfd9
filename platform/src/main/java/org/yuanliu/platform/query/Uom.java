package org.yuanliu.platform.query;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Units of measure by their codes (UN/CEFACT Recommendation 20), as far as they can be converted
 * into one another: each line names a dimension's base and how many of it one unit is. A code that
 * is not here equals itself alone. Temperatures have a zero point of their own.
 */
final class Uom {
  private static final MathContext PRECISION = MathContext.DECIMAL128;

  /** What conversion and its rounding leave of a measurement's digits. */
  private static final MathContext COMPARED = new MathContext(15);

  private static final String TABLE =
      """
      mass KGM=1 GRM=1e-3 MGM=1e-6 MC=1e-9 TNE=1000 KTN=1e6 HGM=0.1 DTN=100 CGM=1e-5 \
       LBR=0.45359237 ONZ=0.028349523125 APZ=0.0311034768 STN=907.18474 LTN=1016.0469088 \
       GRN=0.00006479891
      length MTR=1 DMT=0.1 CMT=0.01 MMT=1e-3 4H=1e-6 C45=1e-9 KMT=1000 INH=0.0254 FOT=0.3048 \
       YRD=0.9144 SMI=1609.344 NMI=1852
      area MTK=1 DMK=0.01 CMK=1e-4 MMK=1e-6 KMK=1e6 HAR=10000 ARE=100 ACR=4046.8564224 \
       FTK=0.09290304 INK=0.00064516 YDK=0.83612736 MIK=2589988.110336
      volume MTQ=1 LTR=1e-3 MLT=1e-6 CMQ=1e-6 DMQ=1e-3 MMQ=1e-9 HLT=0.1 DLT=1e-4 CLT=1e-5 4G=1e-9 \
       K6=1 GLL=0.003785411784 GLI=0.00454609 QTL=0.000946352946 PTL=0.000473176473 \
       OZA=0.0000295735295625 OZI=0.0000284130625 FTQ=0.028316846592 INQ=0.000016387064 \
       YDQ=0.764554857984 BLL=0.158987294928
      time SEC=1 MIN=60 HUR=3600 DAY=86400 WEE=604800 C26=1e-3 B98=1e-6 C47=1e-9
      pressure PAL=1 KPA=1000 MPA=1e6 A97=100 BAR=100000 MBR=100 ATM=101325 PS=6894.757293168
      speed MTS=1 KMH=0.27777777777777777777777777777777778 HM=0.44704 FS=0.3048 2M=0.01 C16=1e-3 \
       KNT=0.51444444444444444444444444444444444
      acceleration MSK=1 K40=9.80665 A76=0.01
      frequency HTZ=1 KHZ=1000 MHZ=1e6 A86=1e9
      force NEW=1 C20=1e-3 B47=1000 B73=1e6
      energy JOU=1 KJO=1000 3B=1e6 WHR=3600 KWH=3.6e6 MWH=3.6e9 GWH=3.6e12 D70=4.1868 E14=4186.8
      power WTT=1 C31=1e-3 D80=1e-6 KWT=1000 MAW=1e6 A90=1e9
      voltage VLT=1 2Z=1e-3 D82=1e-6 KVT=1000 B78=1e6
      current AMP=1 4K=1e-3 B84=1e-6 C39=1e-9 B22=1000
      resistance OHM=1 E45=1e-3 B49=1000 B75=1e6
      capacitance FAR=1 C10=1e-3 4O=1e-6 C41=1e-9 4T=1e-12
      density KMQ=1 A93=1e-3 GP=1e-6 GQ=1e-9 GL=1 M1=1e-3 23=1000
      ratio C62=1 P1=0.01 NX=1e-3 59=1e-6 61=1e-9
      illuminance LUX=1 KLX=1000
      activity BQL=1 2Q=1000 4N=1e6 GBQ=1e9 CUR=3.7e10 MCU=3.7e7 M5=3.7e4
      dose A95=1 C13=1e-3
      equivalent D13=1 C28=1e-3
      amount C34=1 C18=1e-3 FH=1e-6 B45=1000
      conductivity D10=1 H61=0.1 G42=1e-4
      flow MQS=1 MQH=0.00027777777777777777777777777777777778 G51=1e-3 \
       L2=0.000016666666666666666666666666666666667
      temperature KEL=1 CEL=1+273.15 \
       FAH=0.55555555555555555555555555555555556+255.37222222222222222222222222222222
      """;

  private static final Map<String, String> BASES = bases();
  private static final Map<String, Unit> UNITS = read();

  private Uom() {}

  private record Unit(String dimension, BigDecimal factor, BigDecimal zero) {}

  /** The first unit of each line. */
  private static Map<String, String> bases() {
    Map<String, String> bases = new HashMap<>();
    for (String line : TABLE.lines().toList()) {
      String[] words = line.strip().split("\\s+", 3);
      bases.put(words[0], words[1].substring(0, words[1].indexOf('=')));
    }
    return Map.copyOf(bases);
  }

  private static Map<String, Unit> read() {
    Map<String, Unit> units = new HashMap<>();
    for (String line : TABLE.lines().toList()) {
      String[] words = line.strip().split("\\s+", -1);
      for (int i = 1; i < words.length; i++) {
        int equals = words[i].indexOf('=');
        int plus = words[i].indexOf('+');
        int end = plus < 0 ? words[i].length() : plus;
        Unit unit =
            new Unit(
                words[0],
                new BigDecimal(words[i].substring(equals + 1, end)),
                plus < 0 ? BigDecimal.ZERO : new BigDecimal(words[i].substring(plus + 1)));
        if (units.put(words[i].substring(0, equals), unit) != null) {
          throw new IllegalStateException("two lines tell of " + words[i]);
        }
      }
    }
    return Map.copyOf(units);
  }

  /**
   * What a value is in another unit, to fifteen digits.
   *
   * @param absolute false for a difference, where the zero point does not count
   * @return null where one unit cannot be converted into the other
   */
  static @Nullable BigDecimal convert(BigDecimal value, String from, String to, boolean absolute) {
    if (from.equals(to)) {
      return value;
    }
    Unit source = UNITS.get(from);
    Unit target = UNITS.get(to);
    if (source == null || target == null || !source.dimension().equals(target.dimension())) {
      return null;
    }
    BigDecimal base = value.multiply(source.factor(), PRECISION);
    if (absolute) {
      base = base.add(source.zero(), PRECISION).subtract(target.zero(), PRECISION);
    }
    return base.divide(target.factor(), PRECISION).round(COMPARED);
  }

  /** The unit into which all of the code's dimension are converted; null where there is none. */
  static @Nullable String base(String code) {
    Unit unit = UNITS.get(code);
    return unit == null ? null : BASES.get(unit.dimension());
  }

  /** Whether the code can be converted into any other. */
  static boolean isKnown(String code) {
    return UNITS.containsKey(code);
  }
}
