package dev.matrix.core.spi;

import dev.matrix.core.Owner;
import dev.matrix.core.wire.ApiVersion;
import java.time.Instant;
import java.util.Optional;

/** Which version each account is pinned to. */
public interface ApiPinStore {

    /** The account's pin; empty: it has none yet. */
    Optional<ApiVersion> find(Tx tx, Owner account);

    /** Pins the account unless it has a pin, and returns the pin that counts; never fails because of a race. */
    ApiVersion pin(Tx tx, Owner account, ApiVersion version, Instant now);

    /** Pins the account, whatever it had. */
    void replace(Tx tx, Owner account, ApiVersion version, Instant now);
}
