package dev.matrix.core.spi;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Wrapped key versions, one row each; unique by purpose and version. */
public interface DataKeyStore {

    /**
     * One key version. {@code wrapped} is null once DESTROYED.
     *
     * @param createdAt store time of insertion
     * @param activeFrom from when it seals; store time
     * @param retiredAt when a newer version took over; null before
     */
    record DataKey(
            String purpose,
            int version,
            KeyRing.State state,
            String kekId,
            byte @Nullable [] wrapped,
            Instant createdAt,
            Instant activeFrom,
            @Nullable Instant retiredAt) {

        public DataKey {
            KeyUse.requirePurpose(purpose);
            if (version < 1) {
                throw new IllegalArgumentException("Key versions count from 1; " + version + " doesn't.");
            }
            if ((wrapped == null) != (state == KeyRing.State.DESTROYED)) {
                throw new IllegalArgumentException("A key version has bytes until it is DESTROYED; version " + version
                        + " for '" + purpose + "' is " + state + ".");
            }
        }

        /** This PENDING version, now ACTIVE. */
        public DataKey activated() {
            require(KeyRing.State.PENDING);
            return in(KeyRing.State.ACTIVE, kekId, wrapped, retiredAt);
        }

        /** This ACTIVE version, now RETIRED. */
        public DataKey retired(Instant now) {
            require(KeyRing.State.ACTIVE);
            return in(KeyRing.State.RETIRED, kekId, wrapped, now);
        }

        /** This RETIRED version, now DESTROYED. */
        public DataKey destroyed() {
            require(KeyRing.State.RETIRED);
            return in(KeyRing.State.DESTROYED, kekId, null, retiredAt);
        }

        /** The same key wrapped by another key-encryption key. */
        public DataKey rewrapped(String newKekId, byte[] newlyWrapped) {
            return in(state, newKekId, newlyWrapped, retiredAt);
        }

        /** Whether it is RETIRED since {@code limit} or longer. */
        public boolean retiredBy(Instant limit) {
            return state == KeyRing.State.RETIRED && retiredAt != null && !retiredAt.isAfter(limit);
        }

        private void require(KeyRing.State expected) {
            if (state != expected) {
                throw new IllegalStateException(
                        "Version " + version + " for '" + purpose + "' is " + state + ", not " + expected + ".");
            }
        }

        private DataKey in(
                KeyRing.State next, String nextKekId, byte @Nullable [] bytes, @Nullable Instant nextRetiredAt) {
            return new DataKey(purpose, version, next, nextKekId, bytes, createdAt, activeFrom, nextRetiredAt);
        }
    }

    /** Adds the row unless (purpose, version) is taken; then returns false and changes nothing. Races: one wins. */
    boolean insertIfAbsent(Tx tx, DataKey key);

    /** Every row, by purpose and version. */
    List<DataKey> all(Tx tx);

    /** Changes state, wrapped bytes, KEK id and dates of the row if its state and KEK id are still the expected. */
    boolean replaceIf(Tx tx, KeyRing.State expectedState, String expectedKekId, DataKey changed);
}
