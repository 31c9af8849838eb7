package dev.matrix.webhooks;

import dev.matrix.core.Owner;
import dev.matrix.core.spi.Lease;
import dev.matrix.webhooks.spi.AttemptResult;
import dev.matrix.webhooks.spi.DeliveryRow;
import dev.matrix.webhooks.spi.EndpointLeaseStore.LeaseState;
import dev.matrix.webhooks.spi.EndpointLeaseStore.Taken;
import dev.matrix.webhooks.spi.EndpointShare;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One endpoint that this node leases. Its parts are what the store may have for it ({@link LaneSupply}), what it holds
 * ({@link LaneQueue}), and how fast it may send ({@link LanePace}). Not thread-safe: the {@link Lanes} that hold it guard it.
 */
final class Lane {

    private static final int LEAST_HELD = 16;

    /**
     * How long what is ready may wait before it is read again: its endpoint may have been changed or paused, it may have been
     * cancelled, and by another node, which tells nobody here.
     */
    private static final Duration FRESH = Duration.ofSeconds(10);

    private final LaneSupply supply = new LaneSupply();
    private final LaneQueue queue;
    private final LanePace pace;
    private Lease lease;
    private @Nullable Target target;
    private EndpointHealth health = EndpointHealth.GOOD;
    private Instant busyUntil;

    /**
     * The receiver has asked for its end: nothing more is sent until that is stored and the store has been read since. It
     * may know better: where the delivery was cancelled meanwhile its answer counts for nothing.
     */
    private boolean halted;

    /** Answers that ask so and are not stored yet. */
    private int halting;

    /** @param bytes counts what all lanes of this node hold */
    Lane(Taken taken, Instant now, HeldBytes bytes) {
        this.queue = new LaneQueue(bytes);
        this.lease = taken.lease();
        this.busyUntil = now;
        Breaker breaker = Breaker.decode(taken.breaker());
        // The store leases nothing that is blocked; where the breaker says so still, a person has lifted that.
        breaker.probeNow(now);
        this.pace = new LanePace(breaker);
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

    /** Whose endpoint it is; null until that has been read. */
    @Nullable
    Owner owner() {
        return target == null ? null : target.row().owner();
    }

    void renewed(Instant until) {
        lease = lease.until(until);
    }

    /**
     * Takes what the store shows of the endpoint. Another version starts afresh with its rows, as bodies and order follow
     * the settings; a new rate starts with an empty bucket, as a new lease does.
     */
    void aim(Target seen, Instant now) {
        LaneRead read = supply.read();
        halted &= read == null || !read.seesEnd();
        Target former = target;
        if (former != null && former.isStill(seen.loaded())) {
            return;
        }
        health = new EndpointHealth(seen.row().failingSince(), seen.row().failures());
        if (former == null) {
            pace.begin(seen.settings(), now);
        } else {
            dropReady();
            pace.change(former.settings(), seen.settings(), now);
        }
        target = seen;
    }

    /** How many rows to hold: twice what may be in flight, so that a flush is never waited for. */
    private int mostHeld() {
        return Math.max(LEAST_HELD, 2 * pace.window());
    }

    /** Whether the store is to be asked for rows: half empty with room for more, and hinted or not asked of late. */
    boolean isHungry(Instant now) {
        return supply.isDue(now, isWatching()) && !pace.isBlocked(now) && queue.ready() <= mostHeld() / 4 && room() > 0;
    }

    /**
     * Whether it reads the store from time to time by itself. One that holds nothing, and of which nothing was left
     * there, need not: that something is QUEUED is discovered for all such lanes at once.
     */
    boolean isWatching() {
        return supply.isBehind() || supply.mayRetry() || keepsOrder() || queue.size() > 0;
    }

    boolean mayRetry() {
        return supply.mayRetry();
    }

    /** Says that the store shows a QUEUED row. */
    void suspect() {
        supply.suspect();
    }

    /** Whether as much is in flight as the endpoint bears. */
    boolean isBusy() {
        return pace.isBusy();
    }

    private int room() {
        return Math.max(0, mostHeld() - queue.size());
    }

    /** Says that the store may have something. */
    void hint() {
        supply.hint();
    }

    /**
     * Where a delivery that has just been committed goes without being read; null: it has to wait in the store, for what is
     * there before it, for room, for its turn within its subject or for the endpoint itself. What is sent takes no room, as
     * each delivery that isn't taken costs a read.
     */
    @Nullable
    Target open(Instant now) {
        boolean open = (!supply.isBehind() || supply.read() != null)
                && !halted
                && target != null
                && target.isActive()
                && !keepsOrder()
                && queue.waiting() < mostHeld()
                && !pace.isBlocked(now);
        return open ? target : null;
    }

    /**
     * Takes a delivery with its body, if it is open to it still and of the version that the publisher saw, and there is room
     * for that body.
     */
    boolean takeFresh(Fresh fresh, byte[] body, Instant now) {
        Target open = open(now);
        if (open == null || open.row().version() != fresh.endpointVersion()) {
            return false;
        }
        Ready row = new Ready(DeliveryRow.queued(fresh.row()), body, now);
        boolean watching = isWatching();
        boolean taken = supply.isBehind() ? queue.putSince(row) : queue.put(row);
        if (taken) {
            supply.handedOver(now, watching);
        }
        return taken;
    }

    /** What a read of the store is to give, beside what was held as it began. */
    EndpointShare share(Ordering ordering, Set<String> held) {
        return new EndpointShare(id(), room(), ordering == Ordering.PER_SUBJECT, held);
    }

    /** Begins a read of the store. */
    void look() {
        supply.begin(new LaneRead(halting == 0));
    }

    Set<String> idsInHand() {
        return queue.ids();
    }

    Set<String> subjectsInHand() {
        return queue.subjects();
    }

    boolean keepsOrder() {
        return target != null && target.settings().ordering() == Ordering.PER_SUBJECT;
    }

    /** Ends a read with what it has shown, of which none is taken while halted. */
    void fetched(Fetched shown, Instant now, Duration pause) {
        LaneRead read = supply.read();
        if (read == null) {
            return;
        }
        boolean left = false;
        if (!read.isOutdated() && !halted) {
            for (Ready row : shown.ready()) {
                boolean waits = keepsOrder() && queue.subjects().contains(row.subject());
                left |= !waits && !read.hasLeft(row.id()) && !queue.put(row);
            }
        }
        supply.end(read, shown, left, now, pause);
        queue.endSince(!supply.isBehind());
    }

    /** Ends a read that failed, if one is still in progress: what it left out is still to be read. */
    void endRead() {
        if (supply.giveUp()) {
            queue.endSince(false);
        }
    }

    /** Ends a read of the store that failed, and sends nothing until then. */
    void fail(Instant until) {
        endRead();
        pace.block(until);
        dropReady();
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
                || pace.isBusy()
                || pace.isBlocked(now)
                || lease.until().isBefore(now.plus(needed(target.settings().timeout(), third)))) {
            return null;
        }
        Ready next = queue.peek();
        if (next != null && next.seenAt().plus(FRESH).isBefore(now)) {
            dropReady();
            // Not idle: it is about to be read again.
            busyUntil = now;
            return null;
        }
        if (next == null || !pace.takeToken(now)) {
            return null;
        }
        return new Launch(this, target, lease.token(), queue.begin(), pace.enter(now), now);
    }

