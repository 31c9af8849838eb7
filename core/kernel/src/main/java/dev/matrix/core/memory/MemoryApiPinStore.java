package dev.matrix.core.memory;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.Owner;
import dev.matrix.core.spi.ApiPinStore;
import dev.matrix.core.spi.Tx;
import dev.matrix.core.wire.ApiVersion;
import java.time.Instant;
import java.util.Optional;

/** {@link ApiPinStore} in memory. */
final class MemoryApiPinStore implements ApiPinStore {

    private final MemoryTable<Owner, ApiVersion> pins = new MemoryTable<>();

    @Override
    public Optional<ApiVersion> find(Tx tx, Owner account) {
        return Optional.ofNullable(pins.get(tx, account));
    }

    @Override
    public ApiVersion pin(Tx tx, Owner account, ApiVersion version, Instant now) {
        return pins.putIfAbsent(tx, account, version) ? version : requireNonNull(pins.get(tx, account), "it is there");
    }

    @Override
    public void replace(Tx tx, Owner account, ApiVersion version, Instant now) {
        pins.put(tx, account, version);
    }
}
