package dev.matrix.webhooks.ruler;

import dev.matrix.webhooks.spi.FilterEngine;
import dev.matrix.webhooks.spi.FilterSet;
import software.amazon.event.ruler.Machine;

/** Filters over event-ruler, an optional dependency. Found by {@link java.util.ServiceLoader}, so it is a public class. */
public final class RulerFilterEngine implements FilterEngine {

    /** Made at once, so that without the library this class fails when it is found and not when it is used. */
    private final Machine.Builder machines = Machine.builder();

    /** An engine; it has no state. */
    public RulerFilterEngine() {
        machines.withAdditionalNameStateReuse(true);
    }

    @Override
    public FilterSet newSet() {
        return new RulerFilterSet(machines);
    }

    @Override
    public void check(String filter) {
        FilterGrammar.check(filter);
        RulerRule.of(filter);
    }
}
