package dev.matrix.security;

import dev.matrix.core.Owner;
import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.spi.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** API keys: issued, asked about on each request, rotated and revoked. Thread-safe. */
public interface ApiKeys {

    /**
     * Issues a key: at most 50 live ones an owner, and 200 a day. A key that issues another must hold each of its scopes,
     * and the new one ends no later and has its rules and policy.
     *
     * @param name for people, 1 to 200 characters
     * @param scopes 1 to 100, {@code area:verb} each; {@code platform:operate} for {@link Owner#platform()} alone
     * @param expiresAt from when on it is refused; null: never
     * @return the key and its text, which is shown this once
     * @throws dev.matrix.core.InvalidRequestException where a value isn't as it must be
     * @throws dev.matrix.core.ConflictException where the owner has too many
     */
    IssuedApiKey issue(Owner owner, String name, Set<String> scopes, @Nullable Instant expiresAt, Actor by);

    /** As {@link #issue(Owner, String, Set, Instant, Actor)}, in the caller's transaction. */
    IssuedApiKey issue(Tx tx, Owner owner, String name, Set<String> scopes, @Nullable Instant expiresAt, Actor by);

    /**
     * Whether a key is good. A good one is kept in memory for 2 s from the start of its read, so a revocation counts on every
     * node 2 s after its commit; one that isn't good is never kept.
     *
     * @param presented the text; anything at all
     * @param neededScopes each of which the key must have; matched exactly
     * @throws dev.matrix.core.StorageException where the store can't be asked
     * @throws IllegalStateException inside a transaction
     */
    KeyCheck authenticate(CharSequence presented, Set<String> neededScopes);

    /** An owner's keys in the order of their making, ended ones too: they are kept for a year. */
    Page<ApiKey> list(Owner owner, PageRequest page);

    /**
     * Replaces a key by a new one with the same name, scopes, end, rules and policy. Both work during the overlap.
     *
     * @param overlap how long the old one works on: 0 to 7 days
     * @throws dev.matrix.core.ConflictException where it is being rotated or over
     * @throws dev.matrix.core.NotFoundException where the owner has none of that id
     */
    IssuedApiKey rotate(Owner owner, String id, Duration overlap, Actor by);

    /** As {@link #rotate(Owner, String, Duration, Actor)}, in the caller's transaction. */
    IssuedApiKey rotate(Tx tx, Owner owner, String id, Duration overlap, Actor by);

    /**
     * Brings a key's end forward.
     *
     * @throws dev.matrix.core.InvalidRequestException where it would end later than it does
     */
    ApiKey endEarlier(Owner owner, String id, Instant end, Actor by);

    /** As {@link #endEarlier(Owner, String, Instant, Actor)}, in the caller's transaction. */
    ApiKey endEarlier(Tx tx, Owner owner, String id, Instant end, Actor by);

    /**
     * Ends a key at once.
     *
     * @return false where it was over already
     * @throws dev.matrix.core.NotFoundException where the owner has none of that id
     */
    boolean revoke(Owner owner, String id, Actor by);

    /** As {@link #revoke(Owner, String, Actor)}, in the caller's transaction. */
    boolean revoke(Tx tx, Owner owner, String id, Actor by);
}
