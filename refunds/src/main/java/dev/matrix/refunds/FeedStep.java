package dev.matrix.refunds;

import dev.matrix.core.spi.Lease;
import dev.matrix.core.spi.LeaseStore;
import dev.matrix.core.spi.Step;
import dev.matrix.core.spi.Tx;
import dev.matrix.refunds.spi.NotificationStore.FeedState;
import dev.matrix.refunds.spi.RefundFeed;
import dev.matrix.refunds.spi.RefundFeed.FeedPage;
import dev.matrix.refunds.spi.Subject.RefundSubject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reads the feed of one provider every 6 h, on one node: refunds that Matrix doesn't know are put into the inbox. A run reads at most
 * 100 pages, and the next one goes on where it ended.
 */
record FeedStep(
        String provider,
        RefundFeed feed,
        RefundStores stores,
        LeaseStore leases,
        Calls calls,
        String node,
        Consumer<String> wake)
        implements Step {

    private static final Duration EVERY = Duration.ofHours(6);
    private static final Duration OVERLAP = Duration.ofDays(2);
    private static final Duration LEASE = Duration.ofHours(1);
    private static final Duration BUSY = Duration.ofMinutes(10);
    private static final int MOST_PAGES = 100;

    @Override
    public String name() {
        return DisputeStep.name("feed", provider);
    }

    @Override
    public Instant run(Instant now) {
        FeedState last = stores.transactions().<FeedState>returning(tx -> state(tx, now));
        boolean between = last.cursor() == null && now.isBefore(last.begunAt().plus(EVERY));
        if (between) {
            return last.begunAt().plus(EVERY);
        }
        Optional<Lease> lease = stores.transactions().returning(tx -> leases.acquire(tx, name(), node, now, LEASE));
        if (lease.isEmpty()) {
            return now.plus(BUSY);
        }
        try {
            read(last, lease.get(), now);
        } catch (RuntimeException failed) {
            released(lease.get(), failed);
            throw failed;
        }
        stores.transactions().inTransaction(tx -> leases.release(tx, lease.get()));
        wake.accept(DisputeStep.name("inbox", provider));
        return now.plus(BUSY);
    }

    private void read(FeedState last, Lease lease, Instant now) {
        FeedState state = last.cursor() == null ? new FeedState(last.begunAt().minus(OVERLAP), now, null) : last;
        for (int pages = 0; pages < MOST_PAGES; pages++) {
            FeedPage page = feed.since(state.since(), state.cursor(), calls.context());
            FeedState next = new FeedState(state.since(), state.begunAt(), page.nextCursor());
            boolean held = stores.transactions()
                    .<Boolean>returning(tx -> leases.holds(tx, lease) && keep(tx, page, next, now));
            if (!held || page.nextCursor() == null) {
                return;
            }
            state = next;
        }
    }

    /** So that the retry need not wait for the lease's end. */
    private void released(Lease lease, RuntimeException failed) {
        try {
            stores.transactions().inTransaction(tx -> leases.release(tx, lease));
        } catch (RuntimeException too) {
            failed.addSuppressed(too);
        }
    }

    /** Before the first run, as if the one before had begun 6 hours ago. */
    private FeedState state(Tx tx, Instant now) {
        return stores.notifications()
                .feed(tx, provider)
                .orElse(new FeedState(now.minus(EVERY), now.minus(EVERY), null));
    }

    private boolean keep(Tx tx, FeedPage page, FeedState next, Instant now) {
        for (RefundSubject refund : page.refunds()) {
            String ref = refund.providerRef();
            boolean sound = refund.captureRef() == null || Checks.isReference(refund.captureRef());
            if (sound
                    && ref != null
                    && Checks.isReference(ref)
                    && stores.legs().byProviderRef(tx, provider, ref).isEmpty()) {
                stores.notifications().insert(tx, Notifications.rows(provider, "feed:" + ref, List.of(refund), now));
            }
        }
        stores.notifications().setFeed(tx, provider, next);
        return true;
    }
}
