package dev.matrix.webhooks.spi;

import static dev.matrix.webhooks.spi.Story.result;
import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.spi.Lease;
import dev.matrix.core.spi.Stores;
import dev.matrix.core.spi.Tx;
import dev.matrix.jooq.Database;
import dev.matrix.jooq.JooqTx;
import dev.matrix.jooq.OpenStorages;
import dev.matrix.testkit.StoreContract;
import dev.matrix.webhooks.DeliveryState;
import dev.matrix.webhooks.Ordering;
import dev.matrix.webhooks.Trigger;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a delivery's way costs PostgreSQL: an index on a column that changes on it would have all indexes written again. */
class InPlaceTest implements StoreContract {

    @RegisterExtension
    final OpenStorages storages = new OpenStorages();

    @Override
    public Stores stores() {
        return storages.storage(Database.POSTGRESQL);
    }

    @Test
    @Tag("W23")
    void aRowThatIsDeliveredMovesWithinItsPageAndTouchesNoIndex() {
        Story story = Story.of(this).with("e1");
        story.route(new NewDelivery(
                "d1",
                Story.ADA,
                "e1",
                "evt_1",
                "invoice.paid",
                "in_1",
                Trigger.EVENT,
                Ordering.UNORDERED,
                Story.at(0)));
        Lease lease = story.lease("a", 0, "e1");
        AttemptResult delivered = result("wha_1", story.row("d1"), lease, DeliveryState.DELIVERED, null);

        long inPlace = story.deliveries().get((tx, store) -> {
            store.complete(tx, List.of(delivered));
            return movedInPlace(tx);
        });

        assertThat(inPlace).isEqualTo(1);
    }

    /** By this transaction so far. */
    private static long movedInPlace(Tx tx) {
        return ((Number) JooqTx.of(tx)
                        .dsl()
                        .fetchValue("select pg_stat_get_xact_tuples_hot_updated('matrix_webhook_delivery'::regclass)"))
                .longValue();
    }
}
