package dev.matrix.jooq;

import dev.matrix.core.Owner;
import dev.matrix.core.event.Published;
import dev.matrix.core.event.spi.EventRow;
import dev.matrix.core.event.spi.EventStore;
import dev.matrix.core.event.spi.NewEvent;
import dev.matrix.core.spi.Stores;
import dev.matrix.core.spi.Tx;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Events to append, and what is stored of them. */
final class Events {

    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private Events() {}

    static NewEvent event(String id) {
        return event(id, null, "{}");
    }

    static NewEvent event(String id, @Nullable String key, String content) {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        EventRow row = new EventRow(
                id,
                "payment.succeeded",
                1,
                Owner.user("u_ada"),
                "pay_1",
                START,
                START,
                List.of(Owner.partner("p_1"), Owner.user("a b:c")),
                key,
                bytes);
        return new NewEvent(row, bytes, Set.of("analytics"), Set.of("analytics", "webhooks"), true);
    }

    static List<Published> append(Stores stores, Tx tx, NewEvent... events) {
        return stores.get(EventStore.class).append(tx, List.of(events));
    }

    /** The ids of these that are committed. */
    static List<String> stored(Stores stores, String... ids) {
        return stores.transactions()
                .returning(tx -> stores.get(EventStore.class).load(tx, List.of(ids)).stream()
                        .map(EventRow::id)
                        .toList());
    }
}
