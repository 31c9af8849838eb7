package dev.matrix.webhooks;

import dev.matrix.core.spi.Lease;
import dev.matrix.webhooks.spi.AttemptResult;
import dev.matrix.webhooks.spi.DeliveryRow;
import dev.matrix.webhooks.spi.EndpointLeaseStore.LeaseState;
import dev.matrix.webhooks.spi.EndpointLeaseStore.Taken;
import dev.matrix.webhooks.spi.EndpointShare;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One endpoint that this node leases: what is ready for it, what is in hand, and how much it bears. Not thread-safe: the
 * {@link Lanes} that hold it guard it.
 */
final class Lane {

    private static final int LEAST_HELD = 16;

    /**
     * How long what is ready may wait before it is read anew: its endpoint may have been changed or paused, it may have been
     * cancelled, and by another node, which tells nobody here.
     */
    private static final Duration FRESH = Duration.ofSeconds(10);

    /** How long what is handed over to a lane that has nothing else may take before the store is looked at beside it. */
    private static final Duration FIRST_LOOK = Duration.ofMillis(100);

    /** How long after a look no discovery leads to another. What another node commits is to be on its way within 150 ms. */
    private static final Duration REST = Duration.ofMillis(50);

    private final HeldBytes bytes;
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
     * The receiver has asked for its end: nothing more is sent until that is stored and the store has been looked at since. It
     * may know better: where the delivery was cancelled meanwhile its answer counts for nothing.
     */
    private boolean halted;

    /** Answers that ask so and are not stored yet. */
    private int halting;

    /** Whether the look at the store that is under way began without any. */
    private boolean seesHalts;

    /** In the order to send: by id as read. */
    private final Deque<Ready> ready = new ArrayDeque<>();

    /** Ids of what is ready, in flight, or answered and not yet flushed; the store may still show them as due. */
    private final Map<String, Ready> inHand = new HashMap<>();

    /** Whether the store may have due rows that aren't in hand, behind which news has to wait. */
    private boolean behind = true;

    /** Whether something has said so since the last look at the store began. */
    private boolean hinted;

    private boolean looking;

    /** Whether the look that is under way may show what is no longer so. */
    private boolean looksOutdated;

    /** Whether the store may have RETRYING rows, whose time comes without a word. */
    private boolean mayRetry = true;

    /** Whether a result has left one since the look that is under way began. */
    private boolean retryLeft;

    /** Whether the store has shown a QUEUED row while nothing was in hand; it may be on its way here by a handover. */
    private boolean suspected;

    /** Until when even that is no reason to look: the row may be one that can't be sent yet. */
    private Instant restsUntil = Instant.MIN;

    /** Handed over while a look was under way that may yet show that nothing stands before it. */
    private final Deque<Ready> since = new ArrayDeque<>();

    /** What was in hand and no longer is since the look that is under way began, which may show it as it was: due. */
    private final Set<String> left = new HashSet<>();

