package dev.matrix.sla;

import dev.matrix.core.api.ApiArea;
import dev.matrix.core.api.ApiContext;
import dev.matrix.core.api.Operation.Draft;
import dev.matrix.core.spi.Tx;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the operations of service levels share: their scopes, and what a caller may see. */
record SlaArea(StoredSlas slas, ApiArea area) {

    static SlaArea of(StoredSlas slas) {
        return new SlaArea(slas, ApiArea.of("sla", slas.stores().transactions()));
    }

    <Q extends Record, R> Draft<Q, R> reading(Draft<Q, R> draft, String id, String summary) {
        return area.reading(draft, id, summary);
    }

    /** What measures: {@code sla:write}, operators alone, as measurements decide about money. */
    <Q extends Record, R> Draft<Q, R> measuring(Draft<Q, R> draft, String id, String summary) {
        return area.writing(draft, id, summary).byOperators();
    }

    /** All other changes: {@code sla:admin}, operators alone. */
    <Q extends Record, R> Draft<Q, R> deciding(Draft<Q, R> draft, String id, String summary) {
        return area.writing(draft, id, summary).scope("sla:admin").byOperators();
    }

    /** What the caller may read: everything for an operator, else its own. */
    Reading view(ApiContext context) {
        return context.ownerFilter(null).map(slas.reading()::of).orElse(slas.reading());
    }

    <T extends @Nullable Object> T within(ApiContext context, Function<Tx, T> work) {
        return area.within(context, work);
    }
}
