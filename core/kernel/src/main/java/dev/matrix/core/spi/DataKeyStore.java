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
            @Nullable Instant retiredAt) {}

    /** Adds the row unless (purpose, version) is taken; then returns false and changes nothing. Races: one wins. */
    boolean insertIfAbsent(Tx tx, DataKey key);

    /** Every row, by purpose and version. */
    List<DataKey> all(Tx tx);

    /** Changes state, wrapped bytes, KEK id and dates of the row if its state and KEK id are still the expected. */
    boolean replaceIf(Tx tx, KeyRing.State expectedState, String expectedKekId, DataKey changed);
}
