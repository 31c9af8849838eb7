package dev.matrix.webhooks.ruler;

import dev.matrix.webhooks.spi.FilterEngine;
import dev.matrix.webhooks.spi.FilterSet;
import dev.matrix.webhooks.spi.FilterTooComplexException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import software.amazon.event.ruler.Machine;

/**
 * Filters over event-ruler, an optional dependency. Those that have wildcards are never compiled: the automaton of a few dozen
 * takes seconds to make and to walk. Nor are those for which it would become too large. They are matched one by one, each in time
 * linear in the text. Found by {@link
 * java.util.ServiceLoader}, so it is a public class.
 */
public final class RulerFilterEngine implements FilterEngine {

    /** How many values an owner's filters have in all, counted once for each way through their {@code $or}. */
    private static final int MOST_VALUES = 5_000;

    private static final int MOST_WILDCARDS = 200;

    /** How many plain values an automaton takes, which then takes less than a second to make. */
    private static final int LARGEST_AUTOMATON = 4_000;

    /** Made at once, so that without the library this class fails when it is found and not when it is used. */
    private final Machine.Builder machines = Machine.builder();

    /** An engine; it has no state. */
    public RulerFilterEngine() {
        machines.withAdditionalNameStateReuse(true);
    }

    @Override
    public FilterSet read(Collection<String> filters) {
        return new PlainFilterSet(PlainFilter.all(filters));
    }

    @Override
    public FilterSet compile(Collection<String> filters) {
        Machine machine = machines.build();
        List<PlainFilter> others = new ArrayList<>();
        long weight = 0;
        for (PlainFilter filter : PlainFilter.all(filters)) {
            if (filter.wildcards().isEmpty() && weight + filter.weight() <= LARGEST_AUTOMATON) {
                weight += filter.weight();
                RulerRule.of(filter.text()).addTo(machine);
            } else {
                others.add(filter);
            }
        }
        return new RulerFilterSet(machine, new PlainFilterSet(List.copyOf(others)));
    }

    @Override
    public void check(String filter) {
        FilterGrammar.check(filter);
        RulerRule.of(filter);
        PlainFilter.of(filter);
    }

    @Override
    public void checkTogether(Collection<String> filters) {
        long values = 0;
        Set<String> wildcards = new HashSet<>();
        for (String filter : new HashSet<>(filters)) {
            PlainFilter plain = PlainFilter.of(filter);
            values += plain.values();
            wildcards.addAll(plain.wildcards());
        }
        check("values, counted once for each way through $or", MOST_VALUES, values);
        check("wildcards", MOST_WILDCARDS, wildcards.size());
    }

    private static void check(String what, int most, long have) {
        if (have > most) {
            throw new FilterTooComplexException("All filters of an owner's endpoints have at most " + most + " " + what
                    + "; with this one they have " + have + ". Simplify a filter, or leave one out.");
        }
    }
}
