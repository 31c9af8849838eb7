package dev.matrix.security;

import dev.matrix.core.ConflictException;
import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.spi.Tx;
import java.util.List;
import java.util.function.Function;

/** {@link AccessRules} over its stores: opens the transactions that callers leave out. */
record StoredAccessRules(SecurityStores stores, ScopeChanges scopes, RuleChanges changes, GeoRuleChanges geoChanges)
        implements AccessRules {

    private static final String GEO = "geo_";

    private RuleChange transacted(Function<Tx, RuleChange> work) {
        return stores.transactions().returning(work);
    }

    @Override
    public RuleChange add(IpRule rule, Change how) {
        return transacted(tx -> add(tx, rule, how));
    }

    @Override
    public RuleChange add(Tx tx, IpRule rule, Change how) {
        return changes.add(tx, rule.scope(), List.of(rule), false, how);
    }

    @Override
    public RuleChange add(GeoRule rule, Change how) {
        return transacted(tx -> add(tx, rule, how));
    }

    @Override
    public RuleChange add(Tx tx, GeoRule rule, Change how) {
        return geoChanges.add(tx, rule, how);
    }

    @Override
    public RuleChange remove(String id, Change how) {
        return transacted(tx -> remove(tx, id, how));
    }

    @Override
    public RuleChange remove(Tx tx, String id, Change how) {
        return id.startsWith(GEO) ? geoChanges.remove(tx, id, how) : changes.remove(tx, id, how);
    }

    @Override
    public RuleChange importIpRules(RuleScope scope, List<IpRule> rules, boolean replaceAll, Change how) {
        return transacted(tx -> importIpRules(tx, scope, rules, replaceAll, how));
    }

    @Override
    public RuleChange importIpRules(Tx tx, RuleScope scope, List<IpRule> rules, boolean replaceAll, Change how) {
        return changes.add(tx, scope, rules, replaceAll, how);
    }

    @Override
    public Page<IpRule> ipRules(RuleScope scope, PageRequest page) {
        return stores.transactions()
                .returning(tx -> stores.rules().page(tx, scope.text(), page))
                .map(row -> RuleRows.rule(row, scope));
    }

    @Override
    public Page<GeoRule> geoRules(RuleScope scope, PageRequest page) {
        return stores.transactions()
                .returning(tx -> stores.geoRules().page(tx, scope.text(), page))
                .map(row -> RuleRows.geoRule(row, scope)
                        .orElseThrow(() -> new ConflictException("Rule " + row.id()
                                + " was written by a newer version of the software than this node's; read it there.")));
    }

    @Override
    public AccessPolicy policy(RuleScope scope) {
        return stores.transactions().returning(tx -> scopes.policy(tx, scope));
    }

    @Override
    public RuleChange replacePolicy(AccessPolicy policy, Change how) {
        return transacted(tx -> replacePolicy(tx, policy, how));
    }

    @Override
    public RuleChange replacePolicy(Tx tx, AccessPolicy policy, Change how) {
        return changes.replacePolicy(tx, policy, how);
    }
}
