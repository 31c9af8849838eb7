package dev.matrix.security;

import dev.matrix.security.AccessDecision.Code;
import dev.matrix.security.AccessDecision.Outcome;
import dev.matrix.security.AccessDecision.Reason;
import dev.matrix.security.address.ClientAddress;
import dev.matrix.security.address.IpAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@link AccessChecks} over compiled scopes. */
final class Decisions implements AccessChecks {

    private static final Logger LOG = LoggerFactory.getLogger(Decisions.class);
    private static final int MOST_GROUPS = 32;

    private final ScopeCache scopes;
    private final InstantSource clock;
    private final DecisionRecords records;

    Decisions(ScopeCache scopes, InstantSource clock, DecisionRecords records) {
        this.scopes = scopes;
        this.clock = clock;
        this.records = records;
    }

    @Override
    public AccessDecision decide(AccessRequest request) {
        Instant now = clock.instant();
        AccessDecision decision = judged(request, now);
        try {
            records.keep(request, decision);
            return decision;
        } catch (RuntimeException | Error unrecorded) {
            LOG.warn("A decision about {} can't be recorded, so it is a denial.", request.action(), unrecorded);
            return new Judgement(now).indeterminate(null).decision();
        }
    }

    private AccessDecision judged(AccessRequest request, Instant now) {
        Judgement judgement = new Judgement(now);
        try {
            judge(request, judgement);
        } catch (RuntimeException | Error failed) {
            LOG.warn("Access to {} can't be decided, so it is denied.", request.action(), failed);
            judgement.indeterminate(null);
        }
        return judgement.decision();
    }

    private void judge(AccessRequest request, Judgement judgement) {
        if (!(request.client() instanceof ClientAddress.Resolved client)) {
            judgement.add(Outcome.DENY, new Reason(Code.UNRESOLVABLE_CLIENT, null, null));
            return;
        }
        if (request.groups().size() > MOST_GROUPS) {
            judgement.add(Outcome.DENY, new Reason(Code.TOO_MANY_GROUPS, null, null));
            return;
        }
        Instant factor = request.secondFactorAt();
        judge(RuleScope.platform(), client.address(), factor, judgement);
        judge(RuleScope.of(request.owner()), client.address(), factor, judgement);
        for (String group : request.groups()) {
            judge(RuleScope.group(request.owner(), group), client.address(), factor, judgement);
        }
        if (request.apiKeyId() != null) {
            judge(RuleScope.key(request.apiKeyId()), client.address(), factor, judgement);
        }
        Duration within = request.level().secondFactorWithin();
        if (within != null) {
            judgement.requireFactor(factor, within, new Reason(Code.SECOND_FACTOR, null, null));
        }
        if (request.level().needsFreshRules() && !scopes.isFresh(judgement.now)) {
            judgement.indeterminate(null);
        }
    }

    private void judge(RuleScope scope, IpAddress address, @Nullable Instant factor, Judgement judgement) {
        CompiledScope compiled = scopes.get(scope, judgement.now);
        if (!compiled.readable()) {
            judgement.indeterminate(scope);
            return;
        }
        LiveRule decider = compiled.decider(address);
        if (decider.id() != null) {
            decider.hits().increment();
        }
        if (decider.action() != RuleAction.ALLOW) {
            Code code = decider.id() == null ? Code.IP_DEFAULT : Code.IP_RULE;
            Reason reason = new Reason(code, scope.text(), decider.id());
            if (decider.action() == RuleAction.BLOCK) {
                judgement.add(Outcome.DENY, reason);
            } else {
                judgement.requireFactor(factor, compiled.policy().stepUpAge(), reason);
            }
        }
    }

    /** What is found, from all that has a say; the strictest counts. */
    private static final class Judgement {

        private record Finding(Outcome outcome, Reason reason) {}

        private final Instant now;
        private final List<Finding> findings = new ArrayList<>(0);
        private @Nullable Duration within;

        Judgement(Instant now) {
            this.now = now;
        }

        void add(Outcome outcome, Reason reason) {
            findings.add(new Finding(outcome, reason));
        }

        Judgement indeterminate(@Nullable RuleScope scope) {
            add(Outcome.DENY, new Reason(Code.INDETERMINATE, scope == null ? null : scope.text(), null));
            return this;
        }

        /** A second factor from the future proves nothing. */
        void requireFactor(@Nullable Instant at, Duration notOlder, Reason reason) {
            boolean met = at != null && !at.isAfter(now) && !at.plus(notOlder).isBefore(now);
            if (!met) {
                add(Outcome.REQUIRE_VERIFICATION, reason);
                within = within == null || notOlder.compareTo(within) < 0 ? notOlder : within;
            }
        }

        AccessDecision decision() {
            if (findings.isEmpty()) {
                return new AccessDecision(Outcome.ALLOW, List.of(), null, now);
            }
            findings.sort(Comparator.comparing(Finding::outcome).reversed());
            Outcome outcome = findings.get(0).outcome();
            List<Reason> reasons = findings.stream().map(Finding::reason).toList();
            return new AccessDecision(outcome, reasons, outcome == Outcome.DENY ? null : within, now);
        }
    }
}
