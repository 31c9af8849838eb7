package dev.matrix.core.keys;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.spi.DataKeyStore;
import dev.matrix.core.spi.DataKeyStore.DataKey;
import dev.matrix.core.spi.KeyRing.State;
import dev.matrix.core.spi.KeyUnavailableException;
import dev.matrix.core.spi.Stores;
import dev.matrix.core.spi.Transactions;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The key versions of every purpose: rows in the store, and what this node has learnt and unwrapped of them. Each change
 * is a guarded write, so that any number of nodes may attempt it; memory follows what committed, and never goes back to
 * an earlier state. Wrapping and unwrapping happen outside transactions.
 */
final class DataKeys {

    private static final Logger LOG = LoggerFactory.getLogger(DataKeys.class);
    private static final Duration PENDING_FOR = Duration.ofMinutes(10);

    private final DataKeyStore store;
    private final Transactions transactions;
    private final KeyEncryptionKeys keks;
    private final RandomGenerator random;
    private final ReentrantLock learning = new ReentrantLock();
    private volatile Map<String, NavigableMap<Integer, KnownKey>> known = Map.of();
    private boolean wiped;

    DataKeys(Stores stores, KeyEncryptionKeys keks, RandomGenerator random) {
        this.store = stores.get(DataKeyStore.class);
        this.transactions = stores.transactions();
        this.keks = keks;
        this.random = random;
    }

    Set<String> purposes() {
        return known.keySet();
    }

    /** Every version of a purpose, the oldest first. */
    NavigableMap<Integer, KnownKey> versions(String purpose) {
        return known.getOrDefault(purpose, Collections.emptyNavigableMap());
    }

    Optional<KnownKey> find(String purpose, int version) {
        return Optional.ofNullable(versions(purpose).get(version));
    }

    /**
     * The one version that seals now: the newest whose time has come, on every node at the same moment. The first one's
     * always has, even where store time is read a little behind the node that made it.
     */
    KnownKey sealing(String purpose, Instant now) {
        for (KnownKey key : versions(purpose).descendingMap().values()) {
            if (key.version() == 1 || !key.row().activeFrom().isAfter(now)) {
                return key;
            }
        }
        throw unprepared(purpose);
    }

    private static IllegalStateException unprepared(String purpose) {
        return new IllegalStateException("No key seals under the purpose '" + purpose + "': call prepare(\"" + purpose
                + "\") where the feature is built.");
    }

    /** Whether a version newer than this one is there, even if this node's store time hasn't come to it yet. */
    boolean hasSuccessor(KnownKey key) {
        return newest(key.row().purpose()).version() > key.version();
    }

    private KnownKey newest(String purpose) {
        return versions(purpose).descendingMap().values().stream().findFirst().orElseThrow(() -> unprepared(purpose));
    }

    /** Learns what other nodes wrote. The rows are read before the lock is taken: the store may have a lock of its own. */
    void refresh() {
        learn(transactions.returning(store::all));
    }

    /** Makes the first version unless there is one, and requires that the newest can be used. */
    void prepare(String purpose, Instant now) {
        if (versions(purpose).isEmpty()) {
            insert(purpose, 1, State.ACTIVE, now, now);
        }
        requireNewest(purpose);
    }

