package dev.matrix.webhooks.spi;

import dev.matrix.core.Owner;
import dev.matrix.core.spi.Tx;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Endpoints' sealed values, walked to be sealed again after a key rotation ({@link dev.matrix.core.spi.Resealable}). */
public interface EndpointSecretStore {

    /** What is sealed. */
    enum Kind {
        /** A signing key; its id is the key's. */
        KEY,
        /** An endpoint's header values; its id is the endpoint's. */
        HEADERS
    }

    /** One sealed value. */
    record Secret(Kind kind, String id, Owner owner, byte[] sealed) {}

    /** Secrets of a kind in id order after {@code after} (null: from the first). */
    List<Secret> after(Tx tx, Kind kind, @Nullable String after, int limit);

    /** Replaces a secret's sealed bytes if they are still as given; else returns false. */
    boolean replaceIfSame(Tx tx, Secret former, byte[] sealed);
}
