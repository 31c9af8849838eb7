package dev.matrix.testkit.sim;

import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.event.EventFailure;
import dev.matrix.core.event.EventQuery;
import dev.matrix.core.event.SubscriberStatus;
import dev.matrix.core.event.spi.DispatchStore;
import dev.matrix.core.spi.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A broken queue: it reports every completion as applied. */
record TokensIgnored(DispatchStore sound) implements DispatchStore {

    @Override
    public int complete(Tx tx, List<Claim> claims) {
        sound.complete(tx, claims);
        return claims.size();
    }

    @Override
    public List<Claim> claim(Tx tx, String subscriber, String node, Instant now, int limit, Duration lease) {
        return sound.claim(tx, subscriber, node, now, limit, lease);
    }

    @Override
    public boolean reschedule(Tx tx, Claim claim, Instant now, @Nullable Instant due, String error) {
        return sound.reschedule(tx, claim, now, due, error);
    }

    @Override
    public void handBack(Tx tx, List<Claim> claims, Instant due) {
        sound.handBack(tx, claims, due);
    }

    @Override
    public boolean requeue(Tx tx, String subscriber, String eventId, Instant now) {
        return sound.requeue(tx, subscriber, eventId, now);
    }

    @Override
    public boolean skip(Tx tx, String subscriber, String eventId, String reason) {
        return sound.skip(tx, subscriber, eventId, reason);
    }

    @Override
    public Added addMissing(
            Tx tx,
            String subscriber,
            EventQuery query,
            boolean again,
            @Nullable String afterId,
            int limit,
            Instant now) {
        return sound.addMissing(tx, subscriber, query, again, afterId, limit, now);
    }

    @Override
    public int drop(Tx tx, String subscriber, int limit) {
        return sound.drop(tx, subscriber, limit);
    }

    @Override
    public Page<EventFailure> failures(Tx tx, String subscriber, PageRequest page) {
        return sound.failures(tx, subscriber, page);
    }

    @Override
    public List<SubscriberStatus> status(Tx tx, Set<String> subscribers) {
        return sound.status(tx, subscribers);
    }
}
