package dev.matrix.security;

import dev.matrix.core.PageRequest;
import dev.matrix.core.spi.Tx;
import dev.matrix.security.spi.AccessEpochStore;
import dev.matrix.security.spi.AccessPolicyRow;
import dev.matrix.security.spi.GeoRuleRow;
import dev.matrix.security.spi.IpRuleRow;
import java.util.List;
import java.util.Optional;

/** Rules and policies to rows and back. What a newer node wrote and this one doesn't know is empty, never skipped. */
final class RuleRows {

    static final String PLATFORM_OWNER = "platform";
    static final int MOST_GEO_RULES = 1_000;

    private RuleRows() {}

    /** The slot of the number that tells nodes of a change in this scope; the same on every node. */
    static int slot(RuleScope scope) {
        String spread = scope.text();
        if (scope instanceof RuleScope.Platform) {
            return AccessEpochStore.PLATFORM;
        }
        if (scope instanceof RuleScope.Group group) {
            spread = RuleScope.of(group.owner()).text();
        }
        return 1 + Math.floorMod(spread.hashCode(), AccessEpochStore.SLOTS - 1);
    }

    static IpRuleRow row(IpRule rule, String owner) {
        return new IpRuleRow(
                rule.id(),
                rule.scope().text(),
                owner,
                rule.range(),
                rule.action().name(),
                rule.note(),
                rule.expiresAt(),
                rule.createdAt(),
                rule.createdBy(),
                rule.hits(),
                rule.lastHitAt());
    }

    static Optional<RuleAction> action(String text) {
        return known(RuleAction.class, text);
    }

    private static <E extends Enum<E>> Optional<E> known(Class<E> type, String name) {
        for (E each : type.getEnumConstants()) {
            if (each.name().equals(name)) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }

    /** A rule for people; an action that this node doesn't know is shown as the strictest. */
    static IpRule rule(IpRuleRow row, RuleScope scope) {
        return new IpRule(
                row.id(),
                scope,
                row.range(),
                action(row.action()).orElse(RuleAction.BLOCK),
                row.note(),
                row.expiresAt(),
                row.createdAt(),
                row.createdBy(),
                row.hits(),
                row.lastHitAt());
    }

    static Optional<LiveRule> live(IpRuleRow row) {
        return action(row.action()).map(action -> LiveRule.of(row.id(), row.range(), action, row.expiresAt()));
    }

    static GeoRuleRow row(GeoRule rule, String owner) {
        return new GeoRuleRow(
                rule.id(),
                rule.scope().text(),
                owner,
                rule.match().text(),
                rule.action().name(),
                rule.note(),
                rule.expiresAt(),
                rule.createdAt(),
                rule.createdBy());
    }

    /** Empty: this node doesn't know what it means. */
    static Optional<GeoRule> geoRule(GeoRuleRow row, RuleScope scope) {
        return GeoMatchText.parse(row.match())
                .flatMap(match -> action(row.action())
                        .map(action -> new GeoRule(
                                row.id(),
                                scope,
                                match,
                                action,
                                row.note(),
                                row.expiresAt(),
                                row.createdAt(),
                                row.createdBy())));
    }

    /** A scope's geo rules, all of them; empty ones this node doesn't know. */
    static List<Optional<GeoRule>> geoRules(SecurityStores stores, Tx tx, RuleScope scope) {
        return stores.geoRules().page(tx, scope.text(), PageRequest.first(MOST_GEO_RULES)).items().stream()
                .map(row -> geoRule(row, scope))
                .toList();
    }

    /** The scope's policy; empty: this node doesn't know what it means. */
    static Optional<AccessPolicy> policy(SecurityStores stores, Tx tx, RuleScope scope) {
        Optional<AccessPolicyRow> stored = stores.policies().find(tx, scope.text());
        if (stored.isEmpty()) {
            return Optional.of(AccessPolicy.standard(scope));
        }
        AccessPolicyRow row = stored.get();
        Optional<RuleAction> ip = action(row.ipDefault());
        Optional<RuleAction> geo = action(row.geoDefault());
        Optional<RuleAction> unknown = action(row.unknownCountry());
        Optional<RuleAction> ofPrivate = action(row.privateAddress());
        Optional<Precedence> precedence = known(Precedence.class, row.precedence());
        if (ip.isEmpty() || geo.isEmpty() || unknown.isEmpty() || ofPrivate.isEmpty() || precedence.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new AccessPolicy(
                scope,
                ip.get(),
                geo.get(),
                unknown.get(),
                ofPrivate.get(),
                row.ipAllowOverridesGeo(),
                precedence.get(),
                row.stepUpAge(),
                row.secondFactorFrom(),
                row.version()));
    }

    static AccessPolicyRow row(AccessPolicy policy) {
        return new AccessPolicyRow(
                policy.scope().text(),
                policy.ipDefault().name(),
                policy.geoDefault().name(),
                policy.unknownCountry().name(),
                policy.privateAddress().name(),
                policy.ipAllowOverridesGeo(),
                policy.precedence().name(),
                policy.stepUpAge(),
                policy.secondFactorFrom(),
                policy.version());
    }
}
