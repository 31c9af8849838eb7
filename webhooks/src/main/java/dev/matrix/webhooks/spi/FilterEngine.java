package dev.matrix.webhooks.spi;

/**
 * Compiles and matches content filters: EventBridge patterns over an event's body. Shipped: one over event-ruler, where that
 * library is on the class path. A provider is found by {@link java.util.ServiceLoader}: a public class with a public
 * constructor without parameters; one whose constructor fails to link, as its library is missing, is passed over. Thread-safe.
 */
public interface FilterEngine {

    /** A new, empty set of filters. */
    FilterSet newSet();

    /**
     * Accepts a filter or says what is wrong with it.
     *
     * @throws dev.matrix.core.InvalidRequestException naming the place, as a JSON pointer, and the rule that it breaks
     */
    void check(String filter);
}
