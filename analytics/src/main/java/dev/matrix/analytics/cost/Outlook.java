package dev.matrix.analytics.cost;

import dev.matrix.analytics.forecast.Forecast;
import dev.matrix.analytics.forecast.ForecastOptions;
import dev.matrix.analytics.forecast.Forecaster;
import dev.matrix.analytics.forecast.TimeSeries;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a month of the next three is expected to use. It decides how sure advice is, and no figure of it. */
final class Outlook {

    private static final int MONTHS = 3;
    private static final int MIDDLE = 2;
    private static final ForecastOptions OPTIONS = ForecastOptions.defaults().withNonNegative(true);

    private Outlook() {}

    /** The middle one of the next three months, by the theta method; empty if nothing was used. */
    static Optional<PeriodUsage> of(BilledSubscription subscription) {
        TreeSet<String> meters = new TreeSet<>();
        subscription
                .periods()
                .forEach(period -> meters.addAll(period.quantities().keySet()));
        if (meters.isEmpty()) {
            return Optional.empty();
        }
        Map<String, BigDecimal> expected = new TreeMap<>();
        for (String meter : meters) {
            double[] values = subscription.periods().stream()
                    .mapToDouble(period -> period.of(meter).doubleValue())
                    .toArray();
            Forecast forecast = Forecaster.theta().forecast(TimeSeries.of(values), MONTHS, OPTIONS);
            expected.put(meter, BigDecimal.valueOf(Math.max(0, forecast.point(MIDDLE))));
        }
        PeriodUsage last = subscription.periods().get(subscription.periods().size() - 1);
        return Optional.of(last.with(expected));
    }
}
