package dev.matrix.security;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A scope's policy and rules as they are stored, or as a change would make them. Immutable. */
record ScopeRules(AccessPolicy policy, List<IpRule> ip, List<GeoRule> geo) {

    ScopeRules {
        ip = List.copyOf(ip);
        geo = List.copyOf(geo);
    }

    ScopeRules policy(AccessPolicy other) {
        return new ScopeRules(other, ip, geo);
    }

    ScopeRules ip(List<IpRule> others) {
        return new ScopeRules(policy, others, geo);
    }

    ScopeRules geo(List<GeoRule> others) {
        return new ScopeRules(policy, ip, others);
    }

    ScopeRules without(GeoRule removed) {
        List<GeoRule> rest = new ArrayList<>(geo);
        rest.remove(removed);
        return geo(rest);
    }

    /** Whether somebody is let in at all. */
    boolean admits(Instant now) {
        return policy.ipDefault() != RuleAction.BLOCK
                || ip.stream().anyMatch(rule -> rule.action() != RuleAction.BLOCK && rule.isActive(now));
    }
}
