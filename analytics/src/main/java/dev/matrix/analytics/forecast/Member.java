package dev.matrix.analytics.forecast;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A forecaster as a model within another. */
final class Member {

    private static final double ONE_DEVIATION = 0.6826894921370859;

    private Member() {}

    static Model of(Forecaster forecaster) {
        return forecaster instanceof GuardedForecaster guarded ? guarded.model() : foreign(forecaster);
    }

    static List<Model> all(List<Forecaster> forecasters) {
        List<Model> models = new ArrayList<>();
        forecasters.forEach(forecaster -> models.add(of(forecaster)));
        return models;
    }

    /** A host's own: its deviation is half the width of its interval of 68 %. */
    private static Model foreign(Forecaster forecaster) {
        return (series, horizon, options) -> {
            Forecast forecast = forecaster.forecast(series, horizon, options);
            double[] points = new double[horizon];
            double[] deviations = new double[horizon];
            Arrays.setAll(points, h -> forecast.point(h + 1));
            Arrays.setAll(
                    deviations, h -> (forecast.upper(ONE_DEVIATION, h + 1) - forecast.lower(ONE_DEVIATION, h + 1)) / 2);
            return new Model.Outlook(
                    forecast.model(),
                    points,
                    deviations,
                    forecast.parameters(),
                    forecast.logLikelihood(),
                    forecast.aicc());
        };
    }
}
