package dev.matrix.security;

import dev.matrix.core.ConflictException;
import dev.matrix.core.Ids;
import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.NotFoundException;
import dev.matrix.core.Owner;
import dev.matrix.core.PageRequest;
import dev.matrix.core.api.ApiPrincipal;
import dev.matrix.core.event.EventLog;
import dev.matrix.core.event.EventType;
import dev.matrix.core.event.payload.ApiKeyChanged;
import dev.matrix.core.event.payload.EventTypes;
import dev.matrix.core.spi.Tx;
import dev.matrix.security.spi.ApiKeyRow;
import dev.matrix.security.spi.ApiKeyRow.State;
import dev.matrix.security.spi.GeoRuleRow;
import dev.matrix.security.spi.IpRuleRow;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Issues, rotates and ends keys. A change, its event and its entry in the audit log commit together. */
final class KeyChanges {

    private static final int MOST_LIVE = 50;
    private static final int MOST_A_DAY = 200;
    private static final int MOST_SCOPES = 100;
    private static final int MOST_RULES = 1_000;
    private static final Duration LONGEST_OVERLAP = Duration.ofDays(7);

    private final SecurityStores stores;
    private final EventLog events;
    private final AuditLog audit;
    private final Ids ids;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final KeyText form;

    KeyChanges(
            SecurityStores stores,
            EventLog events,
            AuditLog audit,
            Ids ids,
            InstantSource clock,
            RandomGenerator random,
            KeyText form) {
        this.stores = stores;
        this.events = events;
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
        this.random = random;
        this.form = form;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    IssuedApiKey issue(Tx tx, Owner owner, String name, Set<String> scopes, @Nullable Instant end, Actor by) {
        Instant now = now();
        Texts.require("A key's name", name, 200);
        requireScopes(owner, scopes);
        Texts.requireEnd(end, now);
        Optional<ApiKeyRow> caller = by instanceof Actor.Key key ? stores.keys().find(tx, key.id()) : Optional.empty();
        caller.ifPresent(key -> requireHeld(key, scopes));
        Optional<ApiKeyRow> issuer = caller.filter(key -> key.owner().equals(owner));
        Instant latest = issuer.map(ApiKeyRow::endsAt).orElse(null);
        Instant exact = IpRule.exact(end);
        Instant ends = latest != null && (exact == null || latest.isBefore(exact)) ? latest : exact;
        requireRoom(tx, owner, now, 0);
        IssuedApiKey issued = insert(tx, owner, name, scopes, ends, by, now);
        issuer.ifPresent(key -> copyRules(tx, key, issued.key(), now, by));
        tell(tx, issued.key(), EventTypes.API_KEY_CREATED, "issued", by, now);
        return issued;
    }

    private static void requireScopes(Owner owner, Set<String> scopes) {
        if (scopes.isEmpty() || scopes.size() > MOST_SCOPES) {
            throw new InvalidRequestException("A key has 1 to " + MOST_SCOPES + " scopes; not " + scopes.size() + ".");
        }
        for (String scope : scopes) {
            if (!scope.matches("[a-z][a-z0-9_-]{0,31}:[a-z][a-z0-9_-]{0,31}")) {
                throw new InvalidRequestException("A scope is area:verb in lower case, such as security:read.");
            }
        }
        if (scopes.contains(ApiPrincipal.OPERATE) && !owner.equals(Owner.platform())) {
            throw new InvalidRequestException(ApiPrincipal.OPERATE + " is for keys of " + Owner.platform() + " alone; "
                    + owner + " can't have it.");
        }
    }

    private static void requireHeld(ApiKeyRow issuer, Set<String> scopes) {
        if (!issuer.scopes().containsAll(scopes)) {
            throw new InvalidRequestException("A key gives no scope that it doesn't hold itself; " + issuer.id()
                    + " holds " + issuer.scopes().stream().sorted().toList() + ".");
        }
    }

    /** Counts under the owner's lock, so that of callers at once no more get through than there is room for. */
    private void requireRoom(Tx tx, Owner owner, Instant now, int leaving) {
        stores.keys().lockOwner(tx, owner);
        if (stores.keys().countLive(tx, owner, now) - leaving >= MOST_LIVE) {
            throw new ConflictException(owner + " has " + MOST_LIVE + " live keys, the most there are; revoke one.");
        }
        if (stores.keys().countSince(tx, owner, now.minus(Duration.ofDays(1))) >= MOST_A_DAY) {
            throw new ConflictException(
                    owner + " was issued " + MOST_A_DAY + " keys within a day, the most there are; wait.");
        }
    }

    private IssuedApiKey insert(
            Tx tx, Owner owner, String name, Set<String> scopes, @Nullable Instant end, Actor by, Instant now) {
        String text = form.next(random);
        ApiKeyRow row = new ApiKeyRow(
                ids.next("key"),
                owner,
                name,
                KeyText.hash(text),
                KeyText.hint(text),
                scopes,
                State.ACTIVE,
                now,
                by.text(),
                end,
                null);
        stores.keys().insert(tx, row);
        return new IssuedApiKey(ApiKey.of(row, now), text);
    }

    /** What holds for a key holds for those that it issues and for its successor, or else they would be a way around. */
    private void copyRules(Tx tx, ApiKeyRow from, ApiKey to, Instant now, Actor by) {
        RuleScope scope = RuleScope.key(to.id());
        String former = RuleScope.key(from.id()).text();
        stores.epochs().bump(tx, RuleRows.slot(scope));
        for (IpRuleRow row : stores.rules().after(tx, former, null, MOST_RULES)) {
            IpRuleRow copy = new IpRuleRow(
                    ids.next("ipr"),
                    scope.text(),
                    to.owner().toString(),
                    row.range(),
                    row.action(),
                    row.note(),
                    row.expiresAt(),
                    now,
                    by.text(),
                    0,
                    null);
            stores.rules().insert(tx, copy);
        }
        for (GeoRuleRow row : stores.geoRules()
                .page(tx, former, PageRequest.first(MOST_RULES))
                .items()) {
            GeoRuleRow copy = new GeoRuleRow(
                    ids.next("geo"),
                    scope.text(),
                    to.owner().toString(),
                    row.match(),
                    row.action(),
                    row.note(),
                    row.expiresAt(),
                    now,
                    by.text());
            stores.geoRules().insert(tx, copy);
        }
        stores.policies()
                .find(tx, former)
                .ifPresent(row -> stores.policies().replaceIfVersion(tx, row.firstOf(scope.text())));
    }

    ApiKeyRow find(Tx tx, Owner owner, String id) {
        return stores.keys()
                .find(tx, id)
                .filter(row -> row.owner().equals(owner))
                .orElseThrow(() -> new NotFoundException("No API key " + id + "."));
    }

    IssuedApiKey rotate(Tx tx, Owner owner, String id, Duration overlap, Actor by) {
        if (overlap.isNegative() || overlap.compareTo(LONGEST_OVERLAP) > 0) {
            throw new InvalidRequestException("An overlap is PT0S to P7D; " + overlap + " is not.");
        }
        Instant now = now();
        requireRoom(tx, owner, now, 1);
        ApiKeyRow row = find(tx, owner, id);
        if (row.state() != State.ACTIVE || !row.isLive(now)) {
            throw new ConflictException(
                    "API key " + id + " is " + ApiKey.of(row, now).state() + "; only an ACTIVE one is rotated.");
        }
        Instant until = now.plus(overlap).truncatedTo(ChronoUnit.MICROS);
        Instant end = row.endsAt() != null && row.endsAt().isBefore(until) ? row.endsAt() : until;
        replace(tx, row, row.moved(State.ROTATING, end));
        IssuedApiKey issued = insert(tx, owner, row.name(), row.scopes(), row.endsAt(), by, now);
        copyRules(tx, row, issued.key(), now, by);
        tell(tx, ApiKey.of(row.moved(State.ROTATING, end), now), EventTypes.API_KEY_ROTATED, "rotated", by, now);
        return issued;
    }

    private void replace(Tx tx, ApiKeyRow seen, ApiKeyRow row) {
        if (!stores.keys().replaceIfSame(tx, seen, row)) {
            throw new ConflictException("API key " + seen.id() + " has changed meanwhile; read it again and repeat.");
        }
    }

    ApiKey endEarlier(Tx tx, Owner owner, String id, Instant end, Actor by) {
        Instant now = now();
        ApiKeyRow row = find(tx, owner, id);
        Texts.requireEnd(end, now);
        if (!row.isLive(now)) {
            throw new ConflictException("API key " + id + " is over.");
        }
        if (row.endsAt() != null && end.isAfter(row.endsAt())) {
            throw new InvalidRequestException("API key " + id + " ends at " + row.endsAt()
                    + "; an end is only brought forward. Issue another key instead.");
        }
        ApiKeyRow changed = row.moved(row.state(), end.truncatedTo(ChronoUnit.MICROS));
        replace(tx, row, changed);
        audit.append(tx, AuditEntry.change(owner, by, "api_key.end_moved", "api_key", id));
        return ApiKey.of(changed, now);
    }

    boolean revoke(Tx tx, Owner owner, String id, Actor by) {
        Instant now = now();
        ApiKeyRow row = find(tx, owner, id);
        if (!row.isLive(now)) {
            return false;
        }
        ApiKeyRow revoked = row.moved(State.REVOKED, now);
        replace(tx, row, revoked);
        tell(tx, ApiKey.of(revoked, now), EventTypes.API_KEY_REVOKED, "revoked", by, now);
        return true;
    }

    /** Marks a key whose end has passed; without effect where another node was faster. */
    void expire(Tx tx, ApiKeyRow row, Instant now) {
        if (stores.keys().replaceIfSame(tx, row, row.moved(State.EXPIRED, row.endsAt()))) {
            tell(tx, ApiKey.of(row, now), EventTypes.API_KEY_EXPIRED, "expired", Actor.software("security.keys"), now);
        }
    }

    private void tell(Tx tx, ApiKey key, EventType type, String change, Actor by, Instant now) {
        audit.append(tx, AuditEntry.change(key.owner(), by, "api_key." + change, "api_key", key.id()));
        events.publish(
                tx,
                ApiKeyChanged.builder()
                        .id(key.id())
                        .owner(key.owner())
                        .type(type)
                        .name(key.name())
                        .hint(key.hint())
                        .scopes(key.scopes().stream().sorted().toList())
                        .expiresAt(key.expiresAt())
                        .actor(by.text())
                        .at(now)
                        .build());
    }
}
