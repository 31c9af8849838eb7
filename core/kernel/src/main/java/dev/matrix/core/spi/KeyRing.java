package dev.matrix.core.spi;

import dev.matrix.core.Owner;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Seals secrets at rest: a {@link KeyEncryptionKey} wraps one key a purpose and version, those seal the values
 * (AES-256-GCM). Thread-safe. {@link #seal} reads memory only; {@link #open} may read the store once for a version that
 * this node hasn't seen, so call it outside transactions.
 */
public interface KeyRing {

    /** What a Matrix without {@code .keys(…)} uses: ephemeral keys over stores in memory, else {@code MATRIX_KEK}. */
    static Spec defaultFor(Stores stores) {
        if (stores.persistent()) {
            throw new IllegalStateException("keys");
        }
        return new Spec() {
            @Override
            public Bound bind(Stores s, StoreClock c, RandomGenerator r, Supplier<List<Resealable>> l) {
                throw new IllegalStateException("keys");
            }

            @Override
            public boolean ephemeral() {
                return true;
            }
        };
    }

    /**
     * Makes the first key version of a purpose if there is none, in a transaction of its own; a feature's {@code
     * build()} calls it for each purpose that it seals under.
     */
    void prepare(String purpose);

    /**
     * Seals at most 1 MiB for exactly this use.
     *
     * @throws IllegalStateException when the purpose was never prepared
     */
    byte[] seal(KeyUse use, byte[] plaintext);

    /**
     * Opens what {@link #seal} made for the same use.
     *
     * @throws SealBrokenException on any other use or any altered byte
     * @throws KeyUnavailableException when the key's version can't be loaded; may be retried
     */
    byte[] open(KeyUse use, byte[] sealed);

    /** False when the value should be sealed anew soon, as its key version is no longer the one that seals. */
    boolean isCurrent(KeyUse use, byte[] sealed);

    /** The key of one person's data, found or created in {@code tx}; read from the store, never from a cache. */
    SubjectKey subjectKey(Tx tx, Owner owner, String subjectId, Instant now);

    /** The key behind a pseudonym; empty once it was destroyed. */
    Optional<SubjectKey> findSubjectKey(Tx tx, String pseudonym);

    /** Destroys one person's key, so what it sealed can never be read again; false if there was none. */
    boolean destroySubjectKey(Tx tx, Owner owner, String subjectId, Instant now);

    /** Makes a new version of a purpose's key; it seals 10 minutes later, when every node has seen it. */
    void rotate(String purpose, Instant now);

    /** Every version of every purpose. */
    List<KeyVersion> versions();

    /** How to make a key ring; {@code Matrix.builder().keys(…)} takes it, and {@code build()} binds it to the stores. */
    interface Spec {

        /**
         * Binds the ring to its stores, reading and unwrapping what they hold.
         *
         * @param resealables asked at each run of the maintenance step, as features add theirs after binding
         */
        Bound bind(Stores stores, StoreClock clock, RandomGenerator random, Supplier<List<Resealable>> resealables);

        /** Whether the keys are gone with the process; refused over persistent stores. */
        boolean ephemeral();
    }

    /**
     * A bound ring.
     *
     * @param ring the ring
     * @param maintenance refreshes, rotates, reseals and destroys key versions
     * @param wipe overwrites the key bytes in memory; the ring is of no use after it
     */
    record Bound(KeyRing ring, Step maintenance, Runnable wipe) {}

    /** One version of a purpose's key. */
    record KeyVersion(String purpose, int version, State state, String kekId) {}

    /** Life of a key version: exactly one a purpose is ACTIVE. */
    enum State {
        PENDING,
        ACTIVE,
        RETIRED,
        DESTROYED
    }

    /** One person's key; its bytes are wiped when the ring closes. */
    interface SubjectKey {

        /** 16 random bytes in hex that stand for the person. */
        String pseudonym();

        /** Seals for that person and record. */
        byte[] seal(String recordId, byte[] plaintext);

        /** Opens what {@link #seal} made for the same record. */
        byte[] open(String recordId, byte[] sealed);
    }
}
