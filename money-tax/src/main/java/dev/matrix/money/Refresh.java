package dev.matrix.money;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.Matrix;
import dev.matrix.core.spi.Backoff;
import dev.matrix.core.spi.HttpTransport;
import dev.matrix.core.spi.Lease;
import dev.matrix.core.spi.LeaseStore;
import dev.matrix.core.spi.Step;
import dev.matrix.core.spi.Transactions;
import dev.matrix.core.spi.Tx;
import dev.matrix.money.spi.FetchRequest;
import dev.matrix.money.spi.FxSourceStore;
import dev.matrix.money.spi.RateFetch;
import dev.matrix.money.spi.RateFetch.Failed;
import dev.matrix.money.spi.RateFetch.Fetched;
import dev.matrix.money.spi.RateSource;
import dev.matrix.money.spi.SourceRow;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks one source when it is due, on one node at a time, and stores what it says. No transaction is open while the source
 * is asked; each one after checks that the lease still is this node's.
 */
final class Refresh implements Step {

    private static final Logger LOG = LoggerFactory.getLogger(ExchangeRates.class);
    private static final Duration LEASE = Duration.ofMinutes(3);
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(15);
    private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_WAIT = Duration.ofDays(1);
    private static final int TOLD_AFTER_FAILURES = 3;
    private static final int LONGEST_ERROR = 500;
    private static final double JITTER = 0.2;

    private final RateSource source;
    private final FxSourceStore standings;
    private final LeaseStore leases;
    private final Transactions transactions;
    private final HttpTransport transport;
    private final Intake intake;
    private final RateMemory memory;
    private final RateEvents events;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final String node;

    /** The lease passed on while this node was busy; what it had not committed is another's work now. */
    private static final class Overtaken extends RuntimeException {

        private static final long serialVersionUID = 1L;
    }

    Refresh(
            Matrix matrix,
            RateSource source,
            FxSourceStore standings,
            Intake intake,
            RateMemory memory,
            RateEvents events) {
        this.source = source;
        this.standings = standings;
        this.leases = matrix.stores().get(LeaseStore.class);
        this.transactions = matrix.transactions();
        this.transport = matrix.transport();
        this.intake = intake;
        this.memory = memory;
        this.events = events;
        this.clock = matrix.storeClock();
        this.random = matrix.random();
        this.node = matrix.node();
    }

    @Override
    public String name() {
        return "fx.refresh." + source.name();
    }

    /** The turn to ask: the lease, and how the source stood when it was taken. */
    private record Turn(Lease lease, @Nullable SourceRow former) {

        int failures() {
            return former == null ? 0 : former.failures();
        }
    }

    @Override
    public Instant run(Instant now) {
        Instant due = transactions
                .returning(tx -> standings.find(tx, source.name()))
                .map(SourceRow::nextAttemptAt)
                .orElse(now);
        if (due.isAfter(now)) {
            return due;
        }
        Optional<Turn> turn = transactions.returning(tx -> begin(tx, now));
        if (turn.isEmpty()) {
            return now.plus(LOOK_AGAIN);
        }
        try {
            return ask(turn.get());
        } catch (Overtaken e) {
            return now.plus(LOOK_AGAIN);
        }
    }

    /** Takes the lease, unless another node has just done what was due. */
    private Optional<Turn> begin(Tx tx, Instant now) {
        Optional<Lease> lease = leases.acquire(tx, "fx/" + source.name(), node, now, LEASE);
        if (lease.isEmpty()) {
            return Optional.empty();
        }
        SourceRow row = standings.find(tx, source.name()).orElse(null);
        if (row != null && row.nextAttemptAt().isAfter(now)) {
            leases.release(tx, lease.get());
            return Optional.empty();
        }
        return Optional.of(new Turn(lease.get(), row));
    }

