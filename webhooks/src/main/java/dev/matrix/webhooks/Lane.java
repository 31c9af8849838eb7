package dev.matrix.webhooks;

import dev.matrix.core.spi.Lease;
import dev.matrix.webhooks.spi.AttemptResult;
import dev.matrix.webhooks.spi.EndpointLeaseStore.LeaseState;
import dev.matrix.webhooks.spi.EndpointLeaseStore.Taken;
import dev.matrix.webhooks.spi.EndpointShare;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One endpoint that this node leases: what is ready for it, what is in hand, and how much it bears. Not thread-safe: the
 * {@link Lanes} that hold it guard it.
 */
final class Lane {

    private static final int LEAST_HELD = 16;
    private static final int MOST_LOOKS_ONWARD = 4;

    private Lease lease;
    private @Nullable Target target;
    private EndpointHealth health = EndpointHealth.GOOD;
    private final Breaker breaker;
    private InFlightWindow window = InFlightWindow.first(1);
    private @Nullable TokenBucket bucket;
    private @Nullable Instant blockedUntil;
    private Instant busyUntil;
    private Instant fetchAgainAt = Instant.MIN;
    private int inFlight;

    /**
     * The highest QUEUED row that was read, so that the next look needn't give what is in hand again. One for want of anything
     * to send begins at the first row, and so does each fifth: an id may be lower than one that was read and commit later.
     */
    private @Nullable String readTo;

    private int looksOnward;

    /**
     * The receiver has asked for its end: nothing more is sent until that is stored and the store has been looked at since. It
     * may know better: where the delivery was cancelled meanwhile its answer counts for nothing.
     */
    private boolean halted;

    /** Answers that ask so and are not stored yet. */
    private int halting;

    /** Whether the look at the store that is under way began without any. */
    private boolean seesHalts;

    /** In the order to send: by id as read. */
    private final List<Ready> ready = new ArrayList<>();

    /** Ids of what is ready, in flight, or answered and not yet flushed; the store may still show them as due. */
    private final Map<String, Ready> inHand = new HashMap<>();

    Lane(Taken taken, Instant now) {
        this.lease = taken.lease();
        this.breaker = Breaker.decode(taken.breaker());
        this.busyUntil = now;
    }

    String id() {
        return lease.key();
    }

    Lease lease() {
        return lease;
    }

    @Nullable
    Target target() {
        return target;
    }

    void renewed(Instant until) {
        lease = lease.until(until);
    }

    /**
     * Takes what the store shows of the endpoint. Another version starts afresh with its rows, as bodies and order follow
     * the settings; a new rate starts with an empty bucket, as a new lease does.
     */
    void aim(Target seen, Instant now) {
        halted &= !seesHalts;
        EndpointSettings settings = seen.settings();
        Target former = target;
        if (former != null && former.isStill(seen.loaded())) {
            return;
        }
        health = new EndpointHealth(seen.row().failingSince(), seen.row().failures());
        if (former == null) {
            window = InFlightWindow.first(settings.maxInFlight());
        } else {
            dropReady();
            window = window.within(settings.maxInFlight());
        }
        RateLimit limit = settings.rateLimit();
        if (limit == null) {
            bucket = null;
        } else if (former == null || !limit.equals(former.settings().rateLimit())) {
            bucket = TokenBucket.empty(limit, now);
        }
        target = seen;
    }

    /** How many rows to hold: twice what may be in flight, so that a flush is never waited for. */
    private int held() {
        return Math.max(LEAST_HELD, 2 * window.size());
    }

    /** Whether the store is to be asked for rows: half empty, and hinted or not asked of late. */
    boolean isHungry(Instant now) {
        return !isBlocked(now) && ready.size() <= held() / 4 && !fetchAgainAt.isAfter(now);
    }

    void hint() {
        fetchAgainAt = Instant.MIN;
    }

    EndpointShare share(Ordering ordering) {
        int room = held() - inHand.size();
        boolean onward = readTo != null
                && ordering == Ordering.UNORDERED
                && looksOnward < MOST_LOOKS_ONWARD
                && !ready.isEmpty()
                && room > 0;
        looksOnward = onward ? looksOnward + 1 : 0;
        return onward
                ? new EndpointShare(id(), room, false, readTo)
                : new EndpointShare(id(), held(), ordering == Ordering.PER_SUBJECT);
    }

    /** What is in hand as a look at the store begins. */
    Stream<Delivery> inHand() {
        seesHalts = halting == 0;
        return inHand.values().stream().map(row -> row.row().delivery());
    }

