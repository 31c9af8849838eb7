package dev.matrix.analytics.chart;

import dev.matrix.analytics.chart.Canvas.Spot;
import dev.matrix.analytics.chart.Slices.Slice;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.NumberFormat;
import java.util.List;

/** Draws slices clockwise from 12 o'clock, the largest first. Not thread-safe. */
final class PieChart {

    private static final int TOP = 48;
    private static final int EDGE = 16;
    private static final int ROW = 20;
    private static final int SHARE_DECIMALS = 10;
    /** Coordinates have one decimal; a slice that comes round to its own start needs a gap to be drawn. */
    private static final double WHOLE = 0.99999;

    private final ChartSpec spec;
    private final Canvas canvas;
    private final Slices slices;

    PieChart(ChartSpec spec, SvgOptions options) {
        this.spec = spec;
        this.canvas = new Canvas(spec, options);
        this.slices = Slices.of(spec);
    }

    String svg() {
        canvas.open();
        double radius = Math.max(20, Math.min(canvas.width() * 0.22, (canvas.height() - TOP - EDGE) / 2.0));
        Spot centre = new Spot(EDGE + radius, TOP + radius);
        if (slices.slices().isEmpty()) {
            canvas.text("", new Spot(canvas.width() / 2.0, canvas.height() / 2.0), "middle", "No data");
        }
        double from = 0;
        List<Slice> all = slices.slices();
        for (int i = 0; i < all.size(); i++) {
            double share = share(all.get(i));
            slice(i, centre, radius, from, share);
            legend(i, all.get(i), centre.x() + radius + 2 * EDGE);
            from += share;
        }
        return canvas.close();
    }

    private double share(Slice slice) {
        return slice.value()
                .divide(slices.total(), SHARE_DECIMALS, RoundingMode.HALF_EVEN)
                .doubleValue();
    }

    private static Spot at(Spot centre, double radius, double turn) {
        return new Spot(
                centre.x() + radius * StrictMath.sin(2 * Math.PI * turn),
                centre.y() - radius * StrictMath.cos(2 * Math.PI * turn));
    }

    private static String spot(Spot spot) {
        return Canvas.number(spot.x()) + " " + Canvas.number(spot.y());
    }

    private void slice(int index, Spot centre, double radius, double from, double share) {
        String size = Canvas.number(radius);
        if (share > WHOLE) {
            String half = "A" + size + " " + size + " 0 1 1 ";
            canvas.fill(
                    index,
                    "M" + spot(at(centre, radius, 0)) + half + spot(at(centre, radius, 0.5)) + half
                            + spot(at(centre, radius, 0)) + "Z");
            return;
        }
        canvas.fill(
                index,
                "M" + spot(centre) + "L" + spot(at(centre, radius, from)) + "A" + size + " " + size + " 0 "
                        + (share > 0.5 ? 1 : 0) + " 1 " + spot(at(centre, radius, from + share)) + "Z");
    }

    private void legend(int index, Slice slice, double left) {
        double y = TOP + ROW * (index + 0.7);
        canvas.fill(index, "M" + Canvas.number(left) + " " + Canvas.number(y - 10) + "h12v12h-12Z");
        NumberFormat percent = NumberFormat.getPercentInstance(spec.locale());
        percent.setMaximumFractionDigits(1);
        String text = slice.name() + ": " + ValueAxis.exact(slice.value(), spec) + ", "
                + percent.format(BigDecimal.valueOf(share(slice)));
        int fitting = (int) ((canvas.width() - left - 20 - EDGE) / Canvas.CHARACTER);
        canvas.text("", new Spot(left + 20, y), "start", Canvas.shortened(text, fitting));
    }
}