    private Instant ask(Turn turn) {
        RateFetch fetch = fetch(turn);
        if (fetch instanceof Fetched fetched) {
            try {
                boolean quarantined = intake.take(source, fetched.observed(), tx -> requireLease(tx, turn));
                memory.follow(Reader.own(transactions));
                // While something waits for an observation that agrees, an answer "not modified" would be no answer.
                return succeeded(turn, quarantined ? null : fetched.note());
            } catch (InvalidRequestException e) {
                return failed(turn, Failed.lasting(String.valueOf(e.getMessage())));
            }
        }
        return fetch instanceof Failed failure
                ? failed(turn, failure)
                : succeeded(turn, turn.former() == null ? null : turn.former().note());
    }

    private RateFetch fetch(Turn turn) {
        String note = turn.former() == null ? null : turn.former().note();
        FetchRequest request = new FetchRequest(clock.instant(), newest().newestDay(source.name()), note);
        try {
            return source.fetch(request, transport);
        } catch (InvalidRequestException e) {
            return Failed.lasting(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            LOG.warn("The source of exchange rates {} failed in a way that it should not.", source.name(), e);
            return Failed.passing("It failed with " + e.getClass().getSimpleName());
        }
    }

    private void requireLease(Tx tx, Turn turn) {
        if (!leases.renew(tx, turn.lease(), clock.instant(), LEASE)) {
            throw new Overtaken();
        }
    }

    private Instant succeeded(Turn turn, @Nullable String note) {
        Instant now = clock.instant();
        RateView newest = newest();
        Instant next = planned(now, newest, 0);
        SourceRow former = turn.former();
        Instant since = former == null ? null : former.failingSince();
        finish(turn, new SourceRow(source.name(), next, note, 0, null, null), tx -> {
            if (since != null && turn.failures() >= TOLD_AFTER_FAILURES) {
                events.recovered(tx, source.name(), since, newest.newestDay(source.name()));
            }
        });
        return next;
    }

    private Instant failed(Turn turn, Failed failure) {
        Instant now = clock.instant();
        int failures = turn.failures() + 1;
        SourceRow former = turn.former();
        Instant since = former == null || former.failingSince() == null ? now : former.failingSince();
        String note = former == null ? null : former.note();
        String why = failure.why().substring(0, Math.min(failure.why().length(), LONGEST_ERROR));
        RateView newest = newest();
        Instant next = now.plus(pause(now, newest, failures, failure));
        finish(turn, new SourceRow(source.name(), next, note, failures, since, why), tx -> {
            if (failures == TOLD_AFTER_FAILURES) {
                LOG.warn("No exchange rates of {} since {}: {}.", source.name(), since, why);
                events.failed(tx, source.name(), since, newest.newestDay(source.name()));
            }
        });
        return next;
    }

    /** What the source asks for comes first; else its own pause, lengthened by chance so that nodes don't move in step. */
    private Duration pause(Instant now, RateView newest, int failures, Failed failure) {
        Duration asked = failure.retryAfter();
        if (asked != null) {
            return within(RateSource.PAUSES.first(), asked, LONGEST_WAIT);
        }
        Duration pause = failure.retry()
                ? within(SHORTEST_PAUSE, Duration.between(now, planned(now, newest, failures)), LONGEST_WAIT)
                : RateSource.PAUSES.longest();
        return Backoff.above(pause, JITTER, random);
    }

    /** A source that names a time in the past would be asked without end. */
    private Instant planned(Instant now, RateView newest, int failures) {
        Instant next = source.nextAttempt(now, newest.newestObservedAt(source.name()), failures);
        Instant soonest = now.plus(SHORTEST_PAUSE);
        return next.isBefore(soonest) ? soonest : next;
    }

    private static Duration within(Duration least, Duration pause, Duration most) {
        return pause.compareTo(least) < 0 ? least : pause.compareTo(most) > 0 ? most : pause;
    }

    private void finish(Turn turn, SourceRow row, Consumer<Tx> telling) {
        transactions.inTransaction(tx -> {
            requireLease(tx, turn);
            standings.put(tx, row);
            telling.accept(tx);
            leases.release(tx, turn.lease());
        });
    }

    private RateView newest() {
        return memory.newest(Reader.own(transactions));
    }
}
