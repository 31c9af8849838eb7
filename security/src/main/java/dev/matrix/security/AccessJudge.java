package dev.matrix.security;

import dev.matrix.core.net.ClientAddress;
import dev.matrix.security.AccessDecision.Code;
import dev.matrix.security.AccessDecision.Outcome;
import dev.matrix.security.AccessDecision.Reason;
import dev.matrix.security.AccessExplanation.ScopeAnswer;
import dev.matrix.security.GeoRules.Finding;
import dev.matrix.security.spi.GeoSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Judges one request by the scopes that have a say. For one decision, on one thread. */
final class AccessJudge {

    private static final int MOST_GROUPS = 32;
    private static final int MOST_OTHERS = 8;

    private record Objection(Outcome outcome, Reason reason) {}

    private final Function<RuleScope, CompiledScope> scopes;
    private final GeoSource geo;
    private final Instant now;
    private final List<Objection> objections = new ArrayList<>(0);
    private @Nullable List<ScopeAnswer> answers;
    private @Nullable Duration within;
    private @Nullable ClientPlaces client;

    AccessJudge(Function<RuleScope, CompiledScope> scopes, GeoSource geo, Instant now) {
        this.scopes = scopes;
        this.geo = geo;
        this.now = now;
    }

    /** Also keeps what each scope says. */
    AccessJudge explaining() {
        answers = new ArrayList<>();
        return this;
    }

    void judge(AccessRequest request, boolean freshRules) {
        if (!(request.client() instanceof ClientAddress.Resolved known)) {
            object(Outcome.DENY, Code.UNRESOLVABLE_CLIENT, null, null);
            return;
        }
        if (request.groups().size() > MOST_GROUPS) {
            object(Outcome.DENY, Code.TOO_MANY_GROUPS, null, null);
            return;
        }
        ClientPlaces places = new ClientPlaces(geo, known.address());
        client = places;
        Instant factor = request.secondFactorAt();
        boolean always = ask(RuleScope.platform(), places, factor);
        always |= ask(RuleScope.of(request.owner()), places, factor);
        for (String group : request.groups()) {
            always |= ask(RuleScope.group(request.owner(), group), places, factor);
        }
        if (request.apiKeyId() != null) {
            always |= ask(RuleScope.key(request.apiKeyId()), places, factor);
        }
        Duration asked = request.level().secondFactorWithin();
        Duration needed = asked == null && always ? SecurityLevel.HIGH.secondFactorWithin() : asked;
        if (needed != null) {
            requireFactor(factor, needed, new Reason(Code.SECOND_FACTOR, null, null));
        }
        if (request.level().needsFreshRules() && !freshRules) {
            cantSay(null);
        }
    }

    /** Returns whether the scope asks for a second factor whatever the level. */
    private boolean ask(RuleScope scope, ClientPlaces places, @Nullable Instant factor) {
        CompiledScope compiled = scopes.apply(scope);
        if (!compiled.readable()) {
            cantSay(scope);
            answer(scope, compiled, compiled.byDefault(), null, places);
            return false;
        }
        LiveRule decider = compiled.decider(places.address());
        if (decider.id() != null && answers == null) {
            decider.hits().increment();
        }
        Code code = decider.id() == null ? Code.IP_DEFAULT : Code.IP_RULE;
        apply(scope, compiled, decider.action(), code, decider.id(), factor);
        Finding place = compiled.aboutPlace(decider, places);
        if (place != null) {
            apply(scope, compiled, place.action(), place.code(), place.ruleId(), factor);
        }
        answer(scope, compiled, decider, place, places);
        Instant from = compiled.policy().secondFactorFrom();
        return from != null && !now.isBefore(from);
    }

    private void apply(
            RuleScope scope,
            CompiledScope compiled,
            RuleAction action,
            Code code,
            @Nullable String ruleId,
            @Nullable Instant factor) {
        switch (action) {
            case BLOCK -> object(Outcome.DENY, code, scope.text(), ruleId);
            case REQUIRE_VERIFICATION ->
                requireFactor(factor, compiled.policy().stepUpAge(), new Reason(code, scope.text(), ruleId));
            case ALLOW -> {}
        }
    }

    private void answer(
            RuleScope scope, CompiledScope compiled, LiveRule decider, @Nullable Finding place, ClientPlaces places) {
        if (answers != null) {
            answers.add(new ScopeAnswer(
                    scope.text(),
                    compiled.readable(),
                    decider.action(),
                    decider.id(),
                    compiled.othersAbout(places.address(), decider, now, MOST_OTHERS),
                    place == null ? null : place.action(),
                    place == null ? null : place.ruleId()));
        }
    }

    private void object(Outcome outcome, Code code, @Nullable String scope, @Nullable String ruleId) {
        objections.add(new Objection(outcome, new Reason(code, scope, ruleId)));
    }

    /** Something failed, or can't be read: a denial. */
    AccessJudge cantSay(@Nullable RuleScope scope) {
        object(Outcome.DENY, Code.INDETERMINATE, scope == null ? null : scope.text(), null);
        return this;
    }

    /** A second factor from the future proves nothing. */
    private void requireFactor(@Nullable Instant at, Duration notOlder, Reason reason) {
        boolean met = at != null && !at.isAfter(now) && !at.plus(notOlder).isBefore(now);
        if (!met) {
            objections.add(new Objection(Outcome.REQUIRE_VERIFICATION, reason));
            within = within == null || notOlder.compareTo(within) < 0 ? notOlder : within;
        }
    }

    AccessDecision decision() {
        String country = client == null ? null : client.country();
        if (objections.isEmpty()) {
            return new AccessDecision(Outcome.ALLOW, List.of(), country, null, now);
        }
        objections.sort(Comparator.comparing(Objection::outcome).reversed());
        Outcome outcome = objections.get(0).outcome();
        List<Reason> reasons = objections.stream().map(Objection::reason).toList();
        return new AccessDecision(outcome, reasons, country, outcome == Outcome.DENY ? null : within, now);
    }

    AccessExplanation explanation() {
        return new AccessExplanation(
                decision(), Optional.ofNullable(answers).map(List::copyOf).orElse(List.of()));
    }
}
