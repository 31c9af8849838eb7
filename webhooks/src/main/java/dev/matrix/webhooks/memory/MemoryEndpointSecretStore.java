package dev.matrix.webhooks.memory;

import dev.matrix.core.spi.Tx;
import dev.matrix.webhooks.spi.EndpointKeyRow;
import dev.matrix.webhooks.spi.EndpointRow;
import dev.matrix.webhooks.spi.EndpointSecretStore;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@link EndpointSecretStore} in memory. */
final class MemoryEndpointSecretStore implements EndpointSecretStore {

    private final MemoryEndpointStore endpoints;

    MemoryEndpointSecretStore(MemoryEndpointStore endpoints) {
        this.endpoints = endpoints;
    }

    @Override
    public List<Secret> after(Tx tx, Kind kind, @Nullable String after, int limit) {
        String from = after == null ? "" : after;
        Stream<Secret> secrets = switch (kind) {
            case KEY -> endpoints.keysAfter(tx, from).map(key -> secret(tx, key));
            case HEADERS -> endpoints.after(tx, from).map(MemoryEndpointSecretStore::secret);
        };
        return secrets.filter(Objects::nonNull).limit(limit).toList();
    }

    private @Nullable Secret secret(Tx tx, EndpointKeyRow key) {
        EndpointRow endpoint = endpoints.get(tx, key.endpointId());
        return endpoint == null ? null : new Secret(Kind.KEY, key.id(), endpoint.owner(), key.sealed());
    }

    private static Secret secret(EndpointRow row) {
        return new Secret(Kind.HEADERS, row.id(), row.owner(), row.sealedHeaders());
    }

    @Override
    public boolean replaceIfSame(Tx tx, Secret former, byte[] sealed) {
        return switch (former.kind()) {
            case KEY -> replaceKey(tx, former, sealed);
            case HEADERS -> replaceHeaders(tx, former, sealed);
        };
    }

    private boolean replaceKey(Tx tx, Secret former, byte[] sealed) {
        EndpointKeyRow key = endpoints.key(tx, former.id());
        if (key == null || !Arrays.equals(key.sealed(), former.sealed())) {
            return false;
        }
        endpoints.put(tx, new EndpointKeyRow(key.id(), key.endpointId(), key.kind(), sealed, key.expiresAt()));
        return true;
    }

    private boolean replaceHeaders(Tx tx, Secret former, byte[] sealed) {
        EndpointRow row = endpoints.get(tx, former.id());
        if (row == null || !Arrays.equals(row.sealedHeaders(), former.sealed())) {
            return false;
        }
        endpoints.put(
                tx,
                new EndpointRow(
                        row.id(),
                        row.owner(),
                        row.version(),
                        row.status(),
                        row.disabledReason(),
                        row.settings(),
                        sealed,
                        row.failingSince(),
                        row.failures(),
                        row.createdAt()));
        return true;
    }
}
