package dev.matrix.webhooks;

import dev.matrix.core.Owner;
import dev.matrix.core.spi.Lease;
import dev.matrix.webhooks.spi.EndpointLeaseStore.Taken;
import dev.matrix.webhooks.spi.EndpointShare;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The leased endpoints of this node, served in turn: deficit round-robin with a quantum of one request, so an endpoint
 * with a long backlog gets no more than one that has a single delivery. Thread-safe: one lock guards all lanes; nothing
 * under it blocks.
 */
final class Lanes {

    private final int maxInFlight;
    private final Duration third;
    private final Lock lock = new ReentrantLock();
    private final Condition landed = lock.newCondition();
    private final Map<String, Lane> byEndpoint = new LinkedHashMap<>();

    /** Lanes that may have a request to begin, next first; a lane is in it once at most. */
    private final Deque<Lane> turns = new ArrayDeque<>();

    private final Set<Lane> inTurns = new HashSet<>();
    private final HeldBytes bytes = new HeldBytes();

    /** Requests in flight, of this node's cap. */
    private final Shares flights;

    private boolean closing;

    /** How many requests of an endpoint have results that aren't stored yet, of lanes too whose lease was lost. */
    private final Map<String, Integer> unsettled = new HashMap<>();

    /** Lanes that were passed over as their owner has its share in flight: the next answer lets one of them go on. */
    private final Set<Lane> crowded = new LinkedHashSet<>();

    /** Lanes that were passed over for want of a token: time alone lets them go on. */
    private final Set<Lane> paced = new LinkedHashSet<>();

    private boolean isPacedAnew;
    private boolean isOutdated;

    /**
     * @param lease how long one lasts; no request begins with less than a third of it left
     */
    Lanes(int maxInFlight, Duration lease) {
        this.maxInFlight = maxInFlight;
        this.flights = new Shares(maxInFlight, Math.max(1, maxInFlight * 3L / 4));
        this.third = lease.dividedBy(3);
    }

