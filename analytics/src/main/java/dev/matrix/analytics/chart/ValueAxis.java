package dev.matrix.analytics.chart;

import java.math.BigDecimal;
import java.text.NumberFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The bounds and ticks of the values: steps of 1, 2 or 5 × 10ⁿ, about five of them, with both bounds on a tick. */
final class ValueAxis {

    private static final int TICKS = 5;
    private static final int SMALL = 1_000;

    private final List<Double> ticks = new ArrayList<>();
    private final double low;
    private final double high;

    ValueAxis(ChartSpec spec) {
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        for (ChartSeries series : spec.series()) {
            for (ChartPoint point : series.points()) {
                BigDecimal value = point.value();
                for (BigDecimal each : new BigDecimal[] {value, point.lower(), point.upper()}) {
                    if (each != null) {
                        least = Math.min(least, each.doubleValue());
                        most = Math.max(most, each.doubleValue());
                    }
                }
            }
        }
        if (least > most) {
            least = 0;
            most = 1;
        }
        least = Math.min(0, least);
        most = most <= least ? Math.max(1, least + 1) : Math.max(0, most);
        double step = step((most - least) / TICKS);
        long first = (long) Math.floor(least / step);
        long last = (long) Math.ceil(most / step);
        for (long tick = first; tick <= last; tick++) {
            ticks.add(tick * step);
        }
        this.low = first * step;
        this.high = last * step;
    }

    private static double step(double rough) {
        double power = Math.pow(10, Math.floor(Math.log10(rough)));
        double digits = rough / power;
        return power * (digits <= 1 ? 1 : digits <= 2 ? 2 : digits <= 5 ? 5 : 10);
    }

    List<Double> ticks() {
        return ticks;
    }

    /** Where a value is between the bounds, 0 to 1. */
    double share(double value) {
        return (value - low) / (high - low);
    }

    /** Short, by the language's own rules: 12K, 1.5M, 92%. */
    static String label(double value, ChartSpec spec) {
        Locale locale = Locale.forLanguageTag(spec.language());
        // The compact form of small numbers has no decimals, so ticks of 0.5 would be told as 0 and 1.
        NumberFormat format = spec.unit() == ChartSpec.Unit.FRACTION
                ? NumberFormat.getPercentInstance(locale)
                : Math.abs(value) < SMALL
                        ? NumberFormat.getNumberInstance(locale)
                        : NumberFormat.getCompactNumberInstance(locale, NumberFormat.Style.SHORT);
        format.setMaximumFractionDigits(2);
        return format.format(value);
    }

    /** In full, by the language's own rules: money and counts as they are, shares in percent. */
    static String exact(BigDecimal value, ChartSpec spec) {
        Locale locale = Locale.forLanguageTag(spec.language());
        NumberFormat format = spec.unit() == ChartSpec.Unit.FRACTION
                ? NumberFormat.getPercentInstance(locale)
                : NumberFormat.getNumberInstance(locale);
        boolean fraction = spec.unit() == ChartSpec.Unit.FRACTION;
        format.setMinimumFractionDigits(fraction ? 0 : Math.max(0, value.scale()));
        format.setMaximumFractionDigits(fraction ? 2 : Math.max(0, value.scale()));
        return format.format(value);
    }
}
