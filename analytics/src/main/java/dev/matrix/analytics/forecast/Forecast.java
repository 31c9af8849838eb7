package dev.matrix.analytics.forecast;

import java.util.Map;

/** What is expected, 1 to {@link #horizon()} steps ahead, with intervals. Immutable. */
public interface Forecast {

    int horizon();

    /** The expected value {@code h} steps ahead, from 1. */
    double point(int h);

    /**
     * The lower bound of an interval.
     *
     * @param level above 0 and below 1; 0.95 holds the true value 19 times of 20. A higher level's interval holds a lower one's
     */
    double lower(double level, int h);

    /** The upper bound of an interval. */
    double upper(double level, int h);

    /** How it was made, such as {@code ETS(A,Ad,N)}. */
    String model();

    /** What was estimated, by name. */
    Map<String, Double> parameters();

    /** Of the values given the model, up to a constant; NaN where the model has none. */
    double logLikelihood();

    /** Akaike's criterion for small samples; NaN where the model has none. */
    double aicc();
}
