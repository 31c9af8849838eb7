package dev.matrix.security;

import dev.matrix.core.net.IpAddress;
import dev.matrix.security.spi.GeoSource;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What a change may do that isn't meant: let everybody in, or keep everybody, or its own maker, out. */
record RuleDoubts(GeoSource geo, Instant now) {

    Optional<String> about(ScopeRules before, ScopeRules after, Change how) {
        return wholeFamily(before, after).or(() -> nobody(before, after)).or(() -> lockedOut(before, after, how));
    }

    private static Optional<String> wholeFamily(ScopeRules before, ScopeRules after) {
        return after.ip().stream()
                .filter(rule ->
                        rule.action() == RuleAction.ALLOW && rule.range().isWholeFamily())
                .filter(rule -> !before.ip().contains(rule))
                .findFirst()
                .map(rule -> rule.action() + " " + rule.range() + " is about every address there is.");
    }

    private Optional<String> nobody(ScopeRules before, ScopeRules after) {
        return before.admits(now) && !after.admits(now)
                ? Optional.of("Nobody would be let in: the default is BLOCK, and no rule would be left that allows.")
                : Optional.empty();
    }

    private Optional<String> lockedOut(ScopeRules before, ScopeRules after, Change how) {
        IpAddress caller = how.callerAddress();
        boolean lockedOut = caller != null && isBlocked(after, caller) && !isBlocked(before, caller);
        return lockedOut ? Optional.of("You would be kept out yourself, at " + caller + ".") : Optional.empty();
    }

    /** Compiles what matches that address alone. */
    private boolean isBlocked(ScopeRules rules, IpAddress address) {
        IpAddress inner = address.embeddedIpv4();
        List<LiveRule> near = rules.ip().stream()
                .filter(rule -> rule.range().contains(address)
                        || (inner != null && rule.range().contains(inner)))
                .map(rule -> LiveRule.of(rule.id(), rule.range(), rule.action(), rule.expiresAt()))
                .toList();
        CompiledScope scope = CompiledScope.of(rules.policy(), true, near, rules.geo(), now);
        return scope.strictest(new ClientPlaces(geo, address)) == RuleAction.BLOCK;
    }
}
