package dev.matrix.refunds;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Where a refund goes, if not back to the original method: an address of a chain, or bank details. It is sealed at rest, and its
 * text names its fields and not their values.
 *
 * @param fields by names that the provider knows, such as {@code address}, {@code iban} or {@code holder}; at most 20 of 500
 *     characters
 */
public record RefundDestination(Map<String, String> fields) {

    private static final int MOST_FIELDS = 20;
    private static final int LONGEST = 500;
    private static final String ADDRESS = "address";

    /** @throws dev.matrix.core.InvalidRequestException for no field, too many, or a value that can't be stored */
    public RefundDestination {
        Checks.that(!fields.isEmpty(), "A refund's destination has at least one field.");
        Checks.texts(fields, MOST_FIELDS, LONGEST, "A refund's destination");
        fields = Map.copyOf(fields);
    }

    /** An address of a chain. */
    public static RefundDestination address(String address) {
        return new RefundDestination(Map.of(ADDRESS, address));
    }

    /** The address of a chain; empty where the destination is something else. */
    public Optional<String> address() {
        return Optional.ofNullable(fields.get(ADDRESS));
    }

    @Override
    public String toString() {
        return "RefundDestination" + new TreeMap<>(fields).keySet();
    }
}
