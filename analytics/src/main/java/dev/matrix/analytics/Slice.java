package dev.matrix.analytics;

import java.util.Comparator;

/** What MRR is counted by: a segment and a currency. */
record Slice(Segment segment, String currency) implements Comparable<Slice> {

    private static final Comparator<Slice> ORDER =
            Comparator.comparing(Slice::currency).thenComparing(Slice::segment);

    @Override
    public int compareTo(Slice other) {
        return ORDER.compare(this, other);
    }
}
