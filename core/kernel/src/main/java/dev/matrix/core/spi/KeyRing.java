package dev.matrix.core.spi;

import dev.matrix.core.Owner;
import dev.matrix.core.keys.EnvelopeKeys;
import dev.matrix.core.keys.EphemeralKeys;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Seals secrets at rest: a {@link KeyEncryptionKey} wraps one key per purpose and version, those seal the values
 * (AES-256-GCM). Thread-safe. {@link #seal} reads memory only; {@link #open} may read the store once for a version that
 * this node hasn't seen, so call it outside transactions.
 */
public interface KeyRing {

    /** The purpose whose key wraps persons' keys; prepared by each feature that uses {@link #subjectKey}. */
    String SUBJECT_KEYS = "subject-keys";

    /** Keys that are stored, wrapped by {@code kek}; rotated every 90 days by default. */
    static EnvelopeKeys envelope(KeyEncryptionKey kek) {
        return EnvelopeKeys.wrappedBy(kek);
    }

    /**
     * Keys that are stored, wrapped by a random key that is in memory alone, so they end with the process: what stores in
     * memory bring by default; refused over persistent ones. Nodes over one storage share one such Spec.
     */
    static Spec ephemeral() {
        return EphemeralKeys.create();
    }

    /**
     * What a Matrix without {@code .keys(…)} uses: the ephemeral keys that stores in memory bring, else {@code
     * MATRIX_KEK}.
     *
     * @throws IllegalStateException over persistent stores without that variable; says how to generate a key
     */
    static Spec defaultFor(Stores stores) {
        return stores.persistent() ? envelope(KeyEncryptionKey.fromEnvironment()) : stores.get(Spec.class);
    }

    /**
     * Makes the first key version of a purpose if there is none, in a transaction of its own; a feature's {@code
     * build()} calls it for each purpose that it seals under.
     *
     * @throws IllegalStateException when the newest version can't be unwrapped; names the key-encryption key
     */
    void prepare(String purpose);

    /**
     * Seals at most 1 MiB for exactly this use.
     *
     * @throws IllegalStateException when the purpose was never prepared
     * @throws KeyUnavailableException when this node couldn't unwrap the version that seals now; may be retried
     */
    byte[] seal(KeyUse use, byte[] plaintext);

    /**
     * Opens what {@link #seal} made for the same use.
     *
     * @throws SealBrokenException on any other use or any altered byte
     * @throws KeyUnavailableException when the key's version can't be loaded; may be retried
     */
    byte[] open(KeyUse use, byte[] sealed);

    /** False when the value should be sealed again soon, as its key version is no longer the one that seals. */
    boolean isCurrent(KeyUse use, byte[] sealed);

    /** The key of one person's data, found or created in {@code tx}; read from the store, never from a cache. */
    SubjectKey subjectKey(Tx tx, Owner owner, String subjectId, Instant now);

    /** The key behind a pseudonym; empty once it was destroyed. */
    Optional<SubjectKey> findSubjectKey(Tx tx, String pseudonym);

    /** Destroys one person's key, so what it sealed can never be read again; false if there was none. */
    boolean destroySubjectKey(Tx tx, Owner owner, String subjectId, Instant now);

    /**
     * Destroys the key behind a pseudonym, as {@link #destroySubjectKey(Tx, Owner, String, Instant)} does: for repeating an
     * erasure after a backup was restored, when only the pseudonym is known. False if there was none, or it is destroyed already.
     */
    boolean destroySubjectKey(Tx tx, String pseudonym);

    /**
     * Makes a new version of a purpose's key, unless one is pending; it seals 10 minutes later, when every node has seen
     * it. Call it outside transactions.
     */
    void rotate(String purpose, Instant now);

    /** Every version of every purpose, as this node knows them: at most 5 minutes old. */
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

    /** Life of a key version, in this order. */
    enum State {
        /** Known to the nodes, and not sealing yet. */
        PENDING,
        /** Seals and opens. */
        ACTIVE,
        /** Opens what it sealed, which is being sealed again. */
        RETIRED,
        /** Its bytes are deleted: nothing was left that it sealed. */
        DESTROYED
    }

    /**
     * One person's key. Thread-safe; keep it for one piece of work, at most 60 s. It reads memory alone, so it can be used
     * inside a transaction.
     */
    interface SubjectKey {

        /** 16 random bytes in hex that stand for the person. */
        String pseudonym();

        /** Seals at most 1 MiB for that person and record. */
        byte[] seal(String recordId, byte[] plaintext);

        /**
         * Opens what {@link #seal} made for the same record.
         *
         * @throws SealBrokenException on any other person or record or any altered byte
         * @throws KeyUnavailableException when this node doesn't have the key that wraps this one
         */
        byte[] open(String recordId, byte[] sealed);
    }
}
