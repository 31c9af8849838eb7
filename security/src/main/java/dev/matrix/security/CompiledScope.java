package dev.matrix.security;

import dev.matrix.core.net.IpAddress;
import dev.matrix.core.net.IpRange;
import dev.matrix.security.GeoRules.Finding;
import dev.matrix.security.address.RangeTable;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A scope's policy and rules, ready to be asked. Immutable except for the counters of its rules.
 *
 * @param readable whether this node knows what each of its rows means; if not, nothing can be said
 * @param rules all IP rules, expired ones too
 * @param geoRules all geo rules, expired ones too
 * @param strict the active IP rules that don't allow, for IPv4 addresses that hide in IPv6 ones
 * @param validUntil when the next rule expires
 */
record CompiledScope(
        AccessPolicy policy,
        boolean readable,
        Collection<LiveRule> rules,
        List<GeoRule> geoRules,
        RangeTable<LiveRule> table,
        RangeTable<LiveRule> strict,
        LiveRule byDefault,
        GeoRules geo,
        Instant validUntil) {

    private static final IpRange EVERYTHING = IpRange.parse("::/0");

    static CompiledScope of(
            AccessPolicy policy, boolean readable, Collection<LiveRule> rules, List<GeoRule> geoRules, Instant now) {
        List<LiveRule> active =
                rules.stream().filter(rule -> rule.isActive(now)).toList();
        List<LiveRule> strict = active.stream()
                .filter(rule -> rule.action() != RuleAction.ALLOW)
                .filter(rule -> rule.range().first().v4())
                .toList();
        GeoRules geo = GeoRules.of(policy, geoRules, now);
        Instant end = Stream.concat(
                        active.stream().map(LiveRule::expiresAt),
                        geo.active().stream().map(GeoRule::expiresAt))
                .filter(Objects::nonNull)
                .min(Comparator.naturalOrder())
                .orElse(Instant.MAX);
        Comparator<LiveRule> order = LiveRule.order(policy.precedence());
        return new CompiledScope(
                policy,
                readable,
                rules,
                geoRules,
                RangeTable.of(active, LiveRule::range, order, NavigableSet::first),
                RangeTable.of(strict, LiveRule::range, order, NavigableSet::first),
                new LiveRule(null, EVERYTHING, policy.ipDefault(), null, new LongAdder()),
                geo,
                end);
    }

    /** The same rules as of a later time. */
    CompiledScope asOf(Instant now) {
        return of(policy, readable, rules, geoRules, now);
    }

    /** This scope with other IP rules. */
    CompiledScope with(Collection<LiveRule> others, Instant now) {
        return of(policy, readable, others, geoRules, now);
    }

    /**
     * Which IP rule decides about an address. Of an address with an IPv4 one in it, the stricter of what is said about both; nothing
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

    /**
     * What geo rules and settings say; null where they have no say: the scope has none, or an IP rule that allows overrides them.
     *
     * @param decider what the IP rules say
     */
    @Nullable
    Finding aboutPlace(LiveRule decider, ClientPlaces client) {
        boolean overridden =
                policy.ipAllowOverridesGeo() && decider.id() != null && decider.action() == RuleAction.ALLOW;
        if (overridden || !geo.matter()) {
            return null;
        }
        Finding own = geo.about(client.own());
        Place inner = client.inner();
        Finding aboutInner = inner == null ? own : geo.about(inner);
        return aboutInner.action().compareTo(own.action()) > 0 ? aboutInner : own;
    }

    /** The strictest of what is said about a client. */
    RuleAction strictest(ClientPlaces client) {
        LiveRule decider = decider(client.address());
        Finding place = aboutPlace(decider, client);
        return place == null ? decider.action() : decider.action().stricter(place.action());
    }

    /** The active IP rules about an address, or one in it, without that one. */
    List<String> othersAbout(IpAddress address, LiveRule decider, Instant now, int limit) {
        IpAddress inner = address.embeddedIpv4();
        return rules.stream()
                .filter(rule -> !rule.equals(decider) && rule.id() != null && rule.isActive(now))
                .filter(rule -> rule.range().contains(address)
                        || (inner != null && rule.range().contains(inner)))
                .map(LiveRule::id)
                .filter(Objects::nonNull)
                .sorted()
                .limit(limit)
                .toList();
    }
}
