package dev.matrix.core;

import org.jspecify.annotations.Nullable;

/**
 * Which page of a listing is wanted.
 *
 * @param limit at most how many rows, 1 to 1,000
 * @param cursor the former page's {@link Page#nextCursor()}; null for the first page
 */
public record PageRequest(int limit, @Nullable String cursor) {

    private static final int MOST = 1_000;

    public PageRequest {
        if (limit < 1 || limit > MOST) {
            throw new InvalidRequestException("A page's limit is 1 to " + MOST + "; " + limit + " was asked for.");
        }
        if (cursor != null) {
            StorableText.require(cursor, "A page's cursor");
        }
    }

    /** The first page of at most {@code limit} rows. */
    public static PageRequest first(int limit) {
        return new PageRequest(limit, null);
    }

    /** The page after one that ended with {@code cursor}. */
    public static PageRequest after(String cursor, int limit) {
        return new PageRequest(limit, cursor);
    }
}
