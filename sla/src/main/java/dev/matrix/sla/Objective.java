package dev.matrix.sla;

import static dev.matrix.sla.Requirements.range;
import static java.util.Objects.requireNonNull;

import dev.matrix.core.event.payload.SlaObjective;
import java.math.BigDecimal;
import java.time.Duration;

/** One promise of a definition. Percentages are in percent. */
public sealed interface Objective {

    /** What it is about; a definition has at most one of a kind. */
    SlaObjective kind();

    /** The least attainment that keeps the promise, in percent. */
    BigDecimal target();

    /** What may be missed, in percent: 100 less the target. */
    default BigDecimal budget() {
        return Requirements.HUNDRED.subtract(target());
    }

    /** Up minutes of all minutes that were up or down. */
    record Uptime(BigDecimal percent, UptimeRule rule) implements Objective {

        public Uptime {
            Requirements.target(percent, "objectives.uptime.percent");
            requireNonNull(rule, "rule");
        }

        @Override
        public SlaObjective kind() {
            return SlaObjective.UPTIME;
        }

        @Override
        public BigDecimal target() {
            return percent;
        }
    }

    /**
     * Good requests that took no longer than the threshold, of all good ones. "p95 within 200 ms" means that at most 5 % took
     * longer, which exact counts judge.
     */
    record Latency(Duration threshold, BigDecimal percentile) implements Objective {

        public Latency {
            range(threshold, Duration.ofNanos(1_000), Duration.ofHours(1), "objectives.latency.threshold");
            Requirements.target(percentile, "objectives.latency.percentile");
        }

        @Override
        public SlaObjective kind() {
            return SlaObjective.LATENCY;
        }

        @Override
        public BigDecimal target() {
            return percentile;
        }
    }

    /** Minutes in which what was asked for was served, up to a rate, of all minutes with demand. */
    record Throughput(long requestsPerSecond, BigDecimal attainmentPercent) implements Objective {

        public Throughput {
            range(requestsPerSecond, 1, 1_000_000_000L, "objectives.throughput.requestsPerSecond");
            Requirements.target(attainmentPercent, "objectives.throughput.attainmentPercent");
        }

        @Override
        public SlaObjective kind() {
            return SlaObjective.THROUGHPUT;
        }

        @Override
        public BigDecimal target() {
            return attainmentPercent;
        }
    }

    /** Bad requests of all valid ones, counted as the budgeting says. */
    record ErrorRate(BigDecimal maxPercent, Budgeting budgeting) implements Objective {

        public ErrorRate {
            Requirements.percent(maxPercent, "objectives.errorRate.maxPercent");
            Requirements.target(Requirements.HUNDRED.subtract(maxPercent), "objectives.errorRate.maxPercent");
            requireNonNull(budgeting, "budgeting");
        }

        @Override
        public SlaObjective kind() {
            return SlaObjective.ERROR_RATE;
        }

        @Override
        public BigDecimal target() {
            return Requirements.HUNDRED.subtract(maxPercent);
        }
    }
}
