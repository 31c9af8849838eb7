package dev.matrix.security;

import dev.matrix.core.Owner;
import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.spi.Tx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** {@link ApiKeys} over its store: opens the transactions that callers leave out. */
record StoredApiKeys(SecurityStores stores, KeyChanges changes, KeyCache cache, InstantSource clock)
        implements ApiKeys {

    private <R> R transacted(Function<Tx, R> work) {
        return stores.transactions().returning(work);
    }

    @Override
    public IssuedApiKey issue(Owner owner, String name, Set<String> scopes, @Nullable Instant expiresAt, Actor by) {
        return transacted(tx -> issue(tx, owner, name, scopes, expiresAt, by));
    }

    @Override
    public IssuedApiKey issue(
            Tx tx, Owner owner, String name, Set<String> scopes, @Nullable Instant expiresAt, Actor by) {
        return changes.issue(tx, owner, name, scopes, expiresAt, by);
    }

    @Override
    public KeyCheck authenticate(CharSequence presented, Set<String> neededScopes) {
        return cache.check(presented, neededScopes);
    }

    @Override
    public Page<ApiKey> list(Owner owner, PageRequest page) {
        Instant now = clock.instant();
        return transacted(tx -> stores.keys().page(tx, owner, page)).map(row -> ApiKey.of(row, now));
    }

    @Override
    public IssuedApiKey rotate(Owner owner, String id, Duration overlap, Actor by) {
        return transacted(tx -> rotate(tx, owner, id, overlap, by));
    }

    @Override
    public IssuedApiKey rotate(Tx tx, Owner owner, String id, Duration overlap, Actor by) {
        return changes.rotate(tx, owner, id, overlap, by);
    }

    @Override
    public ApiKey endEarlier(Owner owner, String id, Instant end, Actor by) {
        return transacted(tx -> endEarlier(tx, owner, id, end, by));
    }

    @Override
    public ApiKey endEarlier(Tx tx, Owner owner, String id, Instant end, Actor by) {
        return changes.endEarlier(tx, owner, id, end, by);
    }

    @Override
    public boolean revoke(Owner owner, String id, Actor by) {
        return transacted(tx -> revoke(tx, owner, id, by));
    }

    @Override
    public boolean revoke(Tx tx, Owner owner, String id, Actor by) {
        return changes.revoke(tx, owner, id, by);
    }
}
