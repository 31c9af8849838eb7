package dev.matrix.analytics.forecast;

import java.util.List;

/**
 * Forecasts series. Pure: the same input gives the same bits, on any number of threads. A series of up to four values is continued by
 * its last one; a constant one by itself, without doubt.
 */
@FunctionalInterface
public interface Forecaster {

    /**
     * Forecasts a series.
     *
     * @param horizon how many steps ahead, 1 to 1,000
     * @throws dev.matrix.core.InvalidRequestException for another horizon
     */
    Forecast forecast(TimeSeries series, int horizon, ForecastOptions options);

    /** As the other form, with {@link ForecastOptions#defaults()}. */
    default Forecast forecast(TimeSeries series, int horizon) {
        return forecast(series, horizon, ForecastOptions.defaults());
    }

    /**
     * Several models, weighted by how well each would have forecast the end of the series: auto-ETS, optimised theta, damped Holt,
     * seasonal naive and, with several periods, decomposition.
     */
    static Forecaster auto() {
        return new GuardedForecaster(new AutoModel());
    }

    /** The last value goes on. */
    static Forecaster naive() {
        return new GuardedForecaster(BasicModels.NAIVE);
    }

    /** The last value goes on, with the season that is taken out before and put in after: what others are measured by. */
    static Forecaster naive2() {
        return new GuardedForecaster(Deseasonalised.of(BasicModels.NAIVE));
    }

    /** The last period repeats. */
    static Forecaster seasonalNaive() {
        return new GuardedForecaster(BasicModels.SEASONAL_NAIVE);
    }

    /** The line through the first and the last value goes on. */
    static Forecaster drift() {
        return new GuardedForecaster(BasicModels.DRIFT);
    }

    /** Simple exponential smoothing. */
    static Forecaster ses() {
        return new GuardedForecaster(new EtsFit(EtsModel.parse("ANN")));
    }

    /** Holt's linear trend. */
    static Forecaster holt() {
        return new GuardedForecaster(new EtsFit(EtsModel.parse("AAN")));
    }

    /** Holt's trend, damped. */
    static Forecaster dampedHolt() {
        return new GuardedForecaster(new EtsFit(EtsModel.parse("AAdN")));
    }

    /** The theta method of Assimakopoulos and Nikolopoulos (2000). */
    static Forecaster theta() {
        return new GuardedForecaster(Deseasonalised.of(new ThetaModel(false)));
    }

    /** The theta method with the theta that fits best (Fiorucci and others, 2016). */
    static Forecaster optimisedTheta() {
        return new GuardedForecaster(Deseasonalised.of(new ThetaModel(true)));
    }

    /** Exponential smoothing of one form (Hyndman, Koehler, Ord and Snyder, 2008). */
    static Forecaster ets(EtsModel model) {
        return new GuardedForecaster(new EtsFit(model));
    }

    /** Exponential smoothing of the form with the lowest AICc. */
    static Forecaster autoEts() {
        return new GuardedForecaster(new AutoEts());
    }

    /** Takes every period's pattern out, forecasts the rest by {@code inner}, and puts the patterns in again; they add up. */
    static Forecaster decomposition(Forecaster inner) {
        return new GuardedForecaster(new Decomposition(Member.of(inner)));
    }

    /** The mean of several. */
    static Forecaster combination(List<Forecaster> members) {
        return new GuardedForecaster(new Combination(members));
    }
}
