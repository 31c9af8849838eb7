package dev.matrix.analytics.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.json.Json;
import dev.matrix.core.json.JsonCodec;
import dev.matrix.core.money.Currencies;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import javax.xml.parsers.DocumentBuilderFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

/** All types of charts in all formats, against pictures that were looked at. */
class ChartFormatsTest {

    private static final Path NEW = Path.of("target", "charts");

    static @Nullable BigDecimal decimal(@Nullable String value) {
        return value == null ? null : new BigDecimal(value);
    }

    private static ChartSeries series(String name, @Nullable String... values) {
        List<ChartPoint> points = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            points.add(ChartPoint.of("2026-0" + (i + 1), decimal(values[i]), i == values.length - 1));
        }
        return ChartSeries.of(name, points);
    }

    private static ChartSpec money(ChartType type, String title, List<ChartSeries> series) {
        return new ChartSpec(type, title, title + ", month by month.", series, ChartSpec.Unit.MONEY, "EUR", "en");
    }

    private static ChartSpec forecast() {
        List<ChartPoint> past = new ArrayList<>();
        List<ChartPoint> ahead = new ArrayList<>();
        for (int i = 1; i <= 9; i++) {
            boolean known = i <= 6;
            past.add(ChartPoint.of("2026-0" + i, known ? BigDecimal.valueOf(1_000 + 130L * i) : null, false));
            BigDecimal value = BigDecimal.valueOf(1_000 + 120L * i);
            BigDecimal width = BigDecimal.valueOf(60L * (i - 6));
            ahead.add(
                    known
                            ? ChartPoint.of("2026-0" + i, null, false)
                            : new ChartPoint("2026-0" + i, value, false, value.subtract(width), value.add(width)));
        }
        return money(
                ChartType.LINE,
                "MRR, EUR, forecast",
                List.of(ChartSeries.of("MRR EUR", past), new ChartSeries("forecast", ahead, true)));
    }

    /** By file name. */
    private static Map<String, ChartSpec> charts() {
        List<ChartSeries> plans = List.of(
                series("starter", "1200.00", "1350.50", "1500.00", "1480.00", "1620.00", "1100.00"),
                series("team", "800.00", "950.00", null, "1250.00", "1400.00", "1500.00"),
                series("enterprise", "2400.00", "2400.00", "2900.00", "3300.00", "3300.00", "3600.00"));
        List<ChartSeries> eight = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            eight.add(series("plan " + (char) ('A' + i), Integer.toString(800 - 90 * i)));
        }
        Map<String, ChartSpec> charts = new LinkedHashMap<>();
        charts.put("line", money(ChartType.LINE, "MRR by plan, EUR", plans));
        charts.put("area", money(ChartType.AREA, "MRR by plan, EUR", plans.subList(0, 1)));
        charts.put("bar", money(ChartType.BAR, "MRR by plan, EUR", plans));
        charts.put(
                "bar_negative",
                money(ChartType.BAR, "Net revenue, EUR", List.of(series("NET REVENUE", "300.00", "-120.00", "80.00"))));
        charts.put("pie", money(ChartType.PIE, "MRR by plan, EUR", eight));
        charts.put("pie_one", money(ChartType.PIE, "MRR by plan, EUR", eight.subList(0, 1)));
        charts.put("table", money(ChartType.TABLE, "MRR by plan, EUR", plans));
        charts.put("forecast", forecast());
        charts.put("empty", money(ChartType.BAR, "MRR, EUR", List.of()));
        charts.put(
                "german",
                new ChartSpec(
                        ChartType.LINE,
                        "Umsatzbindung",
                        "NRR",
                        List.of(series("NRR", "0.98", "1.04", "1.1")),
                        ChartSpec.Unit.FRACTION,
                        null,
                        "de"));
        charts.put(
                "hostile",
                money(
                        ChartType.BAR,
                        "<script>&\"\u202e",
                        List.of(series("</text><image href=\"http://x\">", "1", "2"))));
        return charts;
    }

    private static String golden(String name) throws IOException {
        try (InputStream in = ChartFormatsTest.class.getResourceAsStream("/charts/" + name)) {
            return in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    @Tag("AN38")
    @Tag("AN40")
    @Tag("AC28")
    void picturesAreThoseThatWereLookedAt() throws Exception {
        Files.createDirectories(NEW);
        List<String> different = new ArrayList<>();
        for (Map.Entry<String, ChartSpec> chart : charts().entrySet()) {
            for (Theme theme : List.of(Theme.LIGHT, Theme.DARK)) {
                String name = chart.getKey() + "_" + theme.name().toLowerCase(Locale.ROOT) + ".svg";
                String svg = chart.getValue().toSvg(new SvgOptions(720, 400, theme));
                Files.writeString(NEW.resolve(name), svg);
                DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
                if (!svg.equals(golden(name))) {
                    different.add(name);
                }
            }
        }
        assertThat(different)
                .as("these are in %s now; look at each, then move it to src/test/resources/charts", NEW)
                .isEmpty();
    }

    @Test
    @Tag("AN40")
    @Tag("AC28")
    void aPieHasNoNegativeSliceAndAtMostSixOfItsOwn() {
        assertThatThrownBy(() -> money(ChartType.PIE, "x", List.of(series("a", "-1"))))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("BAR");
        Slices slices = Slices.of(Objects.requireNonNull(charts().get("pie")));
        assertThat(slices.slices())
                .extracting(Slices.Slice::name)
                .hasSize(7)
                .last()
                .isEqualTo("other");
        assertThat(slices.total()).isEqualByComparingTo("3880");
    }

    @Test
    @Tag("AN41")
    void everyFormatHoldsTheSameValues() {
        JsonCodec codec = JsonCodec.of(Currencies.iso());
        for (Map.Entry<String, ChartSpec> chart : charts().entrySet()) {
            ChartSpec spec = chart.getValue();
            String vega = spec.toVegaLite();
            String echarts = spec.toECharts();
            assertThat(codec.decode(vega.getBytes(StandardCharsets.UTF_8), Json.class))
                    .isInstanceOf(Json.JsonObject.class);
            assertThat(codec.decode(echarts.getBytes(StandardCharsets.UTF_8), Json.class))
                    .isInstanceOf(Json.JsonObject.class);
            if (spec.type() == ChartType.PIE) {
                continue;
            }
            for (ChartSeries series : spec.series()) {
                for (ChartPoint point : series.points()) {
                    BigDecimal value = point.value();
                    if (value != null) {
                        String plain = value.toPlainString();
                        assertThat(vega).as(chart.getKey()).contains("\"value\":" + plain);
                        assertThat(echarts).as(chart.getKey()).contains(plain);
                        assertThat(spec.toCsv()).as(chart.getKey()).contains(plain);
                    }
                }
            }
        }
        ChartSpec line = Objects.requireNonNull(charts().get("line"));
        assertThat(line.toVegaLite()).contains("\"series\":\"team\",\"value\":null");
        assertThat(line.toHtmlTable())
                .contains("<caption>MRR by plan, EUR</caption>")
                .contains("<th scope=\"col\">starter</th>")
                .contains("<th scope=\"row\">2026-02</th><td>1,350.50</td>");
        assertThat(line.toCsv()).startsWith("bucket,starter,team,enterprise\r\n2026-01,1200.00,800.00,2400.00\r\n");
        assertThat(forecast().toCsv()).contains("forecast,forecast lower,forecast upper\r\n");
    }

    @Test
    @Tag("AC29")
    @Tag("AC51")
    void noNameIsAFormula() {
        assertThat(Csv.text("=1+1")).isEqualTo("'=1+1");
        assertThat(Csv.text(" =1+1")).isEqualTo("' =1+1");
        assertThat(Csv.text("\uff1d1+1")).isEqualTo("'\uff1d1+1");
        assertThat(Csv.text("\t1")).isEqualTo("'\t1");
        assertThat(Csv.text("\r1")).isEqualTo("\"'\r1\"");
        assertThat(Csv.text("a,\"b\"")).isEqualTo("\"a,\"\"b\"\"\"");
        assertThat(Csv.text("plain")).isEqualTo("plain");
        ChartSpec spec = money(ChartType.BAR, "x", List.of(series("=1+1", "-5")));
        assertThat(spec.toCsv()).isEqualTo("bucket,'=1+1\r\n2026-01,-5\r\n");
        assertThat(Objects.requireNonNull(charts().get("hostile")).toHtmlTable())
                .doesNotContain("<script")
                .doesNotContain("<image")
                .contains("&lt;image");
    }

    @Test
    @Tag("AN39")
    void seriesAreToldApartWithoutColour() {
        String bars = Objects.requireNonNull(charts().get("bar")).toSvg(SvgOptions.defaults());
        assertThat(bars).contains("url(#f1)").contains("url(#f2)");
        String lines = Objects.requireNonNull(charts().get("line")).toSvg(SvgOptions.defaults());
        assertThat(lines).contains("stroke-dasharray=\"7 3\"").contains("stroke-dasharray=\"2 3\"");
    }
}
