package dev.matrix.webhooks.spi;

import java.util.Collection;

/**
 * Matches content filters: EventBridge patterns over an event's body. Shipped: one over event-ruler, where that library is on
 * the class path. A provider is found by {@link java.util.ServiceLoader}: a public class with a public constructor without
 * parameters; one whose constructor fails to link, as its library is missing, is passed over. Thread-safe.
 */
public interface FilterEngine {

    /**
     * These filters as they are written. Called in publishers' transactions, so it takes time in proportion to their length
     * and no more: nothing is compiled.
     */
    FilterSet read(Collection<String> filters);

    /**
     * The same filters, prepared so that each event costs little. Called in the background, never by a publisher; it may take
     * as long as what {@link #checkTogether} accepts can take.
     */
    FilterSet compile(Collection<String> filters);

    /**
     * Accepts a filter or says what is wrong with it.
     *
     * @throws dev.matrix.core.InvalidRequestException naming the place, as a JSON pointer, and the rule that it breaks
     */
    void check(String filter);

    /**
     * Accepts all filters of one owner, each of which was accepted by itself, or says that they cost too much together.
     *
     * @throws FilterTooComplexException naming the bound and how far they are beyond it
     */
    void checkTogether(Collection<String> filters);
}
