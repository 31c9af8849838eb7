package dev.matrix.sla;

import dev.matrix.core.event.payload.SlaObjective;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How the alert of one objective follows from its windows. Pure. */
final class AlertRules {

    private AlertRules() {}

    /**
     * The alert after the last measured minute.
     *
     * @param open the open alert; null: none is
     * @param id of a new alert
     * @return empty: there is none and none opens
     */
    static Optional<SlaAlert> next(
            Segment segment, Objective objective, JudgedSpan judged, @Nullable SlaAlert open, String id) {
        AlertPolicy policy = segment.definition().alerts();
        Instant now = Periods.instant(judged.to());
        List<SlaAlert.RuleState> states = new ArrayList<>();
        for (BurnRule rule : policy.active(objective.budget())) {
            SlaAlert.RuleState former = open == null ? null : state(open, rule.name());
            state(policy, rule, objective, judged, former, now).ifPresent(states::add);
        }
        Optional<AlertSeverity> severity = states.stream()
                .filter(state -> counts(state, now, policy.quiet()))
                .map(SlaAlert.RuleState::severity)
                .max(Comparator.naturalOrder());
        if (open == null) {
            return severity.map(
                    first -> make(segment, objective, judged, id, now, now, AlertState.OPEN, first, states));
        }
        return Optional.of(severity.map(each -> make(
                        segment, objective, judged, open.id(), open.openedAt(), now, AlertState.OPEN, each, states))
                .map(each -> acknowledged(each, open))
                .orElseGet(() -> resolved(open, states, now)));
    }

    private static SlaAlert.@Nullable RuleState state(SlaAlert alert, String rule) {
        return alert.rules().stream()
                .filter(state -> state.name().equals(rule))
                .findFirst()
                .orElse(null);
    }

    /** Empty: it has never fired in this alert. */
    private static Optional<SlaAlert.RuleState> state(
            AlertPolicy policy,
            BurnRule rule,
            Objective objective,
            JudgedSpan judged,
            SlaAlert.@Nullable RuleState former,
            Instant now) {
        boolean before = former != null && former.firing();
        boolean fires = tells(policy, rule, objective, judged) ? fires(rule, objective, judged) : before;
        int openings = former == null ? 0 : former.openings();
        if (fires) {
            return Optional.of(
                    new SlaAlert.RuleState(rule.name(), rule.severity(), null, before ? openings : openings + 1));
        }
        return former == null
                ? Optional.empty()
                : Optional.of(before ? new SlaAlert.RuleState(rule.name(), rule.severity(), now, openings) : former);
    }

    /** A window of which too little was observed, or that has too few requests, leaves its rule as it is. */
    private static boolean tells(AlertPolicy policy, BurnRule rule, Objective objective, JudgedSpan judged) {
        long minutes = rule.longWindow().toMinutes();
        boolean byRequests = objective.kind() == SlaObjective.LATENCY || objective.kind() == SlaObjective.ERROR_RATE;
        if (byRequests) {
            Sums sums = judged.sums(judged.to() - minutes, judged.to());
            long requests = objective.kind() == SlaObjective.LATENCY ? sums.good : sums.valid;
            if (requests < policy.minRequests()) {
                return false;
            }
        }
        return Burning.isObserved(objective, judged, minutes)
                && Burning.isObserved(objective, judged, rule.shortWindow().toMinutes());
    }

    private static boolean fires(BurnRule rule, Objective objective, JudgedSpan judged) {
        return exceeds(rule, objective, judged, rule.shortWindow())
                && exceeds(rule, objective, judged, rule.longWindow());
    }

    private static boolean exceeds(BurnRule rule, Objective objective, JudgedSpan judged, Duration window) {
        return Burning.exceeds(objective, Burning.window(objective, judged, window.toMinutes()), rule.burn());
    }

    private static boolean counts(SlaAlert.RuleState state, Instant now, Duration quiet) {
        return state.clearSince() == null || state.clearSince().plus(quiet).isAfter(now);
    }

