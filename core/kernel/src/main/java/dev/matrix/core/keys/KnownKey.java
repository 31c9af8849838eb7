package dev.matrix.core.keys;

import dev.matrix.core.spi.DataKeyStore.DataKey;
import dev.matrix.core.spi.KeyUnavailableException;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * A key version as this node knows it.
 *
 * @param row as last read or written
 * @param key null when it is destroyed or could not be unwrapped
 * @param failure why it could not be unwrapped; null otherwise
 * @param seals how often this node sealed by it
 */
record KnownKey(DataKey row, @Nullable AesKey key, @Nullable KeyUnavailableException failure, LongAdder seals) {

    int version() {
        return row.version();
    }

    /** The key, or why there is none. */
    AesKey required() {
        if (key != null) {
            return key;
        }
        if (failure != null) {
            throw new KeyUnavailableException(String.valueOf(failure.getMessage()), failure);
        }
        throw new KeyUnavailableException(
                "Version " + row.version() + " of the key for '" + row.purpose() + "' was destroyed.", null);
    }
}
