package dev.matrix.analytics.chart;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The slices of a pie: the last value of each series, the largest six, the others as one. */
record Slices(List<Slice> slices, BigDecimal total) {

    private static final int MOST = 6;

    record Slice(String name, BigDecimal value) {}

    private static @Nullable BigDecimal last(ChartSeries series) {
        for (int i = series.points().size() - 1; i >= 0; i--) {
            BigDecimal value = series.points().get(i).value();
            if (value != null) {
                return value;
            }
        }
        return null;
    }

    static boolean hasNegative(List<ChartSeries> series) {
        return series.stream().anyMatch(each -> {
            BigDecimal last = last(each);
            return last != null && last.signum() < 0;
        });
    }

    static Slices of(ChartSpec spec) {
        List<Slice> all = new ArrayList<>();
        for (ChartSeries series : spec.series()) {
            BigDecimal last = last(series);
            if (last != null && last.signum() > 0) {
                all.add(new Slice(series.name(), last));
            }
        }
        all.sort(Comparator.comparing(Slice::value).reversed());
        List<Slice> slices = new ArrayList<>(all.subList(0, Math.min(MOST, all.size())));
        BigDecimal rest = all.stream().skip(MOST).map(Slice::value).reduce(BigDecimal.ZERO, BigDecimal::add);
        if (rest.signum() > 0) {
            slices.add(new Slice("other", rest));
        }
        return new Slices(slices, slices.stream().map(Slice::value).reduce(BigDecimal.ZERO, BigDecimal::add));
    }
}
