package dev.matrix.security;

import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.spi.Tx;
import java.util.List;
import java.util.function.Function;

/** {@link AccessRules} over its stores: opens the transactions that callers leave out. */
record StoredAccessRules(SecurityStores stores, RuleChanges changes) implements AccessRules {

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
    public RuleChange remove(String id, Change how) {
        return transacted(tx -> remove(tx, id, how));
    }

    @Override
    public RuleChange remove(Tx tx, String id, Change how) {
        return changes.remove(tx, id, how);
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
    public AccessPolicy policy(RuleScope scope) {
        return stores.transactions().returning(tx -> changes.policy(tx, scope));
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
