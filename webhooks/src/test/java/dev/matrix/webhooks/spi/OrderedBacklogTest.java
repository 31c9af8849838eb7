package dev.matrix.webhooks.spi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.spi.Lease;
import dev.matrix.core.spi.Stores;
import dev.matrix.core.spi.Tx;
import dev.matrix.jooq.Database;
import dev.matrix.jooq.JooqTx;
import dev.matrix.jooq.OpenStorages;
import dev.matrix.testkit.StoreContract;
import dev.matrix.webhooks.DeliveryState;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a look for due deliveries costs PostgreSQL where one subject has a long backlog. */
class OrderedBacklogTest implements StoreContract {

    private static final int BACKLOG = 20_000;

    @RegisterExtension
    final OpenStorages storages = new OpenStorages();

    @Override
    public Stores stores() {
        return storages.storage(Database.POSTGRESQL);
    }

    @Test
    @Tag("W21")
    void aLookReadsABoundedPartOfTheBacklog() {
        List<NewDelivery> busy = Stream.concat(
                        Story.ids("a", BACKLOG).stream().map(id -> Story.queued(id, "e1", "v" + id, "busy")),
                        Story.ids("b", 50).stream().map(id -> Story.queued(id, "e1", "v" + id, "calm-" + id)))
                .toList();
        Story story = Story.of(this).with("e1").route(busy);
        EndpointShare share = new EndpointShare("e1", 64, true);
        story.deliveries()
                .run((tx, store) ->
                        JooqTx.of(tx).dsl().execute("analyze matrix_webhook_delivery, matrix_webhook_queue"));

        assertThat(story.due(0, share)).hasSize(51).startsWith("a0001", "b0001");
        long read = story.deliveries().get((tx, store) -> {
            long before = read(tx);
            store.due(tx, List.of(share), Story.at(0));
            return read(tx) - before;
        });

        assertThat(read).isLessThan(BACKLOG / 2);
    }

    @Test
    @Tag("W21")
    @Tag("W54")
    void aThousandSubjectsThatWaitForARetryHoldUpNoOther() {
        List<String> first = Story.ids("a", 1_050);
        Story story = Story.of(this)
                .with("e1")
                .route(first.stream()
                        .map(id -> Story.queued(id, "e1", "v" + id, "s" + id))
                        .toList());
        Lease lease = story.lease("a", 0, "e1");
        story.deliveries()
                .run((tx, store) -> store.complete(
                        tx,
                        first.stream()
                                .map(id -> Story.result(
                                        "wha_" + id,
                                        store.find(tx, id).orElseThrow(),
                                        lease,
                                        DeliveryState.RETRYING,
                                        Story.at(86_400)))
                                .toList()));
        story.route(first.stream()
                .map(id -> Story.queued("b" + id, "e1", "w" + id, "s" + id))
                .toList());
        story.route(Story.queued("c0001", "e1", "x1", "z"));
        EndpointShare share = new EndpointShare("e1", 64, true);

        assertThat(Stream.generate(() -> story.due(0, share)).limit(3).flatMap(List::stream))
                .contains("c0001")
                .containsOnly("c0001");
    }

    /** Rows and index entries, by this transaction so far. */
    private static long read(Tx tx) {
        return ((Number) JooqTx.of(tx).dsl().fetchValue("""
                        select sum(pg_stat_get_xact_tuples_returned(oid) + pg_stat_get_xact_tuples_fetched(oid))
                        from pg_class where relname like 'matrix_webhook_%'""")).longValue();
    }
}
