package dev.matrix.core;

import java.util.List;
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
}
