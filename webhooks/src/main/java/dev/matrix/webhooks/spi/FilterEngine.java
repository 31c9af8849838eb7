package dev.matrix.webhooks.spi;

/**
 * Compiles and matches content filters: EventBridge patterns over an event's body. Found by {@link
 * java.util.ServiceLoader}. Thread-safe.
 */
public interface FilterEngine {

    /** A new, empty set of filters. */
    FilterSet newSet();

    /**
     * Accepts a filter or says what is wrong with it.
     *
     * @throws dev.matrix.core.InvalidRequestException naming the place and the rule that it breaks
     */
    void check(String json);
}
