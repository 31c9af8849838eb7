package dev.matrix.jooq;

import dev.matrix.core.event.spi.NewEvent;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Inserts events and their queue rows, leaving out the events whose id or key is taken. */
interface EventInsert {

    static EventInsert into(Database database) {
        return switch (database) {
            case POSTGRESQL -> new PostgresEventInsert();
            case H2 -> new H2EventInsert();
        };
    }

    /**
     * Inserts in order, waiting for open transactions that hold a key of these.
     *
     * @param events each with another id
     * @return the ids of those inserted
     */
    Set<String> insert(JooqTx tx, List<NewEvent> events);

    /** Subscribers as the column {@code addressed} holds them: each between commas. */
    static String addressed(NewEvent event) {
        return event.addressed().stream().sorted().collect(Collectors.joining(",", ",", ","));
    }
}
