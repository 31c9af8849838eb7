package dev.matrix.security;

import dev.matrix.security.spi.GeoSource;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@link AccessChecks} over compiled scopes. */
final class Decisions implements AccessChecks {

    private static final Logger LOG = LoggerFactory.getLogger(Decisions.class);
    private static final String NOT_ADDED_YET = "new";

    private final ScopeCache scopes;
    private final GeoSource geo;
    private final InstantSource clock;
    private final DecisionRecords records;

    Decisions(ScopeCache scopes, GeoSource geo, InstantSource clock, DecisionRecords records) {
        this.scopes = scopes;
        this.geo = geo;
        this.clock = clock;
        this.records = records;
    }

    @Override
    public AccessDecision decide(AccessRequest request) {
        Instant now = clock.instant();
        AccessDecision decision =
                judged(request, new AccessJudge(known(now), geo, now), now).decision();
        try {
            records.keep(request, decision);
            return decision;
        } catch (RuntimeException | Error unrecorded) {
            LOG.warn("A decision about {} can't be recorded, so it is a denial.", request.action(), unrecorded);
            return new AccessJudge(known(now), geo, now).cantSay(null).decision();
        }
    }

    @Override
    public AccessExplanation explain(AccessRequest request) {
        Instant now = clock.instant();
        return judged(request, new AccessJudge(known(now), geo, now).explaining(), now)
                .explanation();
    }

    @Override
    public AccessDecision preview(List<IpRule> added, Set<String> removedIds, AccessRequest request) {
        Instant now = clock.instant();
        Function<RuleScope, CompiledScope> changed =
                scope -> changed(scopes.get(scope, now), scope, added, removedIds, now);
        return judged(request, new AccessJudge(changed, geo, now).explaining(), now)
                .decision();
    }

    private Function<RuleScope, CompiledScope> known(Instant now) {
        return scope -> scopes.get(scope, now);
    }

    private static CompiledScope changed(
            CompiledScope compiled, RuleScope scope, List<IpRule> added, Set<String> removedIds, Instant now) {
        List<LiveRule> rules = new ArrayList<>(compiled.rules());
        rules.removeIf(rule -> removedIds.contains(String.valueOf(rule.id())));
        added.stream()
                .filter(rule -> rule.scope().equals(scope))
                .map(rule -> LiveRule.of(
                        rule.id().isEmpty() ? NOT_ADDED_YET : rule.id(), rule.range(), rule.action(), rule.expiresAt()))
                .forEach(rules::add);
        return compiled.with(rules, now);
    }

    private AccessJudge judged(AccessRequest request, AccessJudge judge, Instant now) {
        try {
            judge.judge(request, scopes.isFresh(now));
        } catch (RuntimeException | Error failed) {
            LOG.warn("Access to {} can't be decided, so it is denied.", request.action(), failed);
            judge.cantSay(null);
        }
        return judge;
    }
}
