package dev.matrix.sla;

import static dev.matrix.sla.Requirements.range;
import static java.util.Objects.requireNonNull;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.event.payload.SlaObjective;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a tier promises. Immutable.
 *
 * @param tier the name that subscriptions are bound to
 * @param version of the tier, set when it is stored; 0 before
 * @param objectives at most one of a kind
 * @param coverageFloor below this share of observed minutes there is no verdict, in percent; 90 by default
 * @param freezeAfter how long after a period's end its statement is made; 24 h by default, 10 min to 7 days
 */
public record SlaDefinition(
        String tier,
        int version,
        List<Objective> objectives,
        AlertPolicy alerts,
        MaintenancePolicy maintenance,
        CreditPolicy credits,
        BigDecimal coverageFloor,
        Duration freezeAfter) {

    public SlaDefinition {
        Requirements.name(tier, "tier");
        range(version, 0, Integer.MAX_VALUE, "version");
        objectives = List.copyOf(objectives);
        requireNonNull(alerts, "alerts");
        requireNonNull(maintenance, "maintenance");
        requireNonNull(credits, "credits");
        Requirements.percent(coverageFloor, "coverageFloor");
        Requirements.wholeMinutes(freezeAfter, Duration.ofMinutes(10), Duration.ofDays(7), "freezeAfter");
        range(objectives.size(), 1, SlaObjective.values().length, "objectives");
        Requirements.that(
                objectives.stream().map(Objective::kind).distinct().count() == objectives.size(),
                "objectives",
                "has each kind once");
        for (Objective objective : objectives) {
            for (BurnRule rule : alerts.rules()) {
                if (!alerts.isStandard(rule) && !rule.canFire(objective.budget())) {
                    throw new InvalidRequestException("alerts.rules." + rule.name() + " can't fire on "
                            + word(objective.kind()) + ": even a whole outage burns no more than 100 ÷ "
                            + objective.budget().toPlainString() + ".");
                }
            }
        }
        for (CreditSchedule schedule : credits.schedules()) {
            Requirements.that(
                    objectives.stream().anyMatch(objective -> objective.kind() == schedule.objective()),
                    "credits.schedules." + word(schedule.objective()),
                    "names an objective that isn't promised");
        }
    }

    private static String word(SlaObjective kind) {
        return Words.of(kind);
    }

    /** 95 % uptime, p95 within 1 s, 10 requests a second in 95 % of minutes with demand, 5 % errors; no credits. */
    public static SlaDefinition free() {
        return builder("free").objectives(standard("95", 1_000, 10, "95", "5")).build();
    }

    /** 99.5 % uptime, p95 within 500 ms, 100 requests a second in 99.5 %, 1 % errors; credits up to 50 %. */
    public static SlaDefinition pro() {
        return builder("pro")
                .objectives(standard("99.5", 500, 100, "99.5", "1"))
                .credits(credits(
                        "50",
                        "99.5",
                        "99",
                        CreditStep.of("99.5", "10"),
                        CreditStep.of("99.0", "25"),
                        CreditStep.of("95.0", "50")))
                .build();
    }

    /** 99.9 % uptime, p95 within 200 ms, 1,000 requests a second in 99.9 %, 0.1 % errors; credits up to 100 %. */
    public static SlaDefinition enterprise() {
        return builder("enterprise")
                .objectives(standard("99.9", 200, 1_000, "99.9", "0.1"))
                .credits(credits(
                        "100",
                        "99.9",
                        "99.9",
                        CreditStep.of("99.9", "10"),
                        CreditStep.of("99.0", "25"),
                        CreditStep.of("95.0", "100")))
                .build();
    }

    private static List<Objective> standard(
            String uptime, long latencyMillis, long perSecond, String throughput, String errors) {
        return List.of(
                new Objective.Uptime(new BigDecimal(uptime), UptimeRule.standard()),
                new Objective.Latency(Duration.ofMillis(latencyMillis), BigDecimal.valueOf(95)),
                new Objective.Throughput(perSecond, new BigDecimal(throughput)),
                new Objective.ErrorRate(new BigDecimal(errors), new Budgeting.Occurrences()));
    }

    /** 5 % of the fee for each other objective that is missed. */
    private static CreditPolicy credits(String cap, String throughput, String errorRate, CreditStep... uptime) {
        return CreditPolicy.automatic(
                List.of(
                        CreditSchedule.of(SlaObjective.UPTIME, uptime),
                        CreditSchedule.of(SlaObjective.LATENCY, CreditStep.of("95", "5")),
                        CreditSchedule.of(SlaObjective.THROUGHPUT, CreditStep.of(throughput, "5")),
                        CreditSchedule.of(SlaObjective.ERROR_RATE, CreditStep.of(errorRate, "5"))),
                new BigDecimal(cap));
    }

    /** Starts a definition of a tier; objectives are required. */
    public static SlaDefinitionBuilder builder(String tier) {
        return new SlaDefinitionBuilder(tier);
    }

    /** The standard rules that can't fire on an objective's budget, by objective; objectives without such rules are left out. */
    public Map<SlaObjective, List<BurnRule>> inactiveRules() {
        Map<SlaObjective, List<BurnRule>> inactive = new HashMap<>();
        for (Objective objective : objectives) {
            List<BurnRule> rules = new ArrayList<>(alerts.rules());
            rules.removeAll(alerts.active(objective.budget()));
            if (!rules.isEmpty()) {
                inactive.put(objective.kind(), List.copyOf(rules));
            }
        }
        return inactive;
    }

    /** The objective of a kind, if it is promised. */
    public Optional<Objective> objective(SlaObjective kind) {
        return objectives.stream().filter(objective -> objective.kind() == kind).findFirst();
    }

    SlaDefinition withVersion(int number) {
        return new SlaDefinition(tier, number, objectives, alerts, maintenance, credits, coverageFloor, freezeAfter);
    }
}
