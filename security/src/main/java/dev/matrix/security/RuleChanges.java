package dev.matrix.security;

import dev.matrix.core.ConflictException;
import dev.matrix.core.NotFoundException;
import dev.matrix.core.Owner;
import dev.matrix.core.StorageException;
import dev.matrix.core.net.IpRange;
import dev.matrix.core.spi.Tx;
import dev.matrix.security.RuleChange.Applied;
import dev.matrix.security.RuleChange.WouldApply;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Changes IP rules and policies. A change, its event, its entry in the audit log and the scope's number commit together. */
record RuleChanges(ScopeChanges scopes, SecurityStores stores) {

    private static final String KIND = "ip_rule";

    /** What a change does to a scope. */
    private record Plan(RuleScope scope, List<IpRule> added, List<IpRule> removed, List<String> found) {}

    RuleChange add(Tx tx, RuleScope scope, List<IpRule> rules, boolean replaceAll, Change how) {
        Instant now = scopes.now();
        rules.forEach(rule -> Texts.requireEnd(rule.expiresAt(), now));
        Owner owner = scopes.lock(tx, scope, how);
        ScopeRules stored = scopes.read(tx, scope);
        return apply(tx, plan(scope, rules, stored.ip(), replaceAll, how, now), stored, owner, how, now);
    }

    RuleChange remove(Tx tx, String id, Change how) {
        Instant now = scopes.now();
        RuleScope scope = stores.rules()
                .find(tx, id)
                .map(row -> ScopeText.parse(row.scope()))
                .orElseThrow(() -> none(id));
        Owner owner = scopes.lock(tx, scope, how);
        ScopeRules stored = scopes.read(tx, scope);
        IpRule removed = stored.ip().stream()
                .filter(rule -> rule.id().equals(id))
                .findFirst()
                .orElseThrow(() -> none(id));
        Plan plan = new Plan(scope, List.of(), List.of(removed), List.of());
        return apply(tx, plan, stored, owner, how, now);
    }

    private static NotFoundException none(String id) {
        return new NotFoundException("No rule " + id + ".");
    }

    private Plan plan(
            RuleScope scope, List<IpRule> rules, List<IpRule> stored, boolean replaceAll, Change how, Instant now) {
        record Same(IpRange range, RuleAction action) {}
        Map<Same, IpRule> known = new HashMap<>();
        stored.forEach(rule -> known.put(new Same(rule.range(), rule.action()), rule));
        List<IpRule> added = new ArrayList<>();
        Set<IpRule> removed = new HashSet<>();
        List<String> found = new ArrayList<>();
        Set<String> kept = new HashSet<>();
        for (IpRule rule : rules) {
            Same key = new Same(rule.range(), rule.action());
            IpRule same = known.get(key);
            if (same != null && same.isActive(now)) {
                requireAlike(rule, same);
                kept.add(same.id());
                found.add(same.id());
            } else {
                if (same != null) {
                    removed.add(same);
                }
                IpRule made = rule.added(
                        scopes.ids().next("ipr"), scope, now, how.actor().text());
                known.put(key, made);
                added.add(made);
                found.add(made.id());
                kept.add(made.id());
            }
        }
        if (replaceAll) {
            stored.stream().filter(rule -> !kept.contains(rule.id())).forEach(removed::add);
        }
        return new Plan(scope, added, stored.stream().filter(removed::contains).toList(), found);
    }

    private static void requireAlike(IpRule rule, IpRule same) {
        if (!rule.note().equals(same.note()) || !Objects.equals(IpRule.exact(rule.expiresAt()), same.expiresAt())) {
            throw new ConflictException("Rule " + same.id() + " says " + same.action() + " about " + same.range()
                    + " with another note or end. Remove it first, or repeat its note and end.");
        }
    }

    private RuleChange apply(Tx tx, Plan plan, ScopeRules stored, Owner owner, Change how, Instant now) {
        List<IpRule> all = new ArrayList<>(stored.ip());
        all.removeAll(new HashSet<>(plan.removed()));
        all.addAll(plan.added());
        ScopeRules after = stored.ip(all);
        if (!plan.added().isEmpty()) {
            scopes.requireRoom(tx, after, owner);
        }
        Optional<RuleChange> unconfirmed = scopes.unconfirmed(stored, after, how, now);
        if (unconfirmed.isPresent()) {
            return unconfirmed.get();
        }
        List<IpRule> active = all.stream().filter(rule -> rule.isActive(now)).toList();
        List<String> warnings = new RuleWarnings(stored.policy(), active).about(plan.added());
        if (how.dryRun()) {
            return new WouldApply(warnings);
        }
        plan.removed().forEach(rule -> stores.rules().delete(tx, rule.id()));
        String ownerText = ScopeChanges.ownerText(plan.scope(), owner);
        for (IpRule rule : plan.added()) {
            if (!stores.rules().insert(tx, RuleRows.row(rule, ownerText))) {
                throw new StorageException("Rule " + rule + " came from elsewhere meanwhile; try again.");
            }
        }
        tell(tx, plan, owner, how);
        List<String> told =
                plan.found().isEmpty() ? plan.removed().stream().map(IpRule::id).toList() : plan.found();
        return new Applied(told, warnings);
    }

    private void tell(Tx tx, Plan plan, Owner owner, Change how) {
        int changes = plan.added().size() + plan.removed().size();
        if (changes == 1) {
            boolean added = !plan.added().isEmpty();
            IpRule rule = (added ? plan.added() : plan.removed()).get(0);
            scopes.tell(tx, plan.scope(), owner, rule.id(), KIND, added ? "added" : "removed", how.actor());
        } else if (changes > 1) {
            scopes.tell(tx, plan.scope(), owner, null, KIND, "imported", how.actor());
        }
    }

    RuleChange replacePolicy(Tx tx, AccessPolicy policy, Change how) {
        Instant now = scopes.now();
        RuleScope scope = policy.scope();
        Owner owner = scopes.lock(tx, scope, how);
        ScopeRules stored = scopes.read(tx, scope);
        long version = stored.policy().version();
        if (version != policy.version()) {
            throw new ConflictException("The policy of " + scope.text() + " is at version " + version + ", not "
                    + policy.version() + "; read it again and repeat.");
        }
        Optional<RuleChange> unconfirmed = scopes.unconfirmed(stored, stored.policy(policy), how, now);
        if (unconfirmed.isPresent()) {
            return unconfirmed.get();
        }
        if (how.dryRun()) {
            return new WouldApply(List.of());
        }
        if (!stores.policies().replaceIfVersion(tx, RuleRows.row(policy.next()))) {
            throw new ConflictException("The policy of " + scope.text() + " has changed; read it again and repeat.");
        }
        scopes.tell(tx, scope, owner, null, "access_policy", "replaced", how.actor());
        return new Applied(List.of(), List.of());
    }
}
