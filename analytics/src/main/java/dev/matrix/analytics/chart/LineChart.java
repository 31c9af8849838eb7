package dev.matrix.analytics.chart;

import dev.matrix.analytics.chart.Theme.Palette;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Draws one chart. Not thread-safe. */
final class LineChart {

    private static final int TOP = 40;
    private static final int LEFT = 64;
    private static final int RIGHT = 20;
    private static final int AXIS = 28;
    private static final int LEGEND_ROW = 18;
    private static final int LEGEND_MARK = 26;
    private static final int LEGEND_GAP = 18;
    /** About the mean width of a character at 12 pixels; nothing is placed by it more closely than that. */
    private static final double CHARACTER = 6.6;

    private static final int LONGEST_NAME = 40;
    private static final String[] DASHES = {"", "7 3", "2 3", "9 3 2 3"};

    private record Spot(double x, double y) {}

    private final ChartSpec spec;
    private final SvgOptions options;
    private final ValueAxis axis;
    private final List<List<ChartSeries>> legend;
    private final StringBuilder out = new StringBuilder(8_192);
    private final double plotRight;
    private final double plotBottom;

    LineChart(ChartSpec spec, SvgOptions options) {
        this.spec = spec;
        this.options = options;
        this.axis = new ValueAxis(spec);
        this.legend = legend();
        this.plotRight = Math.max(LEFT + 10, options.width() - RIGHT);
        this.plotBottom = Math.max(TOP + 10, options.height() - AXIS - LEGEND_ROW * legend.size() - 6);
    }

    private List<List<ChartSeries>> legend() {
        List<List<ChartSeries>> rows = new ArrayList<>();
        double used = options.width();
        for (ChartSeries series : spec.series()) {
            double width = legendWidth(series);
            if (used + width > options.width() - RIGHT || rows.isEmpty()) {
                rows.add(new ArrayList<>());
                used = LEFT;
            }
            rows.get(rows.size() - 1).add(series);
            used += width;
        }
        return rows;
    }

    private static double legendWidth(ChartSeries series) {
        return LEGEND_MARK
                + LEGEND_GAP
                + CHARACTER * name(series).codePointCount(0, name(series).length());
    }

    private static String name(ChartSeries series) {
        String name = series.name();
        return name.codePointCount(0, name.length()) <= LONGEST_NAME
                ? name
                : name.substring(0, name.offsetByCodePoints(0, LONGEST_NAME - 1)) + "…";
    }

    String svg() {
        out.append("<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" aria-labelledby=\"t d\" width=\"")
                .append(options.width())
                .append("\" height=\"")
                .append(options.height())
                .append("\" viewBox=\"0 0 ")
                .append(options.width())
                .append(' ')
                .append(options.height())
                .append("\">\n<title id=\"t\">")
                .append(Xml.text(spec.title()))
                .append("</title>\n<desc id=\"d\">")
                .append(Xml.text(spec.description()))
                .append("</desc>\n");
        style();
        out.append("<rect class=\"bg\" width=\"100%\" height=\"100%\"/>\n");
        text("title", LEFT, 24, "start", spec.title());
        grid();
        partial();
        if (isEmpty()) {
            text("", (LEFT + plotRight) / 2, (TOP + plotBottom) / 2, "middle", "No data");
        }
        for (int i = 0; i < spec.series().size(); i++) {
            line(i, spec.series().get(i));
        }
        names();
        return out.append("</svg>\n").toString();
    }

    private boolean isEmpty() {
        return spec.series().stream()
                .flatMap(series -> series.points().stream())
                .allMatch(point -> point.value() == null);
    }

    private void style() {
        out.append("<style>text{font:12px system-ui,sans-serif}.title{font-size:15px;font-weight:600}")
                .append("path,.ln{fill:none;stroke-width:2}.grid{stroke-width:1}");
        switch (options.theme()) {
            case LIGHT -> palette(Theme.ON_WHITE);
            case DARK -> palette(Theme.ON_BLACK);
            case AUTO -> {
                palette(Theme.ON_WHITE);
                out.append("@media (prefers-color-scheme:dark){");
                palette(Theme.ON_BLACK);
                out.append('}');
            }
        }
        out.append("</style>\n<defs><pattern id=\"p\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\"")
                .append(" patternTransform=\"rotate(45)\"><line class=\"grid\" x1=\"0\" y1=\"0\" x2=\"0\" y2=\"6\"/>")
                .append("</pattern></defs>\n");
    }

    private void palette(Palette palette) {
        out.append(".bg{fill:")
                .append(palette.background())
                .append("}text{fill:")
                .append(palette.text())
                .append("}.grid{stroke:")
                .append(palette.grid())
                .append('}');
        for (int i = 0; i < palette.lines().size(); i++) {
            String colour = palette.lines().get(i);
            out.append(".s").append(i).append("{stroke:").append(colour).append('}');
            out.append(".m").append(i).append("{fill:").append(colour).append('}');
        }
    }

