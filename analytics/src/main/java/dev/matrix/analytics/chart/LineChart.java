package dev.matrix.analytics.chart;

import dev.matrix.analytics.chart.Canvas.Spot;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Draws lines, their bands, and for areas what is below them. A gap stays a gap. Not thread-safe. */
final class LineChart {

    private final ChartSpec spec;
    private final Canvas canvas;
    private final Plot plot;

    LineChart(ChartSpec spec, SvgOptions options) {
        this.spec = spec;
        this.canvas = new Canvas(spec, options);
        this.plot = new Plot(spec, canvas);
    }

    String svg() {
        canvas.open();
        plot.grid();
        for (int i = 0; i < spec.series().size(); i++) {
            line(i, spec.series().get(i));
        }
        plot.zero();
        plot.legend();
        return canvas.close();
    }

    private void line(int index, ChartSeries series) {
        band(index, series);
        List<Spot> run = new ArrayList<>();
        for (int i = 0; i < series.points().size(); i++) {
            BigDecimal value = series.points().get(i).value();
            if (value == null) {
                path(index, series, run);
                run.clear();
            } else {
                run.add(spot(i, value));
            }
        }
        path(index, series, run);
    }

    private Spot spot(int index, BigDecimal value) {
        return new Spot(plot.x(index), plot.y(value.doubleValue()));
    }

    private void band(int index, ChartSeries series) {
        List<Spot> upper = new ArrayList<>();
        List<Spot> lower = new ArrayList<>();
        for (int i = 0; i < series.points().size(); i++) {
            @Nullable BigDecimal low = series.points().get(i).lower();
            @Nullable BigDecimal high = series.points().get(i).upper();
            if (low != null && high != null) {
                upper.add(spot(i, high));
                lower.add(0, spot(i, low));
            }
        }
        if (upper.size() > 1) {
            canvas.band(index, joined(upper) + "L" + joined(lower).substring(1) + "Z");
        } else if (upper.size() == 1) {
            double half = Math.min(6, plot.step() / 4);
            double x = upper.get(0).x();
            canvas.band(
                    index,
                    joined(List.of(
                                    new Spot(x - half, upper.get(0).y()),
                                    new Spot(x + half, upper.get(0).y()),
                                    new Spot(x + half, lower.get(0).y()),
                                    new Spot(x - half, lower.get(0).y())))
                            + "Z");
        }
    }

    private static String joined(List<Spot> run) {
        StringBuilder data = new StringBuilder();
        for (Spot spot : run) {
            data.append(data.isEmpty() ? "M" : "L")
                    .append(Canvas.number(spot.x()))
                    .append(' ')
                    .append(Canvas.number(spot.y()));
        }
        return data.toString();
    }

    private void path(int index, ChartSeries series, List<Spot> run) {
        if (run.size() > 1) {
            if (spec.type() == ChartType.AREA) {
                String zero = Canvas.number(plot.y(0));
                canvas.band(
                        index,
                        joined(run) + "V" + zero + "H"
                                + Canvas.number(run.get(0).x()) + "Z");
            }
            canvas.stroke(index, series.dashed(), joined(run));
        }
        run.forEach(spot -> canvas.mark(index, spot));
    }
}
