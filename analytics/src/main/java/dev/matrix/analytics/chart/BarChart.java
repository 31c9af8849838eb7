package dev.matrix.analytics.chart;

import java.math.BigDecimal;

/** Draws bars side by side, from 0, each series with its pattern. Not thread-safe. */
final class BarChart {

    private static final double FILLED = 0.8;

    private final ChartSpec spec;
    private final Canvas canvas;
    private final Plot plot;

    BarChart(ChartSpec spec, SvgOptions options) {
        this.spec = spec;
        this.canvas = new Canvas(spec, options);
        this.plot = new Plot(spec, canvas);
    }

    String svg() {
        canvas.open();
        plot.grid();
        int count = Math.max(1, spec.series().size());
        double width = plot.step() * FILLED / count;
        for (int i = 0; i < spec.series().size(); i++) {
            for (int p = 0; p < spec.series().get(i).points().size(); p++) {
                BigDecimal value = spec.series().get(i).points().get(p).value();
                if (value != null) {
                    double left = plot.x(p) - plot.step() * FILLED / 2 + width * i;
                    bar(i, left, width, value.doubleValue());
                }
            }
        }
        plot.zero();
        plot.legend();
        return canvas.close();
    }

    private void bar(int index, double left, double width, double value) {
        canvas.fill(
                index,
                "M" + Canvas.number(left) + " " + Canvas.number(plot.y(0)) + "V" + Canvas.number(plot.y(value)) + "H"
                        + Canvas.number(left + Math.max(1, width - 1)) + "V" + Canvas.number(plot.y(0)) + "Z");
    }
}
