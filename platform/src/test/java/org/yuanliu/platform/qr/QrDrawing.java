package org.yuanliu.platform.qr;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.LuminanceSource;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import java.awt.image.BufferedImage;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a drawn code as a scanner does. */
public final class QrDrawing {
  private QrDrawing() {}

  /** What the drawing says. */
  public static String read(byte[] drawing) throws Exception {
    String svg = new String(drawing, StandardCharsets.UTF_8);
    Matcher box = Pattern.compile("viewBox=\"0 0 (\\d+) \\1\"").matcher(svg);
    assertThat(box.find()).isTrue();
    int scale = 4;
    int size = Integer.parseInt(box.group(1)) * scale;
    BufferedImage image = new BufferedImage(size, size, BufferedImage.TYPE_INT_RGB);
    var graphics = image.createGraphics();
    graphics.setColor(java.awt.Color.WHITE);
    graphics.fillRect(0, 0, size, size);
    graphics.setColor(java.awt.Color.BLACK);
    String path = svg.substring(svg.lastIndexOf(" d=\"") + 4);
    Matcher runs = Pattern.compile("M(\\d+) (\\d+)h(\\d+)v1h-\\3z").matcher(path);
    while (runs.find()) {
      graphics.fillRect(
          Integer.parseInt(runs.group(1)) * scale,
          Integer.parseInt(runs.group(2)) * scale,
          Integer.parseInt(runs.group(3)) * scale,
          scale);
    }
    graphics.dispose();
    return decode(image);
  }

  static String decode(BufferedImage image) throws Exception {
    int[] pixels =
        image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    LuminanceSource source = new RGBLuminanceSource(image.getWidth(), image.getHeight(), pixels);
    return new QRCodeReader().decode(new BinaryBitmap(new HybridBinarizer(source))).getText();
  }
}
