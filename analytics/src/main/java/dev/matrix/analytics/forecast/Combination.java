package dev.matrix.analytics.forecast;

import dev.matrix.core.InvalidRequestException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The mean of several forecasts, and of their deviations. */
record Combination(List<Model> members, String name) implements Model {

    Combination(List<Forecaster> members) {
        this(Member.all(members), "combination");
        if (members.isEmpty()) {
            throw new InvalidRequestException("A combination has at least one forecaster.");
        }
    }

    @Override
    public Outlook project(TimeSeries series, int horizon, ForecastOptions options) {
        List<Outlook> outlooks = new ArrayList<>();
        members.forEach(member -> outlooks.add(member.project(series, horizon, options)));
        double[] equal = new double[outlooks.size()];
        Arrays.fill(equal, 1.0 / outlooks.size());
        return weighted(name, outlooks, equal);
    }

    static Outlook weighted(String name, List<Outlook> outlooks, double[] weights) {
        int horizon = outlooks.get(0).points().length;
        double[] points = new double[horizon];
        double[] deviations = new double[horizon];
        for (int i = 0; i < weights.length; i++) {
            for (int h = 0; h < horizon; h++) {
                points[h] += weights[i] * outlooks.get(i).points()[h];
                deviations[h] += weights[i] * outlooks.get(i).deviations()[h];
            }
        }
        return Outlook.of(name, points, deviations, Map.of());
    }
}