    private static Duration needed(Duration timeout, Duration third) {
        Duration most = third.multipliedBy(2);
        Duration whole = timeout.compareTo(most) < 0 ? timeout : most;
        return whole.compareTo(third) > 0 ? whole : third;
    }

    /** When {@link #take} gives what it refuses now for want of a token; null: nothing waits for time alone. */
    @Nullable
    Instant retryAt(Instant now) {
        return !queue.hasReady() || pace.isBusy() || halted || pace.isBlocked(now) ? null : pace.tokenAt(now);
    }

    /** Takes a request's end; the row stays held until its result is flushed. */
    Landing landed(Launch launch, Verdict verdict, AttemptResult result, Instant now, RandomGenerator random) {
        busyUntil = now;
        EndpointHealth before = health;
        health = before.after(verdict.outcome(), now);
        Breaker.Change change = pace.landed(launch.pass(), verdict, now, random);
        if (verdict.disable() != null) {
            halted = true;
            halting++;
            LaneRead read = supply.read();
            if (read != null) {
                read.missEnd();
            }
        }
        if (halted || pace.isBlocked(now)) {
            dropReady();
        }
        return new Landing(launch, verdict, result, health.equals(before) ? null : health, change);
    }

    /** What was held is no longer: its result is in the store. */
    void flushed(Landing landing) {
        String id = landing.launch().ready().id();
        queue.forget(id);
        supply.flushed(id, landing.verdict().after().state().isOpen());
        if (landing.verdict().disable() != null) {
            halting--;
        }
        if (supply.isBehind() || keepsOrder()) {
            supply.readSoon();
        }
    }

    /** Forgets rows that were not begun: they are due in the store as before. */
    void dropReady() {
        queue.dropReady();
        hint();
    }

    /** Has nothing sent that was read before now: the endpoint has changed, or something of it was cancelled. */
    void outdate() {
        LaneRead read = supply.read();
        if (read != null) {
            read.outdate();
        }
        dropReady();
    }

    /** Ends its pauses, as a person has mended the endpoint or asks for a delivery now. */
    void unblock(Instant now) {
        pace.unblock(now);
        hint();
    }

    /** Forgets everything, as the lease is another's now. */
    void leave() {
        queue.forgetAll();
    }

    boolean hasReady() {
        return queue.hasReady();
    }

    boolean isIdle(Instant now, Duration patience) {
        return queue.size() == 0 && !busyUntil.plus(patience).isAfter(now);
    }

    /** Whether its endpoint is PAUSED as far as is known, so that it needs no lease. */
    boolean isPaused() {
        return target != null
                && target.row().status() == EndpointStatus.PAUSED
                && queue.size() == 0
                && supply.read() == null
                && !supply.isBehind();
    }

    boolean isInFlight() {
        return pace.isInFlight();
    }

    LeaseState state(Instant now) {
        return new LeaseState(lease, pace.blockedUntil(now), pace.breaker());
    }
}