    /** @param bytes counts what all lanes of this node hold */
    Lane(Taken taken, Instant now, HeldBytes bytes) {
        this.bytes = bytes;
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
    private int mostHeld() {
        return Math.max(LEAST_HELD, 2 * window.size());
    }

    /** Whether the store is to be asked for rows: half empty with room for more, and hinted or not asked of late. */
    boolean isHungry(Instant now) {
        boolean due = (isWatching() && !fetchAgainAt.isAfter(now)) || (suspected && !restsUntil.isAfter(now));
        return due && !isBlocked(now) && ready.size() <= mostHeld() / 4 && room() > 0;
    }

    /**
     * Whether it looks at the store from time to time by itself. One that has nothing in hand, and of which nothing was left
     * there, need not: that something is QUEUED is discovered for all such lanes at once.
     */
    boolean isWatching() {
        return behind || mayRetry || keepsOrder() || !inHand.isEmpty();
    }

    boolean mayRetry() {
        return mayRetry;
    }

    /** Says that the store shows a QUEUED row. */
    void suspect() {
        suspected = true;
    }

    /** Whether as much is in flight as the endpoint bears. */
    boolean isBusy() {
        return inFlight >= window.size();
    }

    private int room() {
        return Math.max(0, mostHeld() - inHand.size());
    }

    /** Says that the store may have something. */
    void hint() {
        behind = true;
        hinted = true;
        fetchAgainAt = Instant.MIN;
    }

    /**
     * Where a delivery that has just been committed goes without being read; null: it has to wait in the store, for what is
     * there before it, for room, for its turn within its subject or for the endpoint itself. What is sent takes no room, as
     * each delivery that isn't taken costs a read.
     */
    @Nullable
    Target open(Instant now) {
        boolean open = (!behind || looking)
                && !halted
                && target != null
                && target.isActive()
                && !keepsOrder()
                && ready.size() + since.size() < mostHeld()
                && !isBlocked(now);
        return open ? target : null;
    }

    /** Takes a delivery with its body, if it is open to it still and of the version that the publisher saw. */
    boolean takeFresh(Fresh fresh, byte[] body, Instant now) {
        Target open = open(now);
        if (open == null || open.row().version() != fresh.endpointVersion()) {
            return false;
        }
        if (!isWatching()) {
            fetchAgainAt = now.plus(FIRST_LOOK);
        }
        suspected = false;
        Ready row = new Ready(DeliveryRow.queued(fresh.row()), body, now);
        if (behind) {
            since.add(row);
            bytes.add(body.length);
        } else {
            put(row);
        }
        return true;
    }

    /** Ends the waiting of what was handed over during a look. */
    private void endSince(boolean caughtUp) {
        for (Ready row : since) {
            bytes.remove(row.body().length);
            if (caughtUp) {
                put(row);
            }
        }
        since.clear();
    }

    private void put(Ready row) {
        if (inHand.putIfAbsent(row.id(), row) == null) {
            bytes.add(row.body().length);
            ready.addLast(row);
        }
    }

    private void forget(String id) {
        Ready row = inHand.remove(id);
        if (row != null) {
            bytes.remove(row.body().length);
        }
    }

    /** What a look at the store is to give, beside what was in hand as it began. */
    EndpointShare share(Ordering ordering, Set<String> held) {
        return new EndpointShare(id(), room(), ordering == Ordering.PER_SUBJECT, held);
    }

    /** Begins a look at the store. */
    void look() {
        seesHalts = halting == 0;
        hinted = false;
        suspected = false;
        retryLeft = false;
        looking = true;
        looksOutdated = false;
        left.clear();
    }

    Set<String> idsInHand() {
        return Set.copyOf(inHand.keySet());
    }

    Set<String> subjectsInHand() {
        return inHand.values().stream().map(Ready::subject).collect(Collectors.toSet());
    }

    boolean keepsOrder() {
        return target != null && target.settings().ordering() == Ordering.PER_SUBJECT;
    }

    /** Takes a row to send, unless it is in hand; of a subject with an order, unless any of that is. None while halted. */
    private void add(Ready row) {
        boolean waits = keepsOrder() && isInHand(row.subject());
        if (!halted && !waits && !left.contains(row.id())) {
            put(row);
        }
    }

    private boolean isInHand(String subject) {
        return inHand.values().stream().anyMatch(row -> row.subject().equals(subject));
    }

    /** Ends a look, and notes when to take the next: at once where there may be more, else after a poll's pause. */
    void fetched(Fetched look, Instant now, Duration poll) {
        if (!looksOutdated) {
            look.ready().forEach(this::add);
        }
        looking = false;
        behind = look.full() || hinted;
        mayRetry = look.retrying() || retryLeft;
        endSince(!behind);
        fetchAgainAt = look.isWorthAnother() || hinted ? Instant.MIN : now.plus(poll);
        restsUntil = now.plus(REST);
    }

    /** Sends nothing until then, nor before whatever else it waits for. */
    private void block(@Nullable Instant until) {
        if (until != null && (blockedUntil == null || until.isAfter(blockedUntil))) {
            blockedUntil = until;
        }
    }

    /** Ends a look at the store that came to nothing, and sends nothing until then. */
    void fail(Instant until) {
        looking = false;
        block(until);
        dropReady();
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
                || isBusy()
                || isBlocked(now)
                || lease.until().isBefore(now.plus(needed(target.settings().timeout(), third)))) {
            return null;
        }
        Ready next = ready.peekFirst();
        if (next != null && next.seenAt().plus(FRESH).isBefore(now)) {
            dropReady();
            // Not idle: it is about to be read again.
            busyUntil = now;
            return null;
        }
        if (next == null || (bucket != null && !bucket.tryTake(now))) {
            return null;
        }
        ready.removeFirst();
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
        if (bucket == null || ready.isEmpty() || isBusy() || halted || isBlocked(now)) {
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
        block(verdict.blockedUntil());
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
        String id = landing.launch().ready().id();
        forget(id);
        if (looking) {
            left.add(id);
        }
        if (landing.verdict().after().state().isOpen()) {
            mayRetry = true;
            retryLeft = true;
        }
        if (landing.verdict().disable() != null) {
            halting--;
        }
        if (behind || keepsOrder()) {
            fetchAgainAt = Instant.MIN;
        }
    }

    /** Forgets rows that were not begun: they are due in the store as before. */
    void dropReady() {
        ready.forEach(row -> forget(row.id()));
        ready.clear();
        endSince(false);
        hint();
    }

    /** Has nothing sent that was read before now: the endpoint has changed, or something of it was cancelled. */
    void outdate() {
        looksOutdated = true;
        dropReady();
    }

    /** Forgets everything, as the lease is another's now. */
    void leave() {
        inHand.values().forEach(row -> bytes.remove(row.body().length));
        inHand.clear();
        ready.clear();
        endSince(false);
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
