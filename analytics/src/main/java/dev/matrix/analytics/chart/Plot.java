package dev.matrix.analytics.chart;

import dev.matrix.analytics.chart.Canvas.Spot;
import java.util.ArrayList;
import java.util.List;

/** What charts with two axes have in common: where values and labels are, the grid, and the legend. Not thread-safe. */
final class Plot {

    private static final int TOP = 48;
    private static final int LEFT = 64;
    private static final int RIGHT = 20;
    private static final int AXIS = 28;
    private static final int LEGEND_ROW = 18;
    private static final int LEGEND_MARK = 26;
    private static final int LEGEND_GAP = 18;

    private final ChartSpec spec;
    private final Canvas canvas;
    private final ValueAxis axis;
    private final List<List<ChartSeries>> legend;
    private final double right;
    private final double bottom;

    Plot(ChartSpec spec, Canvas canvas) {
        this.spec = spec;
        this.canvas = canvas;
        this.axis = new ValueAxis(spec);
        this.legend = legendRows();
        this.right = Math.max(LEFT + 10, canvas.width() - RIGHT);
        this.bottom = Math.max(TOP + 10, canvas.height() - AXIS - LEGEND_ROW * legend.size() - 6);
    }

    private List<List<ChartSeries>> legendRows() {
        List<List<ChartSeries>> rows = new ArrayList<>();
        double used = canvas.width();
        for (ChartSeries series : spec.series()) {
            double width = legendWidth(series);
            if (used + width > canvas.width() - RIGHT || rows.isEmpty()) {
                rows.add(new ArrayList<>());
                used = LEFT;
            }
            rows.get(rows.size() - 1).add(series);
            used += width;
        }
        return rows;
    }

    private static double legendWidth(ChartSeries series) {
        return LEGEND_MARK + LEGEND_GAP + Canvas.textWidth(name(series));
    }

    private static String name(ChartSeries series) {
        return Canvas.shortened(series.name(), Canvas.LONGEST_NAME);
    }

    double left() {
        return LEFT;
    }

    double right() {
        return right;
    }

    /** The middle of a label's place. */
    double x(int index) {
        int points = spec.labels().size();
        double step = (right - LEFT) / Math.max(1, points);
        return LEFT + step * (index + 0.5);
    }

    /** How wide a label's place is. */
    double step() {
        return (right - LEFT) / Math.max(1, spec.labels().size());
    }

    double y(double value) {
        return bottom - (bottom - TOP) * axis.share(value);
    }

    /** The grid with its labels, the hatched bucket that has not ended, and, where there is none, that there is no data. */
    void grid() {
        for (double tick : axis.ticks()) {
            double y = y(tick);
            canvas.line("grid", new Spot(LEFT, y), new Spot(right, y), "");
            canvas.text("", new Spot(LEFT - 8, y + 4), "end", ValueAxis.label(tick, spec));
        }
        List<ChartPoint> labels = spec.labels();
        int longest =
                labels.stream().mapToInt(point -> point.label().length()).max().orElse(1);
        int fitting = Math.max(1, (int) ((right - LEFT) / (Canvas.CHARACTER * longest + 12)));
        int every = Math.max(1, (labels.size() + fitting - 1) / fitting);
        for (int i = labels.size() - 1; i >= 0; i -= every) {
            canvas.text("", new Spot(x(i), bottom + 18), "middle", labels.get(i).label());
        }
        partial(labels);
        if (isEmpty()) {
            canvas.text("", new Spot((LEFT + right) / 2, (TOP + bottom) / 2), "middle", "No data");
        }
    }

    private void partial(List<ChartPoint> labels) {
        for (int i = 0; i < labels.size(); i++) {
            if (labels.get(i).partial()) {
                double from = x(i) - step() / 2;
                canvas.hatched(from, TOP, step(), bottom - TOP);
                // Where the label's place is wide enough it stands over its middle, else it ends where the place ends.
                boolean wide = step() > Canvas.textWidth("so far");
                canvas.text("", new Spot(wide ? x(i) : from + step(), TOP - 4), wide ? "middle" : "end", "so far");
                return;
            }
        }
    }

    /** The line of zero. */
    void zero() {
        canvas.line("axis", new Spot(LEFT, y(0)), new Spot(right, y(0)), "");
    }

    private boolean isEmpty() {
        return spec.series().stream()
                .flatMap(series -> series.points().stream())
                .allMatch(point -> point.value() == null);
    }

    void legend() {
        double y = bottom + AXIS + LEGEND_ROW;
        int index = 0;
        for (List<ChartSeries> row : legend) {
            double x = LEFT;
            for (ChartSeries series : row) {
                canvas.line(
                        "ln s" + Canvas.colour(index),
                        new Spot(x, y - 4),
                        new Spot(x + 20, y - 4),
                        Canvas.dash(index, series.dashed()));
                canvas.mark(index, new Spot(x + 10, y - 4));
                canvas.text("", new Spot(x + LEGEND_MARK, y), "start", name(series));
                x += legendWidth(series);
                index++;
            }
            y += LEGEND_ROW;
        }
    }
}
