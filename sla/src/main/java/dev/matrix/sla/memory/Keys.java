package dev.matrix.sla.memory;

import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Keys of several parts, and pages in their order. */
final class Keys {

    private static final char BETWEEN = '\0';

    private Keys() {}

    /** In the order of the parts: no part holds a NUL. */
    static String of(String... parts) {
        return String.join(String.valueOf(BETWEEN), parts);
    }

    /** A number whose text sorts as it does. */
    static String sorted(long number) {
        return String.format("%016x", number ^ Long.MIN_VALUE);
    }

    static String sorted(Instant at) {
        return sorted(ChronoUnit.MICROS.between(Instant.EPOCH, at));
    }

    static <T> Page<T> page(Stream<T> rows, PageRequest page, Function<T, String> id) {
        @Nullable String cursor = page.cursor();
        List<T> found = rows.filter(row -> cursor == null || id.apply(row).compareTo(cursor) > 0)
                .limit(page.limit() + 1L)
                .toList();
        return Page.of(found, page, id);
    }
}
