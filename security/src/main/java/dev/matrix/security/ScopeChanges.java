package dev.matrix.security;

import dev.matrix.core.ConflictException;
import dev.matrix.core.Ids;
import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.NotFoundException;
import dev.matrix.core.Owner;
import dev.matrix.core.event.EventLog;
import dev.matrix.core.event.payload.SecurityRulesChanged;
import dev.matrix.core.spi.Tx;
import dev.matrix.security.RuleChange.NeedsConfirmation;
import dev.matrix.security.spi.ApiKeyRow;
import dev.matrix.security.spi.GeoSource;
import dev.matrix.security.spi.IpRuleRow;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What each change of a scope has in common: it raises the scope's number first, reads what is there under that lock, asks
 * whether it is meant, stays within the limits, and is told in its own transaction.
 *
 * @param changed told after a commit, to hasten what every node finds by itself
 */
record ScopeChanges(
        SecurityStores stores,
        EventLog events,
        AuditLog audit,
        Ids ids,
        InstantSource clock,
        GeoSource geo,
        Runnable changed) {

    private static final int BATCH = 5_000;
    private static final int MOST_OF_PLATFORM = 100_000;
    private static final int MOST_PER_SCOPE = 1_000;
    private static final int MOST_PER_OWNER = 10_000;
    private static final int MOST_GROUPS = 100;

    /** As exact as every store keeps it. */
    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    /**
     * Raises the scope's number, whose row stays locked: what is read and counted from here on stays until the commit.
     *
     * @return whose the scope is
     */
    Owner lock(Tx tx, RuleScope scope, Change how) {
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

    private Owner ownerOf(Tx tx, RuleScope scope) {
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

    static String ownerText(RuleScope scope, Owner owner) {
        return scope instanceof RuleScope.Platform ? RuleRows.PLATFORM_OWNER : owner.toString();
    }

    /** What is stored of a scope. */
    ScopeRules read(Tx tx, RuleScope scope) {
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
        List<GeoRule> geoRules = RuleRows.geoRules(stores, tx, scope).stream()
                .map(rule -> rule.orElseThrow(() -> newer("A geo rule", scope)))
                .toList();
        return new ScopeRules(policy(tx, scope), rules, geoRules);
    }

    AccessPolicy policy(Tx tx, RuleScope scope) {
        return RuleRows.policy(stores, tx, scope).orElseThrow(() -> newer("The policy", scope));
    }

    private static ConflictException newer(String what, RuleScope scope) {
        return new ConflictException(what + " of " + scope.text()
                + " was written by a newer version of the software than this node's; change it there.");
    }

    /** Why the change isn't made without being confirmed; empty: it is made. */
    Optional<RuleChange> unconfirmed(ScopeRules before, ScopeRules after, Change how, Instant now) {
        return how.confirmed()
                ? Optional.empty()
                : new RuleDoubts(geo, now).about(before, after, how).map(NeedsConfirmation::new);
    }

    void requireRoom(Tx tx, ScopeRules after, Owner owner) {
        RuleScope scope = after.policy().scope();
        boolean platform = scope instanceof RuleScope.Platform;
        String text = scope.text();
        requireAtMost(platform ? MOST_OF_PLATFORM : MOST_PER_SCOPE, after.ip().size(), "IP rules in " + text);
        requireAtMost(RuleRows.MOST_GEO_RULES, after.geo().size(), "geo rules in " + text);
        if (!platform) {
            Map<String, Integer> counts = new HashMap<>(stores.rules().countByScope(tx, owner.toString()));
            stores.geoRules()
                    .countByScope(tx, owner.toString())
                    .forEach((in, count) -> counts.merge(in, count, Integer::sum));
            counts.put(text, after.ip().size() + after.geo().size());
            int groups = (int) counts.keySet().stream()
                    .filter(in -> in.startsWith("group:"))
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

    /** Without the owner, which may be a person and stands in the log by its pseudonym. */
    private static String inLog(RuleScope scope) {
        if (scope instanceof RuleScope.Group group) {
            return "group:" + group.name();
        }
        return scope instanceof RuleScope.Of ? "owner" : scope.text();
    }

    /**
     * Writes a change down.
     *
     * @param ruleId null where a policy or many rules changed
     * @param kind what changed, in lower snake case
     * @param change how, in lower snake case
     */
    void tell(Tx tx, RuleScope scope, Owner owner, @Nullable String ruleId, String kind, String change, Actor actor) {
        audit.append(
                tx,
                AuditEntry.change(owner, actor, "security." + kind + "_" + change, kind, ruleId == null ? "" : ruleId)
                        .data(Map.of("scope", inLog(scope))));
        if (!(scope instanceof RuleScope.Platform)) {
            events.publish(
                    tx,
                    SecurityRulesChanged.builder()
                            .id(ids.next("sec"))
                            .owner(owner)
                            .scope(scope.text())
                            .ruleId(ruleId)
                            .kind(kind)
                            .change(change)
                            .actor(actor.text())
                            .build());
        }
        tx.hintAfterCommit(changed);
    }
}
