package dev.matrix.webhooks;

import dev.matrix.core.ConflictException;
import dev.matrix.core.Owner;
import dev.matrix.core.event.EventType;
import dev.matrix.core.event.payload.EventTypes;
import dev.matrix.core.spi.Tx;
import dev.matrix.webhooks.signing.SignatureScheme;
import dev.matrix.webhooks.signing.SigningKey;
import dev.matrix.webhooks.signing.SigningKey.Kind;
import dev.matrix.webhooks.spi.EndpointKeyRow;
import dev.matrix.webhooks.spi.EndpointRow;
import dev.matrix.webhooks.spi.EndpointStore.Health;
import dev.matrix.webhooks.spi.EndpointStore.Loaded;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Endpoints as their owners make, change and end them.
 *
 * @param hint told after a commit which endpoint has changed
 * @param mended told instead where the change may have mended it
 */
record Registrations(
        InstantSource clock,
        WebhookStores stores,
        EndpointForm form,
        NewKeys newKeys,
        EndpointRules rules,
        EndpointChanges changes,
        Consumer<String> hint,
        Consumer<String> mended) {

    private Instant now() {
        return clock.instant();
    }

    Registered register(Tx tx, Endpoint endpoint) {
        Owner owner = endpoint.owner();
        EndpointSettings settings = rules.checked(endpoint);
        SigningKey secret = newKeys.key(Kind.SECRET, endpoint.secret());
        String id = newKeys.ids().next("whe");
        EndpointRow row = new EndpointRow(
                id,
                owner,
                1,
                EndpointStatus.ACTIVE,
                null,
                form.encode(settings),
                form.sealHeaders(owner, id, endpoint.headers()),
                null,
                0,
                now());
        List<EndpointKeyRow> keys = new ArrayList<>();
        keys.add(newKeys.row(form, owner, id, secret));
        if (settings.schemes().contains(SignatureScheme.STANDARD_V1A)) {
            keys.add(newKeyPair(row));
        }
        stores.endpoints().insert(tx, row, keys);
        int count = stores.endpoints().count(tx, owner);
        if (count > rules.endpointsPerOwner()) {
            throw new ConflictException("An owner has at most " + rules.endpointsPerOwner() + " endpoints, and " + owner
                    + " has them all; delete one that is not used.");
        }
        checkFilters(tx, settings.filter(), owner);
        changes.publish(tx, EventTypes.ENDPOINT_CREATED, row, now());
        return new Registered(form.view(new Loaded(row, keys)), secret.text());
    }

    /** After the write, which has the owner's other registrations wait: so two at once can't pass the bound together. */
    private void checkFilters(Tx tx, @Nullable String added, Owner owner) {
        if (added != null) {
            rules.checkTogether(stores.endpoints().routes(tx, List.of(owner)).stream()
                    .flatMap(routes -> routes.endpoints().stream())
                    .map(form::settings));
        }
    }

    private EndpointKeyRow newKeyPair(EndpointRow row) {
        return newKeys.row(form, row.owner(), row.id(), newKeys.key(Kind.ED25519, null));
    }

    EndpointView update(Tx tx, Owner owner, String id, long version, UnaryOperator<Endpoint> change) {
        EndpointRow row = stores.endpoint(tx, owner, id, now()).row();
        Endpoint changed = change.apply(form.endpoint(row));
        rules.checkUnchanged(owner, changed);
        EndpointSettings settings = rules.checked(changed);
        EndpointRow next = new EndpointRow(
                id,
                owner,
                version + 1,
                row.status(),
                row.disabledReason(),
                form.encode(settings),
                form.sealHeaders(owner, id, changed.headers()),
                row.failingSince(),
                row.failures(),
                row.createdAt());
        boolean moved = !settings.url().equals(form.settings(row).url());
        replace(tx, next, EventTypes.ENDPOINT_UPDATED, moved ? mended : hint);
        checkFilters(tx, settings.filter(), owner);
        return form.view(withKeyPair(tx, stores.endpoint(tx, owner, id, now()), settings));
    }

    private Loaded withKeyPair(Tx tx, Loaded loaded, EndpointSettings settings) {
        boolean wanted = settings.schemes().contains(SignatureScheme.STANDARD_V1A);
        boolean there = loaded.keys().stream().anyMatch(key -> key.kind() == Kind.ED25519);
        if (!wanted || there) {
            return loaded;
        }
        EndpointRow row = loaded.row();
        stores.endpoints().addKey(tx, newKeyPair(row), now(), now());
        return stores.endpoint(tx, row.owner(), row.id(), now());
    }

    private void replace(Tx tx, EndpointRow next, EventType news, Consumer<String> told) {
        changes.replace(tx, next, news, now());
        tx.hintAfterCommit(() -> told.accept(next.id()));
    }

    EndpointView setStatus(Tx tx, Owner owner, String id, EndpointStatus status) {
        return setStatus(tx, stores.endpoint(tx, owner, id, now()), status);
    }

    /** Of an endpoint as it was read; ConflictException if it has changed since. */
    EndpointView setStatus(Tx tx, Loaded loaded, EndpointStatus status) {
        EndpointRow row = loaded.row();
        String id = row.id();
        if (row.status() == status) {
            return form.view(loaded);
        }
        if (!row.status().canBecome(status)) {
            throw new ConflictException("Endpoint " + id + " is " + row.status() + " and can't become " + status
                    + "; make it ACTIVE first.");
        }
        DisabledReason reason = status == EndpointStatus.DISABLED ? DisabledReason.MANUAL : null;
        Consumer<String> told = status == EndpointStatus.ACTIVE ? mended : hint;
        replace(tx, EndpointChanges.withStatus(row, status, reason), news(status), told);
        if (status == EndpointStatus.ACTIVE) {
            checkFilters(tx, form.settings(row).filter(), row.owner());
            stores.endpoints().noteHealth(tx, List.of(new Health(id, null, 0)));
        }
        if (status == EndpointStatus.DISABLED) {
            changes.endOpen(tx, id, now());
        }
        return form.view(stores.endpoint(tx, row.owner(), id, now()));
    }

    private static EventType news(EndpointStatus status) {
        return switch (status) {
            case ACTIVE -> EventTypes.ENDPOINT_ENABLED;
            case PAUSED -> EventTypes.ENDPOINT_UPDATED;
            case DISABLED -> EventTypes.ENDPOINT_DISABLED;
        };
    }

    /** Of two at once the second changes nothing. */
    void delete(Tx tx, Owner owner, String id) {
        EndpointRow row = stores.endpoint(tx, owner, id, now()).row();
        if (stores.endpoints().delete(tx, owner, id)) {
            changes.endOpen(tx, id, now());
            changes.publish(tx, EventTypes.ENDPOINT_DELETED, row, now());
            tx.hintAfterCommit(() -> hint.accept(id));
        }
    }
}
