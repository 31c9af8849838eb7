package dev.matrix.webhooks;

import dev.matrix.core.ConflictException;
import dev.matrix.core.Owner;
import dev.matrix.core.event.payload.EventTypes;
import dev.matrix.core.spi.Tx;
import dev.matrix.webhooks.signing.SigningKey;
import dev.matrix.webhooks.signing.SigningKey.Kind;
import dev.matrix.webhooks.spi.EndpointKeyRow;
import dev.matrix.webhooks.spi.EndpointRow;
import dev.matrix.webhooks.spi.EndpointStore.Loaded;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;

/**
 * Gives endpoints new keys. Each rotation makes a new version of the endpoint, so of two at once one conflicts and no
 * key is left that nobody knows of.
 *
 * @param hint told after a commit which endpoint has changed
 */
record Rotations(
        InstantSource clock,
        WebhookStores stores,
        EndpointForm form,
        NewKeys newKeys,
        EndpointChanges changes,
        Consumer<String> hint) {

    private static final int MOST_OLDER = 10;

    Rotation rotate(Tx tx, Owner owner, String id, RotationRequest request) {
        Instant now = clock.instant();
        Loaded loaded = stores.endpoint(tx, owner, id, now);
        checkAllowed(loaded, request);
        SigningKey key = newKeys.key(request.kind(), request.key());
        EndpointRow row = loaded.row();
        changes.replace(tx, row.next(), EventTypes.ENDPOINT_SECRET_ROTATED, now);
        stores.endpoints().addKey(tx, newKeys.row(form, owner, id, key), now.plus(request.grace()), now);
        tx.hintAfterCommit(() -> hint.accept(id));
        List<Rotation.Key> keys = stores.endpoint(tx, owner, id, now).keys().stream()
                .map(one -> new Rotation.Key(one.id(), one.kind(), one.expiresAt()))
                .toList();
        return new Rotation(request.kind() == Kind.SECRET ? key.text() : null, keys);
    }

    private static void checkAllowed(Loaded loaded, RotationRequest request) {
        List<EndpointKeyRow> live = loaded.keys().stream()
                .filter(key -> key.kind() == request.kind())
                .toList();
        String id = loaded.row().id();
        if (live.isEmpty()) {
            throw new ConflictException("Endpoint " + id + " has no key pair; sign it with STANDARD_V1A first.");
        }
        if (!request.grace().isZero() && live.size() > MOST_OLDER) {
            throw new ConflictException("Endpoint " + id + " has " + MOST_OLDER + " older keys that still sign; rotate"
                    + " with a grace of 0, which drops them all, or when one of them has expired.");
        }
    }
}
