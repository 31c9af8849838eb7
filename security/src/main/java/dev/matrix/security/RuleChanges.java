package dev.matrix.security;

import dev.matrix.core.ConflictException;
import dev.matrix.core.Ids;
import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.NotFoundException;
import dev.matrix.core.Owner;
import dev.matrix.core.StorageException;
import dev.matrix.core.event.EventLog;
import dev.matrix.core.event.payload.SecurityRulesChanged;
import dev.matrix.core.spi.Tx;
import dev.matrix.security.RuleChange.Applied;
import dev.matrix.security.RuleChange.NeedsConfirmation;
import dev.matrix.security.RuleChange.WouldApply;
import dev.matrix.security.address.IpAddress;
import dev.matrix.security.address.IpRange;
import dev.matrix.security.spi.ApiKeyRow;
import dev.matrix.security.spi.IpRuleRow;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Changes rules and policies. A change, its event, its entry in the audit log and the scope's number commit together. */
final class RuleChanges {

    private static final int BATCH = 5_000;
    private static final int MOST_OF_PLATFORM = 100_000;
    private static final int MOST_PER_SCOPE = 1_000;
    private static final int MOST_PER_OWNER = 10_000;
    private static final int MOST_GROUPS = 100;

    private final SecurityStores stores;
    private final EventLog events;
    private final AuditLog audit;
    private final Ids ids;
    private final InstantSource clock;
    private final Runnable changed;

    /** @param changed told after a commit, to hasten what every node finds by itself */
    RuleChanges(
            SecurityStores stores, EventLog events, AuditLog audit, Ids ids, InstantSource clock, Runnable changed) {
        this.stores = stores;
        this.events = events;
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
        this.changed = changed;
    }

    /** What a change does to a scope. */
    private record Plan(RuleScope scope, List<IpRule> added, List<IpRule> removed, List<String> found) {}

    /** As exact as every store keeps it. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    RuleChange add(Tx tx, RuleScope scope, List<IpRule> rules, boolean replaceAll, Change how) {
        Instant now = now();
        rules.forEach(rule -> Texts.requireEnd(rule.expiresAt(), now));
        Owner owner = lock(tx, scope, how);
        List<IpRule> stored = stored(tx, scope);
        return apply(tx, plan(scope, rules, stored, replaceAll, how, now), stored, owner, how, now);
    }

    RuleChange remove(Tx tx, String id, Change how) {
        Instant now = now();
        RuleScope scope = scopeOf(
                tx, stores.rules().find(tx, id).orElseThrow(() -> new NotFoundException("No rule " + id + ".")));
        Owner owner = lock(tx, scope, how);
        List<IpRule> stored = stored(tx, scope);
        IpRule removed = stored.stream()
                .filter(rule -> rule.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new NotFoundException("No rule " + id + "."));
        Plan plan = new Plan(scope, List.of(), List.of(removed), List.of());
        return apply(tx, plan, stored, owner, how, now);
    }

    /** Whose the rule is. Scopes are written so that they can be read back. */
    RuleScope scopeOf(Tx tx, IpRuleRow row) {
        return ScopeText.parse(row.scope());
    }

