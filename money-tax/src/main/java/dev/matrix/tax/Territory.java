package dev.matrix.tax;

import dev.matrix.tax.Csv.Row;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A part of a country with a tax of its own, by the beginning of its postcodes, from first to last of one length, and by its
 * regions' codes; all of the country where it has neither.
 */
record Territory(String country, String first, String last, Set<String> regions, Spot spot) {

    static Territory of(Row row) {
        String[] ends = row.get("postcode").split("-", -1);
        String jurisdiction = row.get("jurisdiction");
        String registration = row.orNull("registration");
        return new Territory(
                row.get("country"),
                ends[0],
                ends[ends.length - 1],
                Arrays.stream(row.get("region").split(" "))
                        .filter(region -> !region.isEmpty())
                        .collect(Collectors.toUnmodifiableSet()),
                new Spot(
                        jurisdiction,
                        row.get("area").equals("OUTSIDE_EU"),
                        registration == null ? jurisdiction : registration,
                        row.confidence(),
                        false));
    }

    /** Whether it is the whole country, under another's law. */
    boolean isWhole() {
        return first.isEmpty() && regions.isEmpty();
    }

    boolean hasName() {
        return !regions.isEmpty();
    }

    boolean isNamed(@Nullable String region) {
        return isWhole() || (region != null && regions.contains(region));
    }

    boolean holds(@Nullable String postcode) {
        if (isWhole()) {
            return true;
        }
        String plain = postcode == null || first.isEmpty() ? "" : plain(postcode);
        if (first.isEmpty() || plain.length() < first.length()) {
            return false;
        }
        String start = plain.substring(0, first.length());
        return start.compareTo(first) >= 0 && start.compareTo(last) <= 0;
    }

    /** The characters that count: where postcodes have digits alone, what stands before them, such as {@code FR-}, is no part. */
    private String plain(String postcode) {
        boolean letters = !Character.isDigit(first.charAt(0));
        StringBuilder plain = new StringBuilder();
        postcode.toUpperCase(Locale.ROOT)
                .chars()
                .filter(c -> (c >= '0' && c <= '9') || (letters && c >= 'A' && c <= 'Z'))
                .forEach(c -> plain.append((char) c));
        return plain.toString();
    }
}
