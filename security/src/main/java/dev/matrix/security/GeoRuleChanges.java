package dev.matrix.security;

import dev.matrix.core.ConflictException;
import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.NotFoundException;
import dev.matrix.core.Owner;
import dev.matrix.core.StorageException;
import dev.matrix.core.spi.Tx;
import dev.matrix.security.RuleChange.Applied;
import dev.matrix.security.RuleChange.WouldApply;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Changes geo rules, as {@link RuleChanges} does IP rules.
 *
 * @param hasSource whether anything tells where addresses are; without it a rule could have no effect and is refused
 */
record GeoRuleChanges(ScopeChanges scopes, SecurityStores stores, boolean hasSource) {

    private static final String KIND = "geo_rule";

    RuleChange add(Tx tx, GeoRule rule, Change how) {
        requireSource();
        Instant now = scopes.now();
        Texts.requireEnd(rule.expiresAt(), now);
        Owner owner = scopes.lock(tx, rule.scope(), how);
        ScopeRules stored = scopes.read(tx, rule.scope());
        GeoRule same = stored.geo().stream()
                .filter(each -> each.match().equals(rule.match()) && each.action() == rule.action())
                .findFirst()
                .orElse(null);
        if (same != null && same.isActive(now)) {
            return known(rule, same, how);
        }
        List<GeoRule> all = new ArrayList<>(stored.geo());
        all.remove(same);
        GeoRule made = rule.added(scopes.ids().next("geo"), now, how.actor().text());
        all.add(made);
        ScopeRules after = stored.geo(all);
        scopes.requireRoom(tx, after, owner);
        Optional<RuleChange> unconfirmed = scopes.unconfirmed(stored, after, how, now);
        if (unconfirmed.isPresent()) {
            return unconfirmed.get();
        }
        if (how.dryRun()) {
            return new WouldApply(List.of());
        }
        if (same != null) {
            stores.geoRules().delete(tx, same.id());
        }
        if (!stores.geoRules().insert(tx, RuleRows.row(made, ScopeChanges.ownerText(made.scope(), owner)))) {
            throw new StorageException("Rule " + made + " came from elsewhere meanwhile; try again.");
        }
        scopes.tell(tx, made.scope(), owner, made.id(), KIND, "added", how.actor());
        return new Applied(List.of(made.id()), List.of());
    }

    void requireSource() {
        if (!hasSource) {
            throw new InvalidRequestException(
                    "This platform has no source that tells where addresses are, so the rule could have no effect."
                            + " Whoever runs it gives one to SecurityBuilder.geo.");
        }
    }

    private static RuleChange known(GeoRule rule, GeoRule same, Change how) {
        if (!rule.note().equals(same.note()) || !Objects.equals(IpRule.exact(rule.expiresAt()), same.expiresAt())) {
            throw new ConflictException("Rule " + same.id() + " says " + same.action() + " about "
                    + same.match().text() + " with another note or end. Remove it first, or repeat its note and end.");
        }
        return how.dryRun() ? new WouldApply(List.of()) : new Applied(List.of(same.id()), List.of());
    }

    RuleChange remove(Tx tx, String id, Change how) {
        Instant now = scopes.now();
        RuleScope scope = stores.geoRules()
                .find(tx, id)
                .map(row -> ScopeText.parse(row.scope()))
                .orElseThrow(() -> new NotFoundException("No rule " + id + "."));
        Owner owner = scopes.lock(tx, scope, how);
        ScopeRules stored = scopes.read(tx, scope);
        GeoRule removed = stored.geo().stream()
                .filter(rule -> rule.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new NotFoundException("No rule " + id + "."));
        Optional<RuleChange> unconfirmed = scopes.unconfirmed(stored, stored.without(removed), how, now);
        if (unconfirmed.isPresent()) {
            return unconfirmed.get();
        }
        if (how.dryRun()) {
            return new WouldApply(List.of());
        }
        stores.geoRules().delete(tx, id);
        scopes.tell(tx, scope, owner, id, KIND, "removed", how.actor());
        return new Applied(List.of(id), List.of());
    }
}
