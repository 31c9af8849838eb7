package dev.matrix.analytics.forecast;

import dev.matrix.analytics.forecast.EtsFit.Fitted;
import dev.matrix.analytics.forecast.EtsModel.Errors;
import dev.matrix.analytics.forecast.EtsModel.Season;
import dev.matrix.analytics.forecast.EtsModel.Trend;

/** Exponential smoothing of the possible form with the lowest AICc; of equals the first, in the order of the enums. */
record AutoEts() implements Model {

    @Override
    public Outlook project(TimeSeries series, int horizon, ForecastOptions options) {
        double[] values = series.values();
        boolean positive = EtsFit.isPositive(values);
        boolean seasonal = EtsFit.seasonFits(series);
        Fitted best = EtsFit.fit(EtsModel.parse("ANN"), values, series.period());
        for (Errors error : Errors.values()) {
            for (Trend trend : Trend.values()) {
                for (Season season : Season.values()) {
                    boolean possible = (positive || error == Errors.ADDITIVE)
                            && (seasonal || season == Season.NONE)
                            && !(error == Errors.ADDITIVE && season == Season.MULTIPLICATIVE);
                    if (possible) {
                        Fitted fitted = EtsFit.fit(new EtsModel(error, trend, season), values, series.period());
                        best = fitted.aicc() < best.aicc() ? fitted : best;
                    }
                }
            }
        }
        return EtsFit.outlook(best, values, horizon, options);
    }
}
