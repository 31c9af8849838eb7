package dev.matrix.analytics.chart;

import dev.matrix.analytics.chart.Canvas.Spot;
import java.math.BigDecimal;

/** Draws the values as a table; what doesn't fit is counted in its last row. Not thread-safe. */
final class TableChart {

    private static final int TOP = 56;
    private static final int EDGE = 16;
    private static final int ROW = 20;
    private static final int NARROWEST = 90;

    private final ChartSpec spec;
    private final Canvas canvas;

    TableChart(ChartSpec spec, SvgOptions options) {
        this.spec = spec;
        this.canvas = new Canvas(spec, options);
    }

    String svg() {
        canvas.open();
        int rows = spec.labels().size();
        int fittingRows = Math.max(1, (canvas.height() - TOP - EDGE) / ROW - 1);
        int fittingColumns = Math.max(1, (canvas.width() - 2 * EDGE) / NARROWEST - 1);
        int columns = Math.min(spec.series().size(), fittingColumns);
        double width = (canvas.width() - 2.0 * EDGE) / (columns + 1);
        for (int c = 0; c < columns; c++) {
            cell("head", c + 1, 0, width, spec.series().get(c).name());
        }
        canvas.line("axis", new Spot(EDGE, TOP + 6), new Spot(canvas.width() - EDGE, TOP + 6), "");
        int shown = rows <= fittingRows ? rows : fittingRows - 1;
        // The latest rows are those that matter.
        for (int r = 0; r < shown; r++) {
            int at = rows - shown + r;
            ChartPoint label = spec.labels().get(at);
            canvas.text(
                    "",
                    new Spot(EDGE, TOP + ROW * (r + 1)),
                    "start",
                    label.label() + (label.partial() ? " so far" : ""));
            for (int c = 0; c < columns; c++) {
                BigDecimal value = spec.series().get(c).points().get(at).value();
                cell("", c + 1, r + 1, width, value == null ? "–" : ValueAxis.exact(value, spec));
            }
        }
        if (rows == 0) {
            canvas.text("", new Spot(EDGE, TOP + ROW), "start", "No data");
        } else if (shown < rows || columns < spec.series().size()) {
            canvas.text(
                    "",
                    new Spot(EDGE, TOP + ROW * (shown + 1)),
                    "start",
                    "and " + (rows - shown) + " earlier rows, " + (spec.series().size() - columns) + " more columns");
        }
        return canvas.close();
    }

    private void cell(String style, int column, int row, double width, String text) {
        int fitting = (int) ((width - 8) / Canvas.CHARACTER);
        canvas.text(
                style, new Spot(EDGE + width * (column + 1), TOP + ROW * row), "end", Canvas.shortened(text, fitting));
    }
}
