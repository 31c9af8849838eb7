package dev.matrix.analytics.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.InvalidRequestException;
import java.io.StringReader;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

/** The picture of a line chart. */
class LineChartTest {

    private static ChartSeries series(String name, @Nullable String... values) {
        List<ChartPoint> points = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            String value = values[i];
            points.add(ChartPoint.of(
                    "2026-0" + (i + 1), value == null ? null : new BigDecimal(value), i == values.length - 1));
        }
        return ChartSeries.of(name, points);
    }

    private static ChartSpec spec(String title, ChartSeries... series) {
        return new ChartSpec(
                ChartType.LINE, title, "What it shows.", List.of(series), ChartSpec.Unit.MONEY, "EUR", "en");
    }

    private static Document parsed(String svg) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        return factory.newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
    }

    @Test
    @Tag("AN38")
    @Tag("AN70")
    void hostileNamesAreText() throws Exception {
        String title = "<script>&\"\u0000\u202e\ud83d\ude00";
        String svg = spec(title, series("</text><image href=\"http://x\">", "1", "2"))
                .toSvg(SvgOptions.defaults());

        Document document = parsed(svg);
        assertThat(document.getElementsByTagName("title").item(0).getTextContent())
                .isEqualTo("<script>&\"\ufffd\ufffd\ud83d\ude00");
        assertThat(document.getElementsByTagName("script").getLength()).isZero();
        assertThat(document.getElementsByTagName("image").getLength()).isZero();
        assertThat(svg.replace("http://www.w3.org/2000/svg", ""))
                .doesNotContain("href=\"")
                .doesNotContain("src=");
        assertThat(document.getDocumentElement().getAttribute("role")).isEqualTo("img");
    }

    @Test
    @Tag("AN40")
    void aGapIsTwoPaths() throws Exception {
        Document whole =
                parsed(spec("MRR", series("a", "1", "2", "3", "4", "5")).toSvg(SvgOptions.defaults()));
        Document broken =
                parsed(spec("MRR", series("a", "1", "2", null, "4", "5")).toSvg(SvgOptions.defaults()));
        assertThat(lines(whole)).isEqualTo(1);
        assertThat(lines(broken)).isEqualTo(2);
        assertThat(parsed(spec("MRR").toSvg(SvgOptions.defaults()))
                        .getDocumentElement()
                        .getTextContent())
                .contains("No data");
    }

    private static int lines(Document document) {
        int lines = 0;
        var paths = document.getElementsByTagName("path");
        for (int i = 0; i < paths.getLength(); i++) {
            String style = paths.item(i).getAttributes().getNamedItem("class").getNodeValue();
            lines += style.startsWith("s") ? 1 : 0;
        }
        return lines;
    }

    @Test
    @Tag("AN40")
    void ticksAreRoundAndTheOpenBucketIsNamed() {
        String svg = spec("MRR", series("a", "12000", "48000", "51000.25")).toSvg(SvgOptions.defaults());
        assertThat(svg)
                .contains(">0</text>")
                .contains(">20K</text>")
                .contains(">60K</text>")
                .contains(">so far</text>");
        assertThat(svg)
                .isEqualTo(
                        spec("MRR", series("a", "12000", "48000", "51000.25")).toSvg(SvgOptions.defaults()));
        assertThat(svg.length()).isLessThan(40_000);
    }

    @Test
    @Tag("AN39")
    void marksAndTextsStandOutInBothThemes() {
        for (Theme.Palette palette : List.of(Theme.ON_WHITE, Theme.ON_BLACK)) {
            assertThat(contrast(palette.text(), palette.background())).isGreaterThan(4.5);
            assertThat(palette.lines())
                    .allSatisfy(line -> assertThat(contrast(line, palette.background()))
                            .as(line)
                            .isGreaterThanOrEqualTo(3));
        }
        String auto = spec("MRR", series("a", "1", "2")).toSvg(SvgOptions.defaults());
        assertThat(auto).contains("prefers-color-scheme:dark");
        assertThat(spec("MRR", series("a", "1", "2")).toSvg(new SvgOptions(300, 200, Theme.DARK)))
                .contains(Theme.ON_BLACK.background())
                .doesNotContain("prefers-color-scheme");
    }

    /** WCAG 2, contrast ratio. */
    private static double contrast(String one, String other) {
        double a = luminance(one);
        double b = luminance(other);
        return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    }

    private static double luminance(String colour) {
        int rgb = Integer.parseInt(colour.substring(1), 16);
        return 0.2126 * linear(rgb >> 16 & 255) + 0.7152 * linear(rgb >> 8 & 255) + 0.0722 * linear(rgb & 255);
    }

    private static double linear(int channel) {
        double share = channel / 255.0;
        return share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
    }

    @Test
    void whatCanNotBeDrawnIsRefused() {
        assertThatThrownBy(() -> new SvgOptions(99, 400, Theme.AUTO)).isInstanceOf(InvalidRequestException.class);
        List<ChartSeries> many = new ArrayList<>();
        for (int i = 0; i < 51; i++) {
            many.add(series("a", "1"));
        }
        assertThatThrownBy(() -> spec("MRR", many.toArray(ChartSeries[]::new)))
                .isInstanceOf(InvalidRequestException.class);
    }
}
