package dev.matrix.sla;

import static dev.matrix.sla.Requirements.range;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;

/**
 * When an alert opens and how it ends. The standard rules apply to every objective; a rule that can't fire on an objective's
 * budget is inactive there ({@link SlaDefinition#inactiveRules()}), and refused if it isn't a standard one.
 *
 * @param quiet for how long rules must be clear before an alert eases or ends; 15 min by default
 * @param minRequests below so many in the long window, rules on requests stay as they are; 100 by default
 * @param noDataAfter after which silence a source is reported; 15 min by default, at least 2 min
 */
public record AlertPolicy(List<BurnRule> rules, Duration quiet, int minRequests, Duration noDataAfter) {

    private static final List<BurnRule> STANDARD = List.of(
            BurnRule.of("page-fast", "14.4", 60, 5, AlertSeverity.PAGE),
            BurnRule.of("page-slow", "6", 360, 30, AlertSeverity.PAGE),
            BurnRule.of("ticket-fast", "3", 1_440, 120, AlertSeverity.TICKET),
            BurnRule.of("ticket-slow", "1", 4_320, 360, AlertSeverity.TICKET));

    public AlertPolicy {
        rules = List.copyOf(rules);
        range(rules.size(), 0, 16, "alerts.rules");
        Requirements.that(
                rules.stream().map(BurnRule::name).distinct().count() == rules.size(),
                "alerts.rules",
                "have names of their own");
        Requirements.wholeMinutes(quiet, Duration.ZERO, Duration.ofDays(400), "alerts.quiet");
        range(minRequests, 1, 1_000_000_000, "alerts.minRequests");
        Requirements.wholeMinutes(noDataAfter, Duration.ofMinutes(2), Duration.ofDays(400), "alerts.noDataAfter");
    }

    /** The four rules of the SRE Workbook and the defaults named above. */
    public static AlertPolicy standard() {
        return new AlertPolicy(STANDARD, Duration.ofMinutes(15), 100, Duration.ofMinutes(15));
    }

    /** No rules: nothing alerts. */
    public static AlertPolicy none() {
        return new AlertPolicy(List.of(), Duration.ofMinutes(15), 100, Duration.ofMinutes(15));
    }

    /** The rules that can fire on a budget, in percent. */
    List<BurnRule> active(BigDecimal budget) {
        return rules.stream().filter(rule -> rule.canFire(budget)).toList();
    }

    boolean isStandard(BurnRule rule) {
        return STANDARD.contains(rule);
    }
}
