package dev.matrix.jooq;

import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import java.util.List;
import java.util.function.Function;

/** Keyset pages of rows that were read one beyond the page's limit. */
public final class Pages {

    private Pages() {}

    /**
     * The page of such rows.
     *
     * @param rows at most {@code page.limit() + 1}, in order, all after the page's cursor
     * @param cursor what the following page begins after, of the last row
     */
    public static <T> Page<T> of(List<T> rows, PageRequest page, Function<T, String> cursor) {
        if (rows.size() <= page.limit()) {
            return new Page<>(rows, null);
        }
        List<T> items = rows.subList(0, page.limit());
        return new Page<>(items, cursor.apply(items.get(items.size() - 1)));
    }
}
