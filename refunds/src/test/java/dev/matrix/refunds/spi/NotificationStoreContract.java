package dev.matrix.refunds.spi;

import static dev.matrix.refunds.spi.Rows.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.spi.Stores;
import dev.matrix.refunds.spi.NotificationStore.FeedState;
import dev.matrix.refunds.spi.NotificationStore.Kind;
import dev.matrix.refunds.spi.NotificationStore.NotificationRow;
import dev.matrix.testkit.StoreContract;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What every {@link NotificationStore} promises. */
public interface NotificationStoreContract extends StoreContract {

    Duration LEASE = Duration.ofSeconds(90);

    private static NotificationRow named(String event, int no, String capture) {
        return new NotificationRow("bank", event, no, Kind.REFUND, "rfl_1", "bk_" + no, capture, NOW, NOW, null, 0, 0);
    }

    @Test
    @Tag("R20")
    default void aNotificationIsKeptOnceAndClaimedRowByRow() {
        Stores stores = stores();
        NotificationStore inbox = stores.get(NotificationStore.class);
        stores.transactions().inTransaction(tx -> {
            assertThat(inbox.insert(tx, List.of(named("e1", 0, "c1"), named("e1", 1, "c2"))))
                    .isTrue();
            assertThat(inbox.insert(tx, List.of(named("e1", 0, "c1")))).isFalse();
            assertThat(inbox.claimDue(tx, "other", NOW, LEASE)).isEmpty();
            NotificationRow first = inbox.claimDue(tx, "bank", NOW, LEASE).orElseThrow();
            assertThat(first.no()).isZero();
            assertThat(first.fence()).isEqualTo(1);
            assertThat(inbox.claimDue(tx, "bank", NOW, LEASE).orElseThrow().no())
                    .isEqualTo(1);
            assertThat(inbox.claimDue(tx, "bank", NOW, LEASE)).isEmpty();
            NotificationRow again =
                    inbox.claimDue(tx, "bank", NOW.plus(LEASE), LEASE).orElseThrow();
            assertThat(inbox.settle(tx, first, null, 1)).as("an old fence").isFalse();
            assertThat(inbox.settle(tx, again, null, 1)).isTrue();
        });
    }

    @Test
    @Tag("R42")
    default void whatNamesACaptureIsHastenedAndOldRowsAreForgotten() {
        Stores stores = stores();
        NotificationStore inbox = stores.get(NotificationStore.class);
        stores.transactions().inTransaction(tx -> {
            inbox.insert(tx, List.of(named("e1", 0, "c1")));
            NotificationRow row = inbox.claimDue(tx, "bank", NOW, LEASE).orElseThrow();
            inbox.settle(tx, row, NOW.plusSeconds(600), 1);
            inbox.hasten(tx, "bank", "c2", NOW.plusSeconds(1));
            inbox.hasten(tx, "other", "c1", NOW.plusSeconds(1));
            assertThat(inbox.claimDue(tx, "bank", NOW.plusSeconds(1), LEASE)).isEmpty();
            inbox.hasten(tx, "bank", "c1", NOW.plusSeconds(1));
            assertThat(inbox.claimDue(tx, "bank", NOW.plusSeconds(1), LEASE)
                            .orElseThrow()
                            .rounds())
                    .isEqualTo(1);
            assertThat(inbox.forget(tx, NOW, 9)).isZero();
            assertThat(inbox.forget(tx, NOW.plusSeconds(1), 9)).isEqualTo(1);
        });
    }

    @Test
    default void aFeedIsReadOnFromWhereItWas() {
        Stores stores = stores();
        NotificationStore inbox = stores.get(NotificationStore.class);
        stores.transactions().inTransaction(tx -> {
            assertThat(inbox.feed(tx, "bank")).isEmpty();
            inbox.setFeed(tx, "bank", new FeedState(NOW, NOW.plusSeconds(1), "p2"));
            inbox.setFeed(tx, "bank", new FeedState(NOW, NOW.plusSeconds(2), null));
            assertThat(inbox.feed(tx, "bank")).contains(new FeedState(NOW, NOW.plusSeconds(2), null));
        });
    }
}