    private static SlaAlert make(
            Segment segment,
            Objective objective,
            JudgedSpan judged,
            String id,
            Instant openedAt,
            Instant now,
            AlertState state,
            AlertSeverity severity,
            List<SlaAlert.RuleState> states) {
        SlaDefinition definition = segment.definition();
        SlaAlert.RuleState leading = states.stream()
                .max(Comparator.comparing(SlaAlert.RuleState::firing)
                        .thenComparing(SlaAlert.RuleState::severity)
                        .thenComparing(each -> -index(definition.alerts(), each.name())))
                .orElseThrow();
        BurnRule rule = definition.alerts().rules().get(index(definition.alerts(), leading.name()));
        BigDecimal burnLong = burn(objective, judged, rule.longWindow());
        SlaPeriod period = Periods.at(segment.binding(), judged.to() - 1);
        List<Segment> whole = judged.timeline().segments(period);
        Tally tally = judged.sums(
                        whole.isEmpty() ? segment.from() : whole.get(0).from(), judged.to())
                .tally(objective);
        return new SlaAlert(
                id,
                segment.binding().subscriptionId(),
                definition.tier(),
                definition.version(),
                objective.kind(),
                state,
                severity,
                leading.name(),
                burnLong,
                burn(objective, judged, rule.shortWindow()),
                tally.isEmpty() ? Requirements.HUNDRED : tally.budgetLeft(objective.budget()),
                states.stream().mapToInt(SlaAlert.RuleState::openings).max().orElse(1),
                meaning(burnLong, rule.longWindow(), segment.binding(), period),
                states,
                openedAt,
                now,
                null,
                null,
                null);
    }

    private static int index(AlertPolicy policy, String rule) {
        for (int i = 0; i < policy.rules().size(); i++) {
            if (policy.rules().get(i).name().equals(rule)) {
                return i;
            }
        }
        return 0;
    }

    private static BigDecimal burn(Objective objective, JudgedSpan judged, Duration window) {
        Tally tally = Burning.window(objective, judged, window.toMinutes());
        return tally.isEmpty() ? BigDecimal.ZERO : tally.burn(objective.budget());
    }

    /** What share of the period's budget a window took: burn × window ÷ period. */
    static String meaning(BigDecimal burn, Duration window, SlaBinding binding, SlaPeriod period) {
        long minutes = Periods.end(period, binding) - Periods.start(period, binding);
        BigDecimal share = burn.multiply(BigDecimal.valueOf(window.toMinutes()))
                .multiply(Requirements.HUNDRED)
                .divide(BigDecimal.valueOf(minutes), 2, RoundingMode.HALF_EVEN);
        return String.format(
                Locale.ROOT, "The last %s took %s %% of the month's budget.", words(window), share.toPlainString());
    }

    private static String words(Duration window) {
        return window.toMinutes() % 60 == 0 ? window.toHours() + " h" : window.toMinutes() + " min";
    }

    private static SlaAlert acknowledged(SlaAlert alert, SlaAlert former) {
        return noted(alert, former.acknowledgedBy(), former.note());
    }

    static SlaAlert noted(SlaAlert a, @Nullable String by, @Nullable String note) {
        return copy(a, a.state(), a.rules(), a.changedAt(), a.resolvedAt(), by, note);
    }

    /** All rules were clear for long enough, or the binding ended. */
    static SlaAlert resolved(SlaAlert open, List<SlaAlert.RuleState> states, Instant now) {
        return copy(open, AlertState.RESOLVED, states, now, now, open.acknowledgedBy(), open.note());
    }

    private static SlaAlert copy(
            SlaAlert a,
            AlertState state,
            List<SlaAlert.RuleState> rules,
            Instant changedAt,
            @Nullable Instant resolvedAt,
            @Nullable String by,
            @Nullable String note) {
        return new SlaAlert(
                a.id(),
                a.subscriptionId(),
                a.tier(),
                a.definitionVersion(),
                a.objective(),
                state,
                a.severity(),
                a.rule(),
                a.burnLong(),
                a.burnShort(),
                a.budgetRemaining(),
                a.episodes(),
                a.meaning(),
                rules,
                a.openedAt(),
                changedAt,
                resolvedAt,
                by,
                note);
    }
}
