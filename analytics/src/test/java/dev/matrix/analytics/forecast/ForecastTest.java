package dev.matrix.analytics.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.matrix.core.InvalidRequestException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What all forecasters promise, and what tells them apart. */
class ForecastTest {

    private record Named(String name, Forecaster forecaster) {

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Named> all() {
        return Stream.of(
                new Named("naive", Forecaster.naive()),
                new Named("naive2", Forecaster.naive2()),
                new Named("seasonalNaive", Forecaster.seasonalNaive()),
                new Named("drift", Forecaster.drift()),
                new Named("ses", Forecaster.ses()),
                new Named("holt", Forecaster.holt()),
                new Named("dampedHolt", Forecaster.dampedHolt()),
                new Named("theta", Forecaster.theta()),
                new Named("optimisedTheta", Forecaster.optimisedTheta()),
                new Named("autoEts", Forecaster.autoEts()),
                new Named("ets(MAM)", Forecaster.ets(EtsModel.parse("MAM"))),
                new Named("decomposition", Forecaster.decomposition(Forecaster.ses())),
                new Named("combination", Forecaster.combination(List.of(Forecaster.naive(), Forecaster.drift()))),
                new Named("auto", Forecaster.auto()));
    }

    private static TimeSeries series(int length, IntToDoubleFunction value, int... periods) {
        return TimeSeries.of(IntStream.range(0, length).mapToDouble(value).toArray(), periods);
    }

    private static TimeSeries noisy(long seed, int length, int... periods) {
        SplittableRandom random = new SplittableRandom(seed);
        int period = periods.length == 0 ? 1 : periods[0];
        return series(
                length,
                i -> 100 + i + 20 * Math.sin(2 * Math.PI * i / Math.max(2, period)) + 5 * random.nextGaussian(),
                periods);
    }

    @ParameterizedTest
    @MethodSource("all")
    @Tag("AC23")
    void aConstantSeriesIsItself(Named named) {
        Forecast forecast = named.forecaster().forecast(series(20, i -> 950), 6);
        for (int h = 1; h <= 6; h++) {
            assertThat(forecast.point(h)).isEqualTo(950);
            assertThat(forecast.upper(0.95, h) - forecast.lower(0.95, h)).isZero();
        }
        assertThat(named.forecaster().forecast(series(20, i -> 0), 1).point(1)).isZero();
    }

