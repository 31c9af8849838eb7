package dev.matrix.analytics.spi;

import java.util.Comparator;

/**
 * Which fact.
 *
 * @param customer the customer's number
 * @param key names the thing within its kind and customer, such as a payment's id; at most 192 characters
 */
public record FactKey(FactKind kind, int customer, String key) implements Comparable<FactKey> {

    private static final Comparator<FactKey> ORDER = Comparator.comparingInt(
                    (FactKey key) -> key.kind().code())
            .thenComparingInt(FactKey::customer)
            .thenComparing(FactKey::key);

    @Override
    public int compareTo(FactKey other) {
        return ORDER.compare(this, other);
    }
}
