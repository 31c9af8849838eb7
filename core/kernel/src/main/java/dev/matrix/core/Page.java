package dev.matrix.core;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One page of a listing in a total order (keyset paging: no offsets, no totals).
 *
 * @param items the rows of this page, in order; unmodifiable
 * @param nextCursor hand it to {@link PageRequest} for the following page; null exactly when nothing follows
 */
public record Page<T>(List<T> items, @Nullable String nextCursor) {

    public Page {
        items = List.copyOf(items);
    }

    /**
     * Makes a page of what a store has found.
     *
     * @param found up to one row more than the page's limit, which tells that something follows
     * @param cursor the cursor that continues after a row
     */
    public static <T> Page<T> of(List<T> found, PageRequest page, Function<? super T, String> cursor) {
        if (found.size() <= page.limit()) {
            return new Page<>(found, null);
        }
        List<T> items = found.subList(0, page.limit());
        return new Page<>(items, cursor.apply(items.get(items.size() - 1)));
    }

    /** This page with each item mapped; the cursor stays. */
    public <R> Page<R> map(Function<? super T, ? extends R> mapping) {
        return new Page<>(items.stream().<R>map(mapping).toList(), nextCursor);
    }
}
