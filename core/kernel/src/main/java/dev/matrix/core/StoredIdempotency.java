package dev.matrix.core;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.idempotency.Idempotency;
import dev.matrix.core.idempotency.IdempotentCall;
import dev.matrix.core.idempotency.IdempotentResult;
import dev.matrix.core.idempotency.IdempotentResult.Executed;
import dev.matrix.core.idempotency.IdempotentResult.InProgress;
import dev.matrix.core.idempotency.IdempotentResult.Replayed;
import dev.matrix.core.idempotency.IdempotentResult.Reused;
import dev.matrix.core.idempotency.StoredReply;
import dev.matrix.core.spi.ClaimTimeoutException;
import dev.matrix.core.spi.IdempotencyStore;
import dev.matrix.core.spi.IdempotencyStore.Claim;
import dev.matrix.core.spi.IdempotencyStore.IdempotencyRow;
import dev.matrix.core.spi.IdempotencyStore.Reply;
import dev.matrix.core.spi.KeyRing;
import dev.matrix.core.spi.KeyUse;
import dev.matrix.core.spi.Resealable;
import dev.matrix.core.spi.Stores;
import dev.matrix.core.spi.Transactions;
import dev.matrix.core.spi.Tx;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** {@link Idempotency} over an {@link IdempotencyStore}: the claim's row decides, whatever happens in memory. */
final class StoredIdempotency implements Idempotency, Resealable {

    private static final String PURPOSE = "api-replay";
    private static final Duration KEPT = Duration.ofDays(3);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private record Key(Owner account, String operation, String key) {}

    private final IdempotencyStore store;
    private final Transactions transactions;
    private final InstantSource clock;
    private final KeyRing keys;
    private final KeyTurns<Key> turns = new KeyTurns<>();
    private volatile boolean prepared;

    StoredIdempotency(Stores stores, InstantSource storeClock, KeyRing keys) {
        this.store = stores.get(IdempotencyStore.class);
        this.transactions = stores.transactions();
        this.clock = storeClock;
        this.keys = keys;
    }

    @Override
    public IdempotentResult once(IdempotentCall call, Function<Tx, StoredReply> work) {
        requireNonNull(work, "work");
        prepare();
        Key key = new Key(call.account(), call.operation(), call.key());
        Optional<IdempotentResult> result = turns.await(key, PATIENCE, left -> inTurn(call, work, left));
        return result.orElseGet(InProgress::new);
    }

    /** At the first call, so that a Matrix whose host never makes one has no such key. */
    private void prepare() {
        if (!prepared) {
            keys.prepare(PURPOSE);
            prepared = true;
        }
    }

    private IdempotentResult inTurn(IdempotentCall call, Function<Tx, StoredReply> work, Duration patience) {
        try {
            return attempt(call, work, patience);
        } catch (ClaimTimeoutException busy) {
            return new InProgress();
        }
    }

    private IdempotentResult attempt(IdempotentCall call, Function<Tx, StoredReply> work, Duration patience) {
        try {
            Attempt attempt = transactions.returning(tx -> attempt(tx, call, work, patience));
            if (attempt instanceof Done done) {
                return new Executed(done.reply());
            }
            return known(call, ((Found) attempt).row());
        } catch (OutcomeUnknownException unknown) {
            return look(call, patience, unknown);
        }
    }

    /**
     * After a commit whose answer was lost, the key's row tells whether it took place; a claim waits for one that still goes
     * on. Where there is no row, the work isn't done again by itself: it may have done more than what was rolled back.
     */
    private IdempotentResult look(IdempotentCall call, Duration patience, OutcomeUnknownException unknown) {
        StorageException nothingKept = new StorageException(
                "The connection broke before the commit; nothing was kept, and the call may be repeated.", unknown);
        try {
            return known(call, transactions.returning(tx -> {
                if (store.claim(tx, row(call, clock.instant()), clock.instant(), patience)
                        instanceof Claim.Present present) {
                    return present.row();
                }
                throw nothingKept;
            }));
        } catch (StorageException e) {
            if (e == nothingKept || e instanceof ClaimTimeoutException) {
                throw e;
            }
            unknown.addSuppressed(e);
            throw unknown;
        }
    }

    private static IdempotencyRow row(IdempotentCall call, Instant now) {
        return new IdempotencyRow(
                call.account(), call.operation(), call.key(), call.fingerprint(), now.plus(KEPT), null);
    }

    /** The outcome of one transaction. */
    private sealed interface Attempt {}

    private record Done(StoredReply reply) implements Attempt {}

    private record Found(IdempotencyRow row) implements Attempt {}

    private Attempt attempt(Tx tx, IdempotentCall call, Function<Tx, StoredReply> work, Duration patience) {
        Instant now = clock.instant();
        IdempotencyRow row = row(call, now);
        if (store.claim(tx, row, now, patience) instanceof Claim.Present present) {
            return new Found(present.row());
        }
        StoredReply reply = requireNonNull(work.apply(tx), "the work's reply");
        byte[] sealed = keys.seal(use(call), reply.body());
        store.complete(tx, row.answered(new Reply(reply.status(), reply.version(), text(reply.headers()), sealed)));
        return new Done(reply);
    }

    /** Outside a transaction, as opening may read the store. */
    private IdempotentResult known(IdempotentCall call, IdempotencyRow row) {
        if (!MessageDigest.isEqual(call.fingerprint(), row.fingerprint())) {
            return new Reused();
        }
        Reply reply = requireNonNull(row.reply(), "what has committed is complete");
        byte[] body = keys.open(use(call), reply.sealedBody());
        return new Replayed(new StoredReply(reply.status(), headers(reply.headers()), body, reply.version()));
    }

    /** An operation's name has no space, so no two calls have the same record. */
    private static KeyUse use(IdempotentCall call) {
        return new KeyUse(PURPOSE, call.account(), call.operation() + " " + call.key());
    }

    private static String text(Map<String, String> headers) {
        return new TreeMap<>(headers)
                .entrySet().stream()
                        .map(header -> header.getKey() + ": " + header.getValue())
                        .collect(Collectors.joining("\n"));
    }

    private static Map<String, String> headers(String text) {
        Map<String, String> headers = new LinkedHashMap<>();
        text.lines().map(line -> line.split(": ", 2)).forEach(header -> headers.put(header[0], header[1]));
        return headers;
    }

    @Override
    public String purpose() {
        return PURPOSE;
    }

    /** Nothing to do: a key version is kept for 30 days after it has sealed last, replies are gone after three. */
    @Override
    public int resealBatch(KeyRing ring, int limit, Instant now) {
        return 0;
    }
}
