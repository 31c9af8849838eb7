package dev.matrix.examples.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Rates of one thing, round after round. Not thread-safe. */
public final class Rounds {

    private final List<Double> perSecond = new ArrayList<>();

    public void add(double rate) {
        perSecond.add(rate);
    }

    public double median() {
        List<Double> sorted = perSecond.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    /** A row's cells: the median, then the slowest and the fastest round. */
    public String cells() {
        return String.format(
                Locale.ROOT,
                "%,.0f | %,.0f – %,.0f",
                median(),
                perSecond.stream().min(Double::compare).orElseThrow(),
                perSecond.stream().max(Double::compare).orElseThrow());
    }
}
