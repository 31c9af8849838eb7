package dev.matrix.analytics.forecast;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Forecasts by several models, each weighted by the inverse of its squared error over the last folds of the series: the end is cut
 * off up to three times, and forecast from what is before it. The deviations are scaled so that they fit the errors of those folds.
 * A series that is too short for folds gets the median of its models.
 */
record AutoModel() implements Model {

    private static final int FOLDS = 3;
    private static final int LONGEST_FOLD = 48;
    private static final double NARROWEST = 0.5;
    private static final double WIDEST = 3;

    private record Named(String name, Model model) {}

    private static List<Named> members(TimeSeries series) {
        List<Named> members = new ArrayList<>();
        members.add(new Named("ets", new AutoEts()));
        members.add(new Named("theta", Deseasonalised.of(new ThetaModel(true))));
        members.add(new Named("damped", new EtsFit(EtsModel.parse("AAdN"))));
        members.add(new Named("seasonalNaive", BasicModels.SEASONAL_NAIVE));
        if (series.periods().length > 0) {
            members.add(new Named("decomposition", new Decomposition(new EtsFit(EtsModel.parse("AAdN")))));
        }
        return members;
    }

    @Override
    public Outlook project(TimeSeries series, int horizon, ForecastOptions options) {
        List<Named> members = members(series);
        List<Outlook> outlooks = new ArrayList<>();
        members.forEach(member -> outlooks.add(member.model().project(series, horizon, options)));
        int[] periods = series.periods();
        int longest = periods.length == 0 ? 1 : periods[periods.length - 1];
        int fold = Math.max(1, Math.min(Math.min(horizon, LONGEST_FOLD), series.length() / 6));
        int folds = Math.min(FOLDS, (series.length() - 2 * longest - 3) / fold);
        return folds < 1 ? median(outlooks) : weighted(series, options, members, outlooks, fold, folds);
    }

    private static Outlook median(List<Outlook> outlooks) {
        int horizon = outlooks.get(0).points().length;
        double[] points = new double[horizon];
        double[] deviations = new double[horizon];
        for (int step = 0; step < horizon; step++) {
            int h = step;
            points[h] = median(
                    outlooks.stream().mapToDouble(each -> each.points()[h]).toArray());
            deviations[h] = median(
                    outlooks.stream().mapToDouble(each -> each.deviations()[h]).toArray());
        }
        return Outlook.of("auto, median", points, deviations, Map.of());
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        int middle = values.length / 2;
        return values.length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    }

    private static Outlook weighted(
            TimeSeries series,
            ForecastOptions options,
            List<Named> members,
            List<Outlook> outlooks,
            int fold,
            int folds) {
        double[] squares = new double[members.size()];
        List<List<Outlook>> past = new ArrayList<>();
        for (int back = 1; back <= folds; back++) {
            int cut = series.length() - back * fold;
            List<Outlook> then = new ArrayList<>();
            for (int i = 0; i < members.size(); i++) {
                Outlook outlook = members.get(i).model().project(series.first(cut), fold, options);
                then.add(outlook);
                for (int h = 0; h < fold; h++) {
                    double error = series.at(cut + h) - outlook.points()[h];
                    squares[i] += error * error;
                }
            }
            past.add(then);
        }
        double[] weights = weights(squares);
        double scale = scale(series, past, weights, fold);
        Outlook sum = Combination.weighted("auto", outlooks, weights);
        Map<String, Double> parameters = new TreeMap<>();
        for (int i = 0; i < weights.length; i++) {
            parameters.put("weight." + members.get(i).name(), weights[i]);
        }
        double[] deviations = Arrays.stream(sum.deviations())
                .map(deviation -> deviation * scale)
                .toArray();
        return Outlook.of("auto", sum.points(), deviations, parameters);
    }

    private static double[] weights(double[] squares) {
        double least = Arrays.stream(squares).min().orElse(0);
        double[] weights = new double[squares.length];
        for (int i = 0; i < squares.length; i++) {
            weights[i] = least == 0 ? (squares[i] == 0 ? 1 : 0) : least / squares[i];
        }
        double sum = Arrays.stream(weights).sum();
        return Arrays.stream(weights).map(weight -> weight / sum).toArray();
    }

    /** The root of the mean squared error in deviations, within bounds. */
    private static double scale(TimeSeries series, List<List<Outlook>> past, double[] weights, int fold) {
        double sum = 0;
        int count = 0;
        for (int back = 1; back <= past.size(); back++) {
            Outlook then = Combination.weighted("auto", past.get(back - 1), weights);
            for (int h = 0; h < fold; h++) {
                double deviation = then.deviations()[h];
                if (deviation > 0) {
                    double error = (series.at(series.length() - back * fold + h) - then.points()[h]) / deviation;
                    sum += error * error;
                    count++;
                }
            }
        }
        return count == 0 ? 1 : Math.max(NARROWEST, Math.min(WIDEST, Math.sqrt(sum / count)));
    }
}