    <R> R locked(Supplier<R> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    void add(Collection<Taken> leased, Instant now) {
        locked(() -> {
            leased.forEach(one -> left(byEndpoint.put(one.lease().key(), new Lane(one, now, bytes))));
            return leased;
        });
    }

    private static void left(@Nullable Lane lane) {
        if (lane != null) {
            lane.leave();
        }
    }

    /**
     * Those of these endpoints that may be leased: they have no lane, and no result of this node's waits to be stored. It
     * counts under the lease that it was sent under, while nobody takes a newer one.
     */
    Set<String> free(Collection<String> endpoints) {
        return locked(() -> endpoints.stream()
                .filter(id -> !byEndpoint.containsKey(id) && !unsettled.containsKey(id))
                .collect(Collectors.toCollection(TreeSet::new)));
    }

    /** The endpoints whose lanes read the store by themselves. */
    Set<String> watching() {
        return locked(() -> byEndpoint.values().stream()
                .filter(Lane::isWatching)
                .map(Lane::id)
                .collect(Collectors.toSet()));
    }

    /** Tells the lanes of these endpoints, where there are any, that the store shows QUEUED rows of theirs. */
    void suspect(Collection<String> endpoints) {
        each(endpoints, Lane::suspect);
    }

    /** The endpoints of those lanes of which the store may have RETRYING rows. */
    List<String> mayRetry(List<Lane> lanes) {
        return locked(() -> lanes.stream().filter(Lane::mayRetry).map(Lane::id).toList());
    }

    List<Lease> leases() {
        return locked(() -> byEndpoint.values().stream().map(Lane::lease).toList());
    }

    /** Keeps the lanes that were renewed; drops the others, whose requests in flight will come too late. */
    void renewed(Set<String> held, List<Lease> asked, Instant until) {
        locked(() -> {
            for (Lease lease : asked) {
                Lane lane = byEndpoint.get(lease.key());
                if (lane == null) {
                    continue;
                }
                if (held.contains(lease.key())) {
                    lane.renewed(until);
                } else {
                    left(byEndpoint.remove(lease.key()));
                }
            }
            return held;
        });
    }

    /** Takes out the lanes that a predicate picks. */
    List<Lane> remove(Function<Lane, Boolean> which) {
        return locked(() -> {
            List<Lane> removed =
                    byEndpoint.values().stream().filter(which::apply).toList();
            removed.forEach(lane -> left(byEndpoint.remove(lane.id())));
            return removed;
        });
    }

    void hint(Collection<String> endpoints) {
        each(endpoints, Lane::hint);
    }

    private void each(Collection<String> endpoints, Consumer<Lane> action) {
        locked(() -> {
            endpoints.forEach(id -> {
                Lane lane = byEndpoint.get(id);
                if (lane != null) {
                    action.accept(lane);
                }
            });
            return endpoints;
        });
    }

    List<Lane> hungry(Instant now) {
        return locked(() -> byEndpoint.values().stream()
                .filter(lane -> lane.isHungry(now) && !(bytes.isTight() && lane.isBusy()) && mayHoldMore(lane))
                .toList());
    }

    private boolean mayHoldMore(Lane lane) {
        Owner owner = lane.owner();
        return owner == null || bytes.admits(owner, lane.id(), 1);
    }

    EndpointShare share(Lane lane, Ordering ordering, InHand inHand) {
        return locked(() -> lane.share(ordering, inHand.ids(lane.id())));
    }

    /** Begins a read of the store for these lanes. */
    void look(List<Lane> lanes) {
        locked(() -> {
            lanes.forEach(Lane::look);
            return lanes;
        });
    }

    /** What these lanes hold. */
    InHand inHand(List<Lane> lanes) {
        return locked(() -> InHand.of(lanes));
    }

    /** What there is room for of bodies, to plan a read with; what is read is counted as it is taken. */
    Shares room() {
        return locked(bytes::plan);
    }

    /**
     * Gives a lane what the store has for it, and puts it in line.
     *
     * @return whether to read more now
     */
    boolean supply(Lane lane, Target target, Fetched look, Instant now, Duration poll) {
        return locked(() -> {
            lane.aim(target, now);
            lane.fetched(look, now, poll);
            offer(lane);
            return lane.isHungry(now);
        });
    }

    /** Where those of these endpoints are sent to whose lanes take what has just been committed. */
    Map<String, Target> open(Collection<String> endpoints, Instant now) {
        return locked(() -> {
            Map<String, Target> open = new HashMap<>();
            each(endpoints, lane -> {
                Target target = lane.open(now);
                if (target != null) {
                    open.put(lane.id(), target);
                }
            });
            return open;
        });
    }

    /** Gives a lane what this node has just committed for it; false: it is to be read from the store. */
    boolean takeFresh(Fresh fresh, byte[] body, Instant now) {
        return locked(() -> {
            Lane lane = byEndpoint.get(fresh.endpointId());
            if (lane == null || !lane.takeFresh(fresh, body, now)) {
                return false;
            }
            offer(lane);
            return true;
        });
    }

    void empty(Lane lane) {
        locked(() -> {
            lane.dropReady();
            return lane;
        });
    }

    /** Has nothing sent to an endpoint that was read before now. */
    void outdate(String endpoint) {
        each(List.of(endpoint), Lane::outdate);
    }

    void outdateAll() {
        locked(() -> {
            byEndpoint.values().forEach(Lane::outdate);
            return byEndpoint;
        });
    }

    /** Ends the reads of these lanes that are still in progress: whatever ended the work on them, they found nothing. */
    void endReads(List<Lane> lanes) {
        locked(() -> {
            lanes.forEach(Lane::endRead);
            return lanes;
        });
    }

    /** Ends the pauses of an endpoint's lane, as a person has mended it or asks for a delivery now. */
    void unblock(Collection<String> endpoints, Instant now) {
        each(endpoints, lane -> lane.unblock(now));
    }

    /** Ends a read of the store that failed for this lane, which is to send nothing until then. */
    void fail(Lane lane, Instant until) {
        locked(() -> {
            lane.fail(until);
            return lane;
        });
    }

    /** Puts a lane in line for its next turn. */
    void offer(Lane lane) {
        locked(() -> {
            if (lane.hasReady() && inTurns.add(lane)) {
                turns.addLast(lane);
            }
            return lane;
        });
    }

    /** Begins what may begin now, in turn; empty when nothing may. */
    List<Launch> take(Instant now, int most) {
        return locked(() -> {
            List<Launch> launches = new ArrayList<>();
            while (!closing && launches.size() < most && flights.left() > 0 && !turns.isEmpty()) {
                Lane lane = turns.removeFirst();
                inTurns.remove(lane);
                if (!hasShare(lane)) {
                    crowded.add(lane);
                    continue;
                }
                boolean hadReady = lane.hasReady();
                Launch launch = byEndpoint.get(lane.id()) == lane ? lane.take(now, third) : null;
                if (launch != null) {
                    flights.take(launch.target().row().owner(), lane.id(), 1);
                    unsettled.merge(lane.id(), 1, Integer::sum);
                    launches.add(launch);
                    offer(lane);
                } else if (lane.retryAt(now) != null) {
                    isPacedAnew |= paced.add(lane);
                } else {
                    isOutdated |= hadReady && !lane.hasReady();
                }
            }
            return launches;
        });
    }

    private boolean hasShare(Lane lane) {
        Owner owner = lane.owner();
        return owner == null || flights.admits(owner, lane.id(), 1);
    }

    /** Whether a lane has since been passed over that time alone lets go on; asked once. */
    boolean takePacedAnew() {
        return locked(() -> {
            boolean was = isPacedAnew;
            isPacedAnew = false;
            return was;
        });
    }

    /** Whether a lane has since let go of what had been ready for too long, so that it is to be read again; asked once. */
    boolean takeOutdated() {
        return locked(() -> {
            boolean was = isOutdated;
            isOutdated = false;
            return was;
        });
    }

    /** Puts the lanes in line that waited for a token. */
    void offerPaced() {
        locked(() -> {
            paced.forEach(this::offer);
            paced.clear();
            return turns;
        });
    }

    /** Puts every lane in line, as time may have mended what held it. */
    void offerAll() {
        locked(() -> {
            byEndpoint.values().forEach(this::offer);
            return turns;
        });
    }

    /** When time next lets something go on; {@link Instant#MAX}: nothing waits for it. */
    Instant nextAt(Instant now) {
        return locked(() -> {
            Instant next = Instant.MAX;
            for (Lane lane : paced) {
                Instant at = lane.retryAt(now);
                next = at != null && at.isBefore(next) ? at : next;
            }
            return next;
        });
    }

    /**
     * Takes a request's end, and puts its lane in line again.
     *
     * @param end notes the end for storing, so that who waits for the last request to land finds it there
     */
    void landed(Launch launch, Consumer<Lane> end) {
        locked(() -> {
            try {
                end.accept(launch.lane());
            } finally {
                flights.giveBack(launch.target().row().owner(), launch.lane().id(), 1);
                landed.signalAll();
                offer(launch.lane());
                crowded.forEach(this::offer);
                crowded.clear();
            }
            return launch;
        });
    }

    void flushed(List<Landing> landings) {
        locked(() -> {
            landings.forEach(landing -> {
                Lane lane = landing.launch().lane();
                unsettled.computeIfPresent(lane.id(), (id, count) -> count > 1 ? count - 1 : null);
                lane.flushed(landing);
                offer(lane);
            });
            return landings;
        });
    }

    boolean hasRoom() {
        return locked(() -> !closing && flights.held() < Math.max(1, maxInFlight * 4L / 5));
    }

    /** Begins nothing more, and waits until all in flight has landed, at most so long. */
    void drain(Duration atMost) {
        lock.lock();
        try {
            closing = true;
            long left = atMost.toNanos();
            while (flights.held() > 0 && left > 0) {
                left = landed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }
}
