package dev.matrix.webhooks.spi;

import java.util.Set;

/** Filters compiled together, each under a name; matching reads them all at once. Matching is thread-safe. */
public interface FilterSet {

    /** Adds a filter under a name. */
    void add(String name, String json);

    /** The names of the filters that a body matches. */
    Set<String> matching(byte[] body);
}