    /** Takes a row to send, unless it is in hand; of a subject with an order, unless any of that is. None while halted. */
    void add(Ready row) {
        boolean waits =
                target != null && target.settings().ordering() == Ordering.PER_SUBJECT && isInHand(row.subject());
        if (!halted && !waits && inHand.putIfAbsent(row.id(), row) == null) {
            ready.add(row);
        }
    }

    private boolean isInHand(String subject) {
        return inHand.values().stream().anyMatch(row -> row.subject().equals(subject));
    }

    long bytes() {
        return inHand.values().stream().mapToLong(row -> row.body().length).sum();
    }

    /** Notes when to ask again: at once where rows were left in the store, else after a poll's pause. */
    void fetched(@Nullable String to, boolean more, Instant now, Duration poll) {
        if (to != null || looksOnward == 0) {
            readTo = to;
        }
        fetchAgainAt = more ? Instant.MIN : now.plus(poll);
    }

    private boolean isBlocked(Instant now) {
        return (blockedUntil != null && blockedUntil.isAfter(now)) || !breaker.admits(now);
    }

    /**
     * The next request that may begin now; null: none may. It must be able to end within the lease, up to two thirds of
     * that: else it could still be in flight beside those of the next holder, over the cap and out of order.
     *
     * @param third of a lease; less than that is never enough
     */
    @Nullable
    Launch take(Instant now, Duration third) {
        if (target == null
                || halted
                || !target.isActive()
                || inFlight >= window.size()
                || isBlocked(now)
                || lease.until().isBefore(now.plus(needed(target.settings().timeout(), third)))) {
            return null;
        }
        if (ready.isEmpty() || (bucket != null && !bucket.tryTake(now))) {
            return null;
        }
        Ready next = ready.remove(0);
        inFlight++;
        return new Launch(this, target, lease.token(), next, breaker.enter(now), now);
    }

    private static Duration needed(Duration timeout, Duration third) {
        Duration most = third.multipliedBy(2);
        Duration whole = timeout.compareTo(most) < 0 ? timeout : most;
        return whole.compareTo(third) > 0 ? whole : third;
    }

    /** When {@link #take} gives what it refuses now for want of a token; null: nothing waits for time alone. */
    @Nullable
    Instant retryAt(Instant now) {
        if (bucket == null || ready.isEmpty() || inFlight >= window.size() || halted || isBlocked(now)) {
            return null;
        }
        Instant token = bucket.nextAt(now);
        return token.isAfter(now) ? token : null;
    }

    /** Takes a request's end; the row stays in hand until its result is flushed. */
    Landing landed(Launch launch, Verdict verdict, AttemptResult result, Instant now, RandomGenerator random) {
        inFlight--;
        busyUntil = now;
        window = window.after(verdict);
        EndpointHealth before = health;
        health = before.after(verdict.outcome(), now);
        if (verdict.blockedUntil() != null) {
            blockedUntil = verdict.blockedUntil();
        }
        Breaker.Change change = breaker.note(launch.pass(), verdict, now, random);
        if (verdict.disable() != null) {
            halted = true;
            halting++;
            seesHalts = false;
        }
        if (halted || isBlocked(now)) {
            dropReady();
        }
        return new Landing(launch, verdict, result, health.equals(before) ? null : health, change);
    }

    /** What was in hand is no longer: its result is in the store. */
    void flushed(Landing landing) {
        inHand.remove(landing.launch().ready().id());
        if (landing.verdict().disable() != null) {
            halting--;
        }
        hint();
    }

    /** Forgets rows that were not begun: they are due in the store as before. */
    void dropReady() {
        for (Iterator<Ready> rows = ready.iterator(); rows.hasNext(); ) {
            inHand.remove(rows.next().id());
            rows.remove();
        }
        readTo = null;
    }

    boolean hasReady() {
        return !ready.isEmpty();
    }

    boolean isIdle(Instant now, Duration patience) {
        return inHand.isEmpty() && !busyUntil.plus(patience).isAfter(now);
    }

    boolean isInFlight() {
        return inFlight > 0;
    }

    LeaseState state(Instant now) {
        Instant open = breaker.openUntil();
        Instant until = blockedUntil == null || (open != null && open.isAfter(blockedUntil)) ? open : blockedUntil;
        return new LeaseState(lease, until == null || !until.isAfter(now) ? null : until, breaker.encode());
    }
}