    private Plan plan(
            RuleScope scope, List<IpRule> rules, List<IpRule> stored, boolean replaceAll, Change how, Instant now) {
        record Same(IpRange range, RuleAction action) {}
        Map<Same, IpRule> known = new HashMap<>();
        stored.forEach(rule -> known.put(new Same(rule.range(), rule.action()), rule));
        List<IpRule> added = new ArrayList<>();
        List<IpRule> removed = new ArrayList<>();
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
                IpRule made =
                        rule.added(ids.next("ipr"), scope, now, how.actor().text());
                known.put(key, made);
                added.add(made);
                found.add(made.id());
                kept.add(made.id());
            }
        }
        if (replaceAll) {
            stored.stream()
                    .filter(rule -> !kept.contains(rule.id()) && !removed.contains(rule))
                    .forEach(removed::add);
        }
        return new Plan(scope, added, removed, found);
    }

    private static void requireAlike(IpRule rule, IpRule same) {
        if (!rule.note().equals(same.note()) || !Objects.equals(IpRule.exact(rule.expiresAt()), same.expiresAt())) {
            throw new ConflictException("Rule " + same.id() + " says " + same.action() + " about " + same.range()
                    + " with another note or end. Remove it first, or repeat its note and end.");
        }
    }

    private RuleChange apply(Tx tx, Plan plan, List<IpRule> stored, Owner owner, Change how, Instant now) {
        List<IpRule> after = new ArrayList<>(stored);
        after.removeAll(new HashSet<>(plan.removed()));
        after.addAll(plan.added());
        requireRoom(tx, plan, after.size(), owner);
        AccessPolicy policy = policy(tx, plan.scope());
        Optional<String> doubt = wholeFamily(plan)
                .or(() -> nobody(policy, stored, policy, after, now))
                .or(() -> lockedOut(policy, stored, policy, after, how, now));
        if (doubt.isPresent() && !how.confirmed()) {
            return new NeedsConfirmation(doubt.get());
        }
        List<IpRule> active = after.stream().filter(rule -> rule.isActive(now)).toList();
        List<String> warnings = new RuleWarnings(policy, active).about(plan.added());
        if (how.dryRun()) {
            return new WouldApply(warnings);
        }
        plan.removed().forEach(rule -> stores.rules().delete(tx, rule.id()));
        String ownerText = ownerText(plan.scope(), owner);
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

    RuleChange replacePolicy(Tx tx, AccessPolicy policy, Change how) {
        Instant now = now();
        RuleScope scope = policy.scope();
        Owner owner = lock(tx, scope, how);
        AccessPolicy former = policy(tx, scope);
        if (former.version() != policy.version()) {
            throw new ConflictException("The policy of " + scope.text() + " is at version " + former.version()
                    + ", not " + policy.version() + "; read it again and repeat.");
        }
        List<IpRule> rules = stored(tx, scope);
        Optional<String> doubt =
                nobody(former, rules, policy, rules, now).or(() -> lockedOut(former, rules, policy, rules, how, now));
        if (doubt.isPresent() && !how.confirmed()) {
            return new NeedsConfirmation(doubt.get());
        }
        if (how.dryRun()) {
            return new WouldApply(List.of());
        }
        if (!stores.policies().replaceIfVersion(tx, RuleRows.row(policy.next()))) {
            throw new ConflictException("The policy of " + scope.text() + " has changed; read it again and repeat.");
        }
        tell(tx, scope, owner, null, "access_policy", "replaced", how.actor());
        tx.hintAfterCommit(changed);
        return new Applied(List.of(), List.of());
    }

    /**
     * Raises the scope's number, whose row stays locked: what is read and counted from here on stays until the commit.
     *
     * @return whose the scope is
     */
    private Owner lock(Tx tx, RuleScope scope, Change how) {
        Owner owner = ownerOf(tx, scope);
        if (!how.dryRun()) {
            Stream.of(RuleRows.slot(scope), ownerSlot(scope, owner))
                    .distinct()
                    .sorted()
                    .forEach(slot -> stores.epochs().bump(tx, slot));
        }
        return owner;
    }

    /** A key's rules count to its owner's limit too, which the owner's own number guards. */
    private static int ownerSlot(RuleScope scope, Owner owner) {
        return scope instanceof RuleScope.Platform ? RuleRows.slot(scope) : RuleRows.slot(RuleScope.of(owner));
    }

    Owner ownerOf(Tx tx, RuleScope scope) {
        if (scope instanceof RuleScope.Of of) {
            return of.owner();
        }
        if (scope instanceof RuleScope.Group group) {
            return group.owner();
        }
        if (scope instanceof RuleScope.Key key) {
            return stores.keys()
                    .find(tx, key.id())
                    .map(ApiKeyRow::owner)
                    .orElseThrow(() -> new NotFoundException("No API key " + key.id() + "."));
        }
        return Owner.platform();
    }

    private static String ownerText(RuleScope scope, Owner owner) {
        return scope instanceof RuleScope.Platform ? RuleRows.PLATFORM_OWNER : owner.toString();
    }

    private List<IpRule> stored(Tx tx, RuleScope scope) {
        List<IpRule> rules = new ArrayList<>();
        String after = null;
        List<IpRuleRow> batch;
        do {
            batch = stores.rules().after(tx, scope.text(), after, BATCH);
            for (IpRuleRow row : batch) {
                rules.add(RuleRows.rule(row, scope));
                after = row.id();
            }
        } while (batch.size() == BATCH);
        return rules;
    }

    AccessPolicy policy(Tx tx, RuleScope scope) {
        return RuleRows.policy(stores, tx, scope)
                .orElseThrow(() -> new ConflictException("The policy of " + scope.text()
                        + " was written by a newer version of the software than this node's; change it there."));
    }

    private void requireRoom(Tx tx, Plan plan, int rules, Owner owner) {
        boolean platform = plan.scope() instanceof RuleScope.Platform;
        requireAtMost(
                platform ? MOST_OF_PLATFORM : MOST_PER_SCOPE,
                rules,
                "rules in " + plan.scope().text());
        if (!platform && !plan.added().isEmpty()) {
            Map<String, Integer> counts = new HashMap<>(stores.rules().countByScope(tx, owner.toString()));
            counts.put(plan.scope().text(), rules);
            int groups = (int) counts.keySet().stream()
                    .filter(scope -> scope.startsWith("group:"))
                    .count();
            int all = counts.values().stream().mapToInt(Integer::intValue).sum();
            requireAtMost(MOST_GROUPS, groups, "groups with rules of " + owner);
            requireAtMost(MOST_PER_OWNER, all, "rules of " + owner);
        }
    }

    private static void requireAtMost(int most, int wanted, String what) {
        if (wanted > most) {
            throw new InvalidRequestException("There are at most " + most + " " + what + "; this would make " + wanted
                    + ". Remove some, or join neighbouring ranges.");
        }
    }

    private static Optional<String> wholeFamily(Plan plan) {
        return plan.added().stream()
                .filter(rule ->
                        rule.action() == RuleAction.ALLOW && rule.range().isWholeFamily())
                .findFirst()
                .map(rule -> rule.action() + " " + rule.range() + " is about every address there is.");
    }

    private static Optional<String> nobody(
            AccessPolicy former, List<IpRule> before, AccessPolicy policy, List<IpRule> after, Instant now) {
        boolean admitted = former.ipDefault() != RuleAction.BLOCK || admits(before, now);
        boolean admits = policy.ipDefault() != RuleAction.BLOCK || admits(after, now);
        return admitted && !admits
                ? Optional.of("Nobody would be let in: the default is BLOCK, and no rule would be left that allows.")
                : Optional.empty();
    }

    private static boolean admits(List<IpRule> rules, Instant now) {
        return rules.stream().anyMatch(rule -> rule.action() != RuleAction.BLOCK && rule.isActive(now));
    }

    private static Optional<String> lockedOut(
            AccessPolicy former,
            List<IpRule> before,
            AccessPolicy policy,
            List<IpRule> after,
            Change how,
            Instant now) {
        IpAddress caller = how.callerAddress();
        boolean lockedOut = caller != null
                && decides(policy, after, caller, now) == RuleAction.BLOCK
                && decides(former, before, caller, now) != RuleAction.BLOCK;
        return lockedOut ? Optional.of("You would be kept out yourself, at " + caller + ".") : Optional.empty();
    }

    /** Compiles what matches that address alone. */
    private static RuleAction decides(AccessPolicy policy, Collection<IpRule> rules, IpAddress address, Instant now) {
        IpAddress inner = address.embeddedIpv4();
        List<LiveRule> near = rules.stream()
                .filter(rule -> rule.range().contains(address)
                        || (inner != null && rule.range().contains(inner)))
                .map(rule -> LiveRule.of(rule.id(), rule.range(), rule.action(), rule.expiresAt()))
                .toList();
        return CompiledScope.of(policy, true, near, now).decider(address).action();
    }

    private void tell(Tx tx, Plan plan, Owner owner, Change how) {
        boolean one = plan.added().size() + plan.removed().size() == 1;
        if (one) {
            boolean added = !plan.added().isEmpty();
            IpRule rule = (added ? plan.added() : plan.removed()).get(0);
            tell(tx, plan.scope(), owner, rule.id(), "ip_rule", added ? "added" : "removed", how.actor());
        } else if (!plan.added().isEmpty() || !plan.removed().isEmpty()) {
            tell(tx, plan.scope(), owner, null, "ip_rule", "imported", how.actor());
        }
        tx.hintAfterCommit(changed);
    }

    private void tell(
            Tx tx, RuleScope scope, Owner owner, @Nullable String ruleId, String kind, String change, Actor actor) {
        String subject = ruleId == null ? scope.text() : ruleId;
        audit.append(
                tx,
                AuditEntry.change(owner, actor, "security." + kind + "_" + change, kind, subject)
                        .data(Map.of("scope", scope.text())));
        if (!(scope instanceof RuleScope.Platform)) {
            events.publish(
                    tx,
                    new SecurityRulesChanged(ids.next("sec"), owner, scope.text(), ruleId, kind, change, actor.text()));
        }
    }
}
