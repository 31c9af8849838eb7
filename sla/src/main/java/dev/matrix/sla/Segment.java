package dev.matrix.sla;

/**
 * A part of a contract with one binding and one definition.
 *
 * @param from first minute since 1970
 * @param to end, exclusive; {@link Long#MAX_VALUE}: open
 */
record Segment(long from, long to, SlaBinding binding, SlaDefinition definition) {

    boolean contains(long minute) {
        return from <= minute && minute < to;
    }

    Segment clipped(long start, long end) {
        return new Segment(Math.max(from, start), Math.min(to, end), binding, definition);
    }

    boolean isEmpty() {
        return from >= to;
    }
}
