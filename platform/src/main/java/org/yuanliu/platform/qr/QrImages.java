package org.yuanliu.platform.qr;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.QRCodeWriter;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import javax.imageio.ImageIO;
import org.springframework.stereotype.Component;

/** QR codes (GB/T 18284, ISO/IEC 18004) as pictures: level M, four modules of quiet zone. */
@Component
public final class QrImages {
  /** The picture of a code never changes; the address it leads to might. */
  public static final Duration KEPT = Duration.ofDays(1);

  /** Pixels a module: sharp on a receipt printer of 203 dpi at 3 cm. */
  private static final int PNG_MODULE_PIXELS = 8;

  private static final int QUIET_ZONE_MODULES = 4;
  private static final int WHITE = 0xFFFFFF;

  /**
   * A picture of black and white dots.
   *
   * @throws IllegalArgumentException if the text does not fit a code
   */
  public byte[] png(String text) {
    BitMatrix modules = modules(text);
    int size = modules.getWidth() * PNG_MODULE_PIXELS;
    BufferedImage image = new BufferedImage(size, size, BufferedImage.TYPE_BYTE_BINARY);
    for (int y = 0; y < size; y++) {
      for (int x = 0; x < size; x++) {
        image.setRGB(x, y, modules.get(x / PNG_MODULE_PIXELS, y / PNG_MODULE_PIXELS) ? 0 : WHITE);
      }
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /**
   * A drawing that is sharp at every size.
   *
   * @throws IllegalArgumentException if the text does not fit a code
   */
  public byte[] svg(String text) {
    BitMatrix modules = modules(text);
    int size = modules.getWidth();
    StringBuilder path = new StringBuilder();
    for (int y = 0; y < size; y++) {
      int x = 0;
      while (x < size) {
        int end = x;
        while (end < size && modules.get(end, y)) {
          end++;
        }
        if (end > x) {
          path.append('M')
              .append(x)
              .append(' ')
              .append(y)
              .append('h')
              .append(end - x)
              .append("v1h-")
              .append(end - x)
              .append('z');
          x = end;
        } else {
          x++;
        }
      }
    }
    String svg =
        """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %1$d %1$d" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h%1$dv%1$dH0z"/><path d="%2$s"/></svg>
        """
            .formatted(size, path);
    return svg.getBytes(StandardCharsets.UTF_8);
  }

  private static BitMatrix modules(String text) {
    try {
      return new QRCodeWriter()
          .encode(
              text,
              BarcodeFormat.QR_CODE,
              0,
              0,
              Map.of(
                  EncodeHintType.ERROR_CORRECTION,
                  ErrorCorrectionLevel.M,
                  EncodeHintType.CHARACTER_SET,
                  StandardCharsets.UTF_8.name(),
                  EncodeHintType.MARGIN,
                  QUIET_ZONE_MODULES));
    } catch (WriterException e) {
      throw new IllegalArgumentException(
          "does not fit a QR code: " + text.length() + " characters", e);
    }
  }
}
