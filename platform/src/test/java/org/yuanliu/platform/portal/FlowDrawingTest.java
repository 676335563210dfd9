package org.yuanliu.platform.portal;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.yuanliu.industry.Localized;
import org.yuanliu.platform.portal.FlowDrawing.Handover;
import org.yuanliu.platform.portal.FlowDrawing.Party;

class FlowDrawingTest {
  private static Party party(String id) {
    return new Party(id, new Localized(id, id), false);
  }

  private static Handover handover(String from, String to, int kg) {
    return new Handover(from, to, BigDecimal.valueOf(kg), false);
  }

  @Test
  void putsEachPartyBelowAllItHasGoodsFrom() {
    FlowDrawing drawing =
        FlowDrawing.of(
            List.of(party("shop"), party("farm"), party("market")),
            List.of(
                handover("farm", "market", 4),
                handover("market", "shop", 1),
                handover("farm", "shop", 1)),
            "shop");

    assertThat(drawing.stations())
        .extracting(station -> station.name().zh())
        .containsExactlyInAnyOrder("farm", "market", "shop");
    assertThat(y(drawing, "farm")).isLessThan(y(drawing, "market"));
    assertThat(y(drawing, "market")).isLessThan(y(drawing, "shop"));
    assertThat(drawing.height()).isGreaterThan(y(drawing, "shop"));
    assertThat(drawing.stations()).filteredOn(FlowDrawing.Station::here).hasSize(1);
  }

  @Test
  void drawsWiderWhatIsMore() {
    FlowDrawing drawing =
        FlowDrawing.of(
            List.of(party("a"), party("b"), party("c")),
            List.of(handover("a", "b", 100), new Handover("b", "c", BigDecimal.ONE, true)),
            "c");

    assertThat(drawing.lines().get(0).width()).isGreaterThan(drawing.lines().get(1).width());
    assertThat(drawing.lines()).extracting(FlowDrawing.Line::possible).containsExactly(false, true);
  }

  @Test
  void endsOnACircle() {
    FlowDrawing drawing =
        FlowDrawing.of(
            List.of(party("a"), party("b")),
            List.of(handover("a", "b", 1), handover("b", "a", 1)),
            "b");

    assertThat(drawing.stations()).hasSize(2);
  }

  @Test
  void standsTogetherPastTheThird() {
    List<Party> farms =
        IntStream.range(0, FlowDrawing.MAX_IN_ROW + 2).mapToObj(i -> party("farm" + i)).toList();

    FlowDrawing atTheLimit =
        FlowDrawing.of(farms.subList(0, FlowDrawing.MAX_IN_ROW), List.of(), "");
    FlowDrawing past = FlowDrawing.of(farms, List.of(), "");

    assertThat(atTheLimit.stations()).hasSize(FlowDrawing.MAX_IN_ROW).allMatch(s -> s.more() == 0);
    assertThat(past.stations()).hasSize(FlowDrawing.MAX_IN_ROW);
    assertThat(past.stations().getLast().more()).isEqualTo(2);
    assertThat(past.stations()).allMatch(s -> s.x() > 0 && s.x() < FlowDrawing.WIDTH);
  }

  private static int y(FlowDrawing drawing, String name) {
    return drawing.stations().stream()
        .filter(station -> station.name().zh().equals(name))
        .findFirst()
        .orElseThrow()
        .y();
  }
}