    void requireNewest(String purpose) {
        try {
            newest(purpose).required();
        } catch (KeyUnavailableException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    /** Adds a version that seals 10 minutes from now; nothing while one is pending already. */
    void rotate(String purpose, Instant now) {
        refresh();
        KnownKey newest = newest(purpose);
        if (newest.row().state() != State.PENDING) {
            insert(purpose, newest.version() + 1, State.PENDING, now, now.plus(PENDING_FOR));
        }
    }

    /** One node's insert wins; winner and loser alike then read and unwrap what the store holds. */
    private void insert(String purpose, int version, State state, Instant now, Instant activeFrom) {
        AesKey key = AesKey.random(random);
        byte[] wrapped;
        try {
            wrapped = keks.wrap(key, purpose, version);
        } finally {
            key.destroy();
        }
        DataKey row = new DataKey(purpose, version, state, keks.currentId(), wrapped, now, activeFrom, null);
        if (transactions.returning(tx -> store.insertIfAbsent(tx, row))) {
            LOG.info("The key for '{}' has a new version {}; it seals from {}.", purpose, version, activeFrom);
        }
        refresh();
    }

    /** Activates each pending version whose time has come, then retires those that it took over from. */
    void activateDue(Instant now) {
        for (KnownKey key : matching(
                row -> row.state() == State.PENDING && !row.activeFrom().isAfter(now))) {
            replace(key.row(), key.row().activated());
        }
        for (KnownKey key : matching(row -> row.state() == State.ACTIVE && isSucceeded(row))) {
            replace(key.row(), key.row().retired(now));
        }
    }

    private boolean isSucceeded(DataKey row) {
        return versions(row.purpose()).tailMap(row.version(), false).values().stream()
                .anyMatch(newer -> newer.row().state() == State.ACTIVE);
    }

    /** Wraps what a former key-encryption key still wraps under the current one. */
    void rewrap() {
        for (KnownKey key :
                matching(row -> row.wrapped() != null && !row.kekId().equals(keks.currentId()))) {
            if (key.key() != null) {
                byte[] wrapped = keks.wrap(key.key(), key.row().purpose(), key.version());
                replace(key.row(), key.row().rewrapped(keks.currentId(), wrapped));
            }
        }
    }

    /** Deletes the bytes of the purpose's versions that were retired at or before {@code limit} and seal no longer. */
    void destroyRetired(String purpose, Instant limit) {
        for (KnownKey key : matching(row -> row.purpose().equals(purpose) && row.retiredBy(limit))) {
            if (replace(key.row(), key.row().destroyed())) {
                LOG.info("Version {} of the key for '{}' is destroyed.", key.version(), purpose);
            }
        }
    }

    private List<KnownKey> matching(Predicate<DataKey> condition) {
        return known.values().stream()
                .flatMap(versions -> versions.values().stream())
                .filter(key -> condition.test(key.row()))
                .toList();
    }

    private boolean replace(DataKey expected, DataKey changed) {
        boolean replaced =
                transactions.returning(tx -> store.replaceIf(tx, expected.state(), expected.kekId(), changed));
        if (replaced) {
            learn(List.of(changed));
        }
        return replaced;
    }

    /** Keys are unwrapped before the lock is taken: a key service may not answer, and {@link #wipe} needs the lock. */
    private void learn(List<DataKey> rows) {
        Map<DataKey, KnownKey> fresh = unwrapMissing(rows);
        learning.lock();
        try {
            if (wiped) {
                throw new IllegalStateException("This key ring's Matrix was closed.");
            }
            Map<String, NavigableMap<Integer, KnownKey>> next = new TreeMap<>();
            known.forEach((purpose, versions) -> next.put(purpose, new TreeMap<>(versions)));
            rows.forEach(row -> next.computeIfAbsent(row.purpose(), purpose -> new TreeMap<>())
                    .compute(row.version(), (version, former) -> learn(former, row, fresh)));
            known = Collections.unmodifiableMap(next);
        } finally {
            // What another thread has learnt meanwhile, or what comes after the end, is of no use.
            fresh.values().forEach(DataKeys::wipe);
            learning.unlock();
        }
    }

    private Map<DataKey, KnownKey> unwrapMissing(List<DataKey> rows) {
        Map<DataKey, KnownKey> fresh = new HashMap<>();
        try {
            for (DataKey row : rows) {
                KnownKey former = find(row.purpose(), row.version()).orElse(null);
                if (former == null) {
                    fresh.put(row, unwrap(row, new LongAdder(), true));
                } else if (former.key() == null && row.wrapped() != null) {
                    fresh.put(row, unwrap(row, former.seals(), false));
                }
            }
            return fresh;
        } catch (RuntimeException e) {
            fresh.values().forEach(DataKeys::wipe);
            throw e;
        }
    }

    /** Takes what it uses out of {@code fresh}. */
    private static KnownKey learn(@Nullable KnownKey former, DataKey row, Map<DataKey, KnownKey> fresh) {
        // Two refreshes may finish in the other order than they read.
        if (former != null && former.row().state().compareTo(row.state()) > 0) {
            return former;
        }
        if (former == null || (former.key() == null && row.wrapped() != null)) {
            KnownKey unwrapped = fresh.remove(row);
            return unwrapped != null
                    ? unwrapped
                    : requireNonNull(former, "what was known when it was read stays known");
        }
        if (row.wrapped() == null) {
            wipe(former);
            return new KnownKey(row, null, null, former.seals());
        }
        return new KnownKey(row, former.key(), null, former.seals());
    }

    private KnownKey unwrap(DataKey row, LongAdder seals, boolean warn) {
        byte[] wrapped = row.wrapped();
        if (wrapped == null) {
            return new KnownKey(row, null, null, seals);
        }
        try {
            return new KnownKey(row, keks.unwrap(row, wrapped), null, seals);
        } catch (KeyUnavailableException e) {
            if (warn) {
                LOG.warn("{} What it sealed can't be opened until then; each refresh tries again.", e.getMessage());
            }
            return new KnownKey(row, null, e, seals);
        }
    }

    private static void wipe(KnownKey key) {
        if (key.key() != null) {
            key.key().destroy();
        }
    }

    /** Overwrites every key; nothing is learnt, sealed or opened afterwards. */
    void wipe() {
        learning.lock();
        try {
            wiped = true;
            known.values().forEach(versions -> versions.values().forEach(DataKeys::wipe));
        } finally {
            learning.unlock();
        }
    }
}
