package dev.matrix.tax.id;

import dev.matrix.core.spi.Lease;
import dev.matrix.core.spi.LeaseStore;
import dev.matrix.core.spi.Step;
import dev.matrix.core.spi.Transactions;
import dev.matrix.tax.TaxId;
import dev.matrix.tax.spi.TaxIdAnswer;
import dev.matrix.tax.spi.TaxIdRow;
import dev.matrix.tax.spi.TaxIdStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Asks about the ids that are due, one after the other, on one node at a time. */
final class RecheckStep implements Step {

    static final String NAME = "tax.ids";

    private static final Duration LEASE = Duration.ofMinutes(2);
    private static final Duration WHILE_ANOTHER_NODE_WORKS = Duration.ofSeconds(30);
    private static final Duration AT_LEAST = Duration.ofSeconds(1);
    private static final Duration AT_MOST = Duration.ofMinutes(1);
    private static final int IDS_PER_RUN = 20;

    private final Transactions transactions;
    private final LeaseStore leases;
    private final TaxIdStore store;
    private final Verifiers verifiers;
    private final Ledger ledger;
    private final InstantSource clock;
    private final String node;

    RecheckStep(
            Transactions transactions,
            LeaseStore leases,
            TaxIdStore store,
            Verifiers verifiers,
            Ledger ledger,
            InstantSource clock,
            String node) {
        this.transactions = transactions;
        this.leases = leases;
        this.store = store;
        this.verifiers = verifiers;
        this.ledger = ledger;
        this.clock = clock;
        this.node = node;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Instant run(Instant now) {
        Optional<Lease> lease = transactions.returning(tx -> leases.acquire(tx, NAME, node, now, LEASE));
        if (lease.isEmpty()) {
            return now.plus(WHILE_ANOTHER_NODE_WORKS);
        }
        Instant next;
        try {
            next = recheck(lease.get(), now);
        } catch (RuntimeException | Error failure) {
            releaseAfter(failure, lease.get());
            throw failure;
        }
        release(lease.get());
        return next;
    }

    private void release(Lease lease) {
        transactions.inTransaction(tx -> leases.release(tx, lease));
    }

    /** What went wrong first is what people need to know; the lease ends by itself. */
    private void releaseAfter(Throwable failure, Lease lease) {
        try {
            release(lease);
        } catch (RuntimeException alsoFailed) {
            failure.addSuppressed(alsoFailed);
        }
    }

    private Instant recheck(Lease lease, Instant now) {
        Set<String> open = verifiers.open(now);
        List<TaxIdRow> due = transactions.returning(tx -> store.due(tx, now, open, IDS_PER_RUN));
        int asked = 0;
        for (TaxIdRow row : due) {
            if (!transactions.returning(tx -> leases.renew(tx, lease, clock.instant(), LEASE))) {
                return clock.instant().plus(WHILE_ANOTHER_NODE_WORKS);
            }
            asked += ask(row.id(), lease) ? 1 : 0;
        }
        return asked == IDS_PER_RUN ? now : next(clock.instant());
    }

    private boolean ask(TaxId id, Lease lease) {
        Optional<TaxIdAnswer> answer = verifiers.ask(id);
        answer.ifPresent(found -> ledger.record(id, found, clock.instant(), tx -> leases.holds(tx, lease)));
        return answer.isPresent();
    }

    /** Other nodes add rows too, so it looks once a minute; and not at once, as what it left is waiting for others. */
    private Instant next(Instant now) {
        Optional<Instant> due = transactions.returning(tx -> store.nextDue(tx, verifiers.open(now)));
        Instant earliest = Stream.of(due, verifiers.nextOpening(now))
                .flatMap(Optional::stream)
                .min(Instant::compareTo)
                .orElse(Instant.MAX);
        Instant floor = now.plus(AT_LEAST);
        Instant ceiling = now.plus(AT_MOST);
        return earliest.isBefore(floor) ? floor : earliest.isAfter(ceiling) ? ceiling : earliest;
    }
}
