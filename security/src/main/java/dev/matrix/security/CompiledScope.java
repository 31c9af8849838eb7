package dev.matrix.security;

import dev.matrix.security.address.IpAddress;
import dev.matrix.security.address.IpRange;
import dev.matrix.security.address.RangeTable;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.concurrent.atomic.LongAdder;

/**
 * A scope's policy and rules, ready to be asked. Immutable but for the counters of its rules.
 *
 * @param readable whether this node knows what each of its rows means; if not, nothing can be said
 * @param rules all of them, expired ones too
 * @param strict the active ones that don't allow, for IPv4 addresses that hide in IPv6 ones
 * @param validUntil when the next rule expires
 */
record CompiledScope(
        AccessPolicy policy,
        boolean readable,
        Collection<LiveRule> rules,
        RangeTable<LiveRule> table,
        RangeTable<LiveRule> strict,
        LiveRule byDefault,
        Instant validUntil) {

    private static final IpRange EVERYTHING = IpRange.parse("::/0");

    static CompiledScope of(AccessPolicy policy, boolean readable, Collection<LiveRule> rules, Instant now) {
        List<LiveRule> active =
                rules.stream().filter(rule -> rule.isActive(now)).toList();
        List<LiveRule> strict = active.stream()
                .filter(rule -> rule.action() != RuleAction.ALLOW)
                .filter(rule -> rule.range().first().v4())
                .toList();
        Instant end = active.stream()
                .map(LiveRule::expiresAt)
                .filter(each -> each != null)
                .min(Comparator.naturalOrder())
                .orElse(Instant.MAX);
        Comparator<LiveRule> order = LiveRule.order(policy.precedence());
        return new CompiledScope(
                policy,
                readable,
                rules,
                RangeTable.of(active, LiveRule::range, order, NavigableSet::first),
                RangeTable.of(strict, LiveRule::range, order, NavigableSet::first),
                new LiveRule(null, EVERYTHING, policy.ipDefault(), null, new LongAdder()),
                end);
    }

    /** The same rules as of a later time. */
    CompiledScope asOf(Instant now) {
        return of(policy, readable, rules, now);
    }

    /**
     * What decides about an address. Of an address with an IPv4 one in it, the stricter of what is said about both; nothing
     * that allows the inner one lets the outer one in, as anybody can write any inner one.
     */
    LiveRule decider(IpAddress address) {
        LiveRule own = table.find(address);
        LiveRule decider = own == null ? byDefault : own;
        IpAddress inner = address.embeddedIpv4();
        LiveRule aboutInner = inner == null ? null : strict.find(inner);
        if (aboutInner != null && aboutInner.action().compareTo(decider.action()) > 0) {
            return aboutInner;
        }
        return decider;
    }
}
