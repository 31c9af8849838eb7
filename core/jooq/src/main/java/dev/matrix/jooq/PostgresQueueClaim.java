package dev.matrix.jooq;

import static org.jooq.impl.DSL.val;

import dev.matrix.core.spi.DispatchStore.Claim;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/** One statement. Of the locked rows it takes those never claimed, or alone the first if that was claimed before. */
final class PostgresQueueClaim implements QueueClaim {

    private static final String CLAIM = """
            with due as (
              select event_id, due_at, attempts from matrix_event_dispatch
              where subscriber = {0} and state = 0 and due_at <= {1}
              order by due_at, event_id limit {2}
              for update skip locked),
            placed as (
              select event_id, attempts,
                row_number() over queue as place, first_value(attempts) over queue as first_attempts
              from due window queue as (order by due_at, event_id))
            update matrix_event_dispatch d
            set node = {3}, due_at = {4}, token = d.token + 1, attempts = d.attempts + 1
            from placed
            where d.subscriber = {0} and d.event_id = placed.event_id
              and (placed.place = 1 or placed.attempts = 0 and placed.first_attempts = 0)
            returning d.event_id, d.token, d.attempts, placed.place
            """;

    private record Placed(Claim claim, long place) {}

    @Override
    public List<Claim> claim(JooqTx tx, String subscriber, String node, Instant now, int limit, Instant until) {
        return tx
                .dsl()
                .resultQuery(CLAIM, val(subscriber), val(now), val(limit), val(node), val(until))
                .fetch(row -> new Placed(
                        new Claim(subscriber, row.get(0, String.class), row.get(1, long.class), row.get(2, int.class)),
                        row.get(3, long.class)))
                .stream()
                .sorted(Comparator.comparingLong(Placed::place))
                .map(Placed::claim)
                .toList();
    }
}
