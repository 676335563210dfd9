package org.yuanliu.platform.qr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** What is drawn is read back: by the decoder for the picture, module by module for the drawing. */
class QrImagesTest {
  private static final String ADDRESS = "https://trace.example.org/t/61010200010001000045";
  private final QrImages images = new QrImages();

  @Test
  void pngReadsBack() throws Exception {
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(images.png(ADDRESS)));

    assertThat(QrDrawing.decode(image)).isEqualTo(ADDRESS);
  }

  @Test
  void svgReadsBack() throws Exception {
    assertThat(QrDrawing.read(images.svg(ADDRESS))).isEqualTo(ADDRESS);
  }

  @Test
  void refusesWhatDoesNotFit() {
    assertThatThrownBy(() -> images.png("x".repeat(3_000)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