    @ParameterizedTest
    @MethodSource("all")
    @Tag("AC23")
    void sizeMakesNoDifference(Named named) {
        TimeSeries small = noisy(3, 40, 4);
        TimeSeries large = TimeSeries.of(
                Arrays.stream(small.values()).map(value -> value * 1e15).toArray(), 4);
        Forecast one = named.forecaster().forecast(small, 8);
        Forecast other = named.forecaster().forecast(large, 8);
        for (int h = 1; h <= 8; h++) {
            assertThat(other.point(h)).isFinite().isCloseTo(one.point(h) * 1e15, within(Math.abs(one.point(h)) * 1e13));
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    @Tag("AC24")
    @Tag("AN34")
    void aShortSeriesGoesOnAsItEnded(Named named) {
        Forecast forecast = named.forecaster().forecast(TimeSeries.of(new double[] {10, 12, 11, 13}), 3);
        for (int h = 1; h <= 3; h++) {
            assertThat(forecast.point(h)).isEqualTo(13);
        }
        assertThat(forecast.lower(0.95, 1)).isCloseTo(7.4878, within(1e-4));
        assertThat(forecast.upper(0.95, 1)).isCloseTo(18.5122, within(1e-4));
        assertThat(forecast.lower(0.95, 3)).isCloseTo(3.4527, within(1e-4));
        assertThat(forecast.upper(0.95, 3)).isCloseTo(22.5473, within(1e-4));
        for (int length = 1; length <= 3; length++) {
            Forecast shorter = named.forecaster().forecast(series(length, i -> 7 + i), 2);
            assertThat(shorter.lower(0.8, 2)).isFinite().isLessThan(shorter.upper(0.8, 2));
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    @Tag("AC25")
    @Tag("AC26")
    void intervalsAreNestedAndBounded(Named named) {
        TimeSeries declining = series(24, i -> Math.max(0.5, 30 - 1.3 * i + (i % 3)), 3);
        Forecast forecast = named.forecaster()
                .forecast(declining, 12, ForecastOptions.defaults().withNonNegative(true));
        for (int h = 1; h <= 12; h++) {
            assertThat(forecast.lower(0.95, h)).isNotNegative().isLessThanOrEqualTo(forecast.lower(0.8, h));
            assertThat(forecast.upper(0.95, h)).isGreaterThanOrEqualTo(forecast.upper(0.8, h));
            assertThat(forecast.point(h)).isBetween(forecast.lower(0.8, h), forecast.upper(0.8, h));
        }
    }

    @Test
    @Tag("AC25")
    @Tag("AN33")
    void whatCanNotBeForecastIsRefused() {
        List<Callable<?>> refused = List.of(
                () -> TimeSeries.of(new double[0]),
                () -> TimeSeries.of(new double[] {1, Double.NaN}),
                () -> TimeSeries.of(new double[] {1, Double.POSITIVE_INFINITY}),
                () -> TimeSeries.of(new double[] {1, 2}, 0),
                () -> TimeSeries.of(new double[5_001]),
                () -> ForecastOptions.defaults().withLevels(List.of(0.0)),
                () -> ForecastOptions.defaults().withLevels(List.of(1.0)),
                () -> ForecastOptions.defaults().withLevels(List.of(-0.1)),
                () -> ForecastOptions.defaults().withLevels(List.of(1.1)),
                () -> new ForecastOptions(List.of(), false, 1, 99),
                () -> Forecaster.naive().forecast(noisy(1, 9), 0),
                () -> Forecaster.naive().forecast(noisy(1, 9), 1_001),
                () -> Forecaster.naive().forecast(noisy(1, 9), 2).point(3),
                () -> Forecaster.naive().forecast(noisy(1, 9), 2).lower(1.0, 1),
                () -> EtsModel.parse("AAM"),
                () -> EtsModel.parse("XYZ"),
                () -> Forecaster.combination(List.of()));
        refused.forEach(call -> assertThatThrownBy(call::call).isInstanceOf(InvalidRequestException.class));
    }

    @Test
    @Tag("AC26")
    void widthsOfLevelsNeverFall() {
        for (Forecaster forecaster : List.of(Forecaster.ses(), Forecaster.naive())) {
            Forecast forecast = forecaster.forecast(noisy(5, 60), 30);
            double last = 0;
            for (int h = 1; h <= 30; h++) {
                double width = forecast.upper(0.95, h) - forecast.lower(0.95, h);
                assertThat(width).isGreaterThanOrEqualTo(last);
                last = width;
            }
        }
    }

    @Test
    @Tag("AC26")
    @Tag("AN36")
    void additiveModelsMoveWithTheSeries() {
        for (String text : List.of("ANN", "AAN", "AAdN", "AAA")) {
            Forecaster ets = Forecaster.ets(EtsModel.parse(text));
            TimeSeries plain = noisy(7, 48, 4);
            TimeSeries shifted = TimeSeries.of(
                    Arrays.stream(plain.values()).map(value -> value + 50).toArray(), 4);
            Forecast one = ets.forecast(plain, 6);
            Forecast other = ets.forecast(shifted, 6);
            for (int h = 1; h <= 6; h++) {
                assertThat(other.point(h)).as(text).isCloseTo(one.point(h) + 50, within(0.5));
            }
        }
    }

    @Test
    @Tag("AC27")
    @Tag("AN35")
    void aSeasonNeedsThreePeriods() {
        IntToDoubleFunction weekly = i -> 100 + (i % 7 == 6 ? 80 : 0) + i % 2;
        assertThat(Deseasonalised.isSeasonal(series(20, weekly, 7).values(), 7)).isFalse();
        assertThat(Deseasonalised.isSeasonal(series(28, weekly, 7).values(), 7)).isTrue();
        Forecast forecast = Forecaster.theta().forecast(series(28, weekly, 7), 7);
        assertThat(forecast.point(7)).isGreaterThan(forecast.point(6) + 40);
        assertThat(forecast.parameters()).containsEntry("period", 7.0);
    }

    @Test
    @Tag("AC27")
    void hoursKeepTheirDaysAndWeeks() {
        IntToDoubleFunction load =
                i -> 1_000 + 300 * Math.sin(2 * Math.PI * i / 24) - (i / 24 % 7 >= 5 ? 400 : 0) + i % 5;
        Forecast forecast = Forecaster.auto().forecast(series(24 * 7 * 5, load, 24, 168), 168);
        double workday = 0;
        double weekend = 0;
        for (int h = 0; h < 168; h++) {
            boolean free = h / 24 % 7 >= 5;
            workday += free ? 0 : forecast.point(h + 1) / 120;
            weekend += free ? forecast.point(h + 1) / 48 : 0;
        }
        assertThat(workday - weekend).isBetween(330.0, 470.0);
        assertThat(forecast.model()).isEqualTo("auto");
    }

    @Test
    @Tag("AC27")
    void equalSeedsGiveEqualBitsOnAnyThread() throws Exception {
        ForecastOptions seven = new ForecastOptions(List.of(0.95), false, 7, 500);
        Callable<String> work = () -> {
            StringBuilder bits = new StringBuilder();
            Forecast forecast = Forecaster.ets(EtsModel.parse("MAM")).forecast(noisy(11, 36, 4), 8, seven);
            for (int h = 1; h <= 8; h++) {
                bits.append(Double.doubleToLongBits(forecast.upper(0.95, h))).append(' ');
            }
            return bits.toString();
        };
        String alone = work.call();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<String>> results = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                results.add(threads.submit(work));
            }
            for (Future<String> result : results) {
                assertThat(result.get()).isEqualTo(alone);
            }
        } finally {
            threads.shutdown();
        }
    }

    @Test
    @Tag("AN36")
    void autoEtsFindsTheFormOfTheSeries() {
        assertThat(Forecaster.autoEts().forecast(noisy(13, 80, 4), 4).model()).endsWith("A)");
        Forecast trend = Forecaster.autoEts().forecast(series(40, i -> 10 + 2 * i + (i % 2) * 0.1), 4);
        assertThat(trend.point(4)).isCloseTo(96.1, within(0.5));
        assertThat(trend.aicc()).isFinite();
        Forecast seasons = Forecaster.ets(EtsModel.parse("MNM"))
                .forecast(series(48, i -> (100 + i) * (1 + 0.5 * Math.sin(Math.PI * i / 6)), 12), 12);
        assertThat(seasons.point(4) / seasons.point(10)).isGreaterThan(2);
    }

    @Test
    void aHostsOwnForecasterJoinsInAndShortHistoriesGetTheMedian() {
        Forecaster own = (series, horizon, options) -> Forecaster.naive().forecast(series, horizon, options);
        Forecast joined =
                Forecaster.combination(List.of(own, Forecaster.naive())).forecast(noisy(1, 12), 3);
        Forecast naive = Forecaster.naive().forecast(noisy(1, 12), 3);
        assertThat(joined.point(3)).isCloseTo(naive.point(3), within(1e-9));
        assertThat(joined.upper(0.9, 3)).isCloseTo(naive.upper(0.9, 3), within(1e-6));
        assertThat(Forecaster.auto().forecast(noisy(1, 8, 3), 2).model()).isEqualTo("auto, median");
    }

    @Test
    void backtestsJudgeAgainstNaive2() {
        Backtest backtest = Backtest.of(Forecaster.auto(), noisy(17, 96, 12), 12, ForecastOptions.defaults());
        assertThat(backtest.owa()).isLessThan(1);
        assertThat(backtest.coverage()).isBetween(0.5, 1.0);
        assertThat(backtest.msis()).isPositive();
        assertThatThrownBy(() -> Backtest.of(Forecaster.auto(), noisy(17, 24, 12), 12, ForecastOptions.defaults()))
                .isInstanceOf(InvalidRequestException.class);
    }

    @Test
    void accuracyIsThatOfTheM4Competition() {
        double[] history = {1, 3, 2, 4};
        double[] actual = {10, 20};
        double[] forecast = {12, 20};
        assertThat(Accuracy.smape(actual, forecast)).isCloseTo(200.0 * 2 / 22 / 2, within(1e-12));
        assertThat(Accuracy.mase(history, actual, forecast, 1)).isCloseTo(1 / (5.0 / 3), within(1e-12));
        assertThat(Accuracy.owa(10, 2, 20, 1)).isEqualTo(1.25);
        assertThat(Accuracy.coverage(actual, new double[] {9, 21}, new double[] {11, 22}))
                .isEqualTo(0.5);
        assertThat(Accuracy.msis(history, actual, new double[] {9, 21}, new double[] {11, 22}, 0.95, 1))
                .isCloseTo((2 + 1 + 40 * 1) / 2.0 / (5.0 / 3), within(1e-9));
        assertThatThrownBy(() -> Accuracy.smape(actual, new double[1])).isInstanceOf(InvalidRequestException.class);
    }
}
