package dev.matrix.refunds;

import dev.matrix.core.spi.Step;
import dev.matrix.core.spi.Tx;
import dev.matrix.refunds.spi.NotificationStore.Kind;
import dev.matrix.refunds.spi.NotificationStore.NotificationRow;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Looks up what the notifications and the feed of one provider name, one after the other. What names nothing known is kept for 30
 * days and looked up again: the payment may be recorded later, by a transaction that hasn't committed yet too.
 */
final class Inbox implements Step {

    static final Duration KEPT = Duration.ofDays(30);
    private static final Duration POLL = Duration.ofSeconds(10);
    private static final List<Duration> PAUSES =
            List.of(Duration.ofMinutes(1), Duration.ofMinutes(10), Duration.ofHours(1));
    private static final Duration LATER = Duration.ofDays(1);

    private final String provider;
    private final RefundStores stores;
    private final OutsideRefunds refunds;
    private final OutsideDisputes disputes;
    private final Duration lease;
    private final InstantSource clock;

    Inbox(
            String provider,
            RefundStores stores,
            OutsideRefunds refunds,
            OutsideDisputes disputes,
            Duration lease,
            InstantSource clock) {
        this.provider = provider;
        this.stores = stores;
        this.refunds = refunds;
        this.disputes = disputes;
        this.lease = lease;
        this.clock = clock;
    }

    @Override
    public String name() {
        return DisputeStep.name("inbox", provider);
    }

    @Override
    public Instant run(Instant now) {
        Optional<NotificationRow> claimed =
                stores.transactions().returning(tx -> stores.notifications().claimDue(tx, provider, now, lease));
        if (claimed.isEmpty()) {
            return now.plus(POLL);
        }
        NotificationRow row = claimed.get();
        boolean done = row.kind() == Kind.DISPUTE ? disputes.lookUp(row) : refunds.lookUp(row);
        stores.transactions().inTransaction(tx -> settle(tx, row, done));
        return now;
    }

    private void settle(Tx tx, NotificationRow row, boolean done) {
        Instant now = clock.instant();
        Duration pause = row.rounds() < PAUSES.size() ? PAUSES.get(row.rounds()) : LATER;
        Instant again = now.plus(pause);
        boolean over = done || !again.isBefore(row.receivedAt().plus(KEPT));
        stores.notifications().settle(tx, row, over ? null : again, row.rounds() + 1);
    }
}