    private void grid() {
        for (double tick : axis.ticks()) {
            double y = y(tick);
            line("grid", new Spot(LEFT, y), new Spot(plotRight, y), "");
            text("", LEFT - 8, y + 4, "end", ValueAxis.label(tick, spec));
        }
        List<ChartPoint> labels = spec.labels();
        int longest =
                labels.stream().mapToInt(point -> point.label().length()).max().orElse(1);
        int fitting = Math.max(1, (int) ((plotRight - LEFT) / (CHARACTER * longest + 12)));
        int every = Math.max(1, (labels.size() + fitting - 1) / fitting);
        for (int i = labels.size() - 1; i >= 0; i -= every) {
            text("", x(i), plotBottom + 18, "middle", labels.get(i).label());
        }
    }

    /** The bucket that has not ended is hatched and named. */
    private void partial() {
        List<ChartPoint> labels = spec.labels();
        for (int i = 0; i < labels.size(); i++) {
            if (labels.get(i).partial()) {
                double left = i == 0 ? LEFT : (x(i - 1) + x(i)) / 2;
                out.append("<rect fill=\"url(#p)\" x=\"")
                        .append(number(left))
                        .append("\" y=\"")
                        .append(TOP)
                        .append("\" width=\"")
                        .append(number(plotRight - left))
                        .append("\" height=\"")
                        .append(number(plotBottom - TOP))
                        .append("\"/>\n");
                text("", plotRight, TOP - 4, "end", "so far");
                return;
            }
        }
    }

    private void line(int index, ChartSeries series) {
        List<Spot> run = new ArrayList<>();
        for (int i = 0; i < series.points().size(); i++) {
            BigDecimal value = series.points().get(i).value();
            if (value == null) {
                path(index, run);
                run.clear();
            } else {
                run.add(new Spot(x(i), y(value.doubleValue())));
            }
        }
        path(index, run);
    }

    private void path(int index, List<Spot> run) {
        if (run.size() > 1) {
            out.append("<path class=\"s")
                    .append(colour(index))
                    .append('"')
                    .append(dash(index))
                    .append(" d=\"");
            for (int i = 0; i < run.size(); i++) {
                out.append(i == 0 ? "M" : "L")
                        .append(number(run.get(i).x()))
                        .append(' ')
                        .append(number(run.get(i).y()));
            }
            out.append("\"/>\n");
        }
        run.forEach(spot -> mark(index, spot));
    }

    private static int colour(int index) {
        return index % Theme.ON_WHITE.lines().size();
    }

    private static String dash(int index) {
        String dash = DASHES[index % DASHES.length];
        return dash.isEmpty() ? "" : " stroke-dasharray=\"" + dash + '"';
    }

    private void mark(int index, Spot at) {
        String shape = switch (index % 4) {
            case 0 -> "M-3.2 0A3.2 3.2 0 1 0 3.2 0A3.2 3.2 0 1 0 -3.2 0Z";
            case 1 -> "M-3-3H3V3H-3Z";
            case 2 -> "M0-4L4 3H-4Z";
            default -> "M0-4L4 0L0 4L-4 0Z";
        };
        out.append("<path class=\"m")
                .append(colour(index))
                .append("\" style=\"stroke:none\" d=\"")
                .append(shape)
                .append("\" transform=\"translate(")
                .append(number(at.x()))
                .append(' ')
                .append(number(at.y()))
                .append(")\"/>\n");
    }

    private void names() {
        double y = plotBottom + AXIS + LEGEND_ROW;
        int index = 0;
        for (List<ChartSeries> row : legend) {
            double x = LEFT;
            for (ChartSeries series : row) {
                line("ln s" + colour(index), new Spot(x, y - 4), new Spot(x + 20, y - 4), dash(index));
                mark(index, new Spot(x + 10, y - 4));
                text("", x + LEGEND_MARK, y, "start", name(series));
                x += legendWidth(series);
                index++;
            }
            y += LEGEND_ROW;
        }
    }

    private void line(String style, Spot from, Spot to, String more) {
        out.append("<line class=\"")
                .append(style)
                .append("\" x1=\"")
                .append(number(from.x()))
                .append("\" y1=\"")
                .append(number(from.y()))
                .append("\" x2=\"")
                .append(number(to.x()))
                .append("\" y2=\"")
                .append(number(to.y()))
                .append('"')
                .append(more)
                .append("/>\n");
    }

    private void text(String style, double x, double y, String anchor, @Nullable String text) {
        out.append("<text x=\"")
                .append(number(x))
                .append("\" y=\"")
                .append(number(y))
                .append('"');
        if (!style.isEmpty()) {
            out.append(" class=\"").append(style).append('"');
        }
        out.append(" text-anchor=\"")
                .append(anchor)
                .append("\">")
                .append(Xml.text(text == null ? "" : text))
                .append("</text>\n");
    }

    private double x(int index) {
        int points = spec.labels().size();
        double inset = Math.min(24, (plotRight - LEFT) / 4);
        double left = LEFT + inset;
        double width = plotRight - inset - left;
        return points <= 1 ? left + width / 2 : left + width * index / (points - 1);
    }

    private double y(double value) {
        return plotBottom - (plotBottom - TOP) * axis.share(value);
    }

    /** One decimal, the same on every platform. */
    private static String number(double value) {
        return String.format(
                Locale.ROOT,
                "%s",
                BigDecimal.valueOf(value).setScale(1, RoundingMode.HALF_EVEN).toPlainString());
    }
}
