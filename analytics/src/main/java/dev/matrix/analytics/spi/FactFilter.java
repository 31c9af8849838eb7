package dev.matrix.analytics.spi;

import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * Which facts.
 *
 * @param kinds at least one
 * @param from the first instant of what happened
 * @param to the first instant after it
 * @param recordedBefore facts that were recorded then or later are left out
 * @param columns all of these must hold
 */
public record FactFilter(
        Set<FactKind> kinds, Instant from, Instant to, Instant recordedBefore, List<ColumnFilter> columns) {

    /** Later than anything is recorded. */
    public static final Instant ALWAYS = Instant.parse("9999-12-31T00:00:00Z");

    /**
     * Which numbers of a column.
     *
     * @param in whether these are wanted; false: all others are
     */
    public record ColumnFilter(FactColumn column, boolean in, Set<Integer> numbers) {

        public ColumnFilter {
            numbers = Set.copyOf(numbers);
        }

        boolean accepts(Fact fact) {
            return in == numbers.contains(column.of(fact));
        }
    }

    public FactFilter {
        kinds = Set.copyOf(kinds);
        columns = List.copyOf(columns);
    }

    /** All facts of some kinds in a span of time. */
    public static FactFilter of(Set<FactKind> kinds, Instant from, Instant to) {
        return new FactFilter(kinds, from, to, ALWAYS, List.of());
    }

    /** These, of one customer alone. */
    public FactFilter ofCustomer(int number) {
        return new FactFilter(
                kinds, from, to, recordedBefore, List.of(new ColumnFilter(FactColumn.CUSTOMER, true, Set.of(number))));
    }

    /** Whether a fact is among these. */
    public boolean accepts(Fact fact) {
        return kinds.contains(fact.kind())
                && !fact.occurredAt().isBefore(from)
                && fact.occurredAt().isBefore(to)
                && fact.recordedAt().isBefore(recordedBefore)
                && columns.stream().allMatch(column -> column.accepts(fact));
    }
}
