package dev.matrix.analytics.cost;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/** What to change, with all that a program needs to carry it out. Nothing here carries it out. */
public sealed interface Action {

    /** What the action leads to; with type and subject it says whether two recommendations are the same. */
    String target();

    /** What it takes. */
    Effort effort();

    /** Whether a machine restarts. */
    default boolean restart() {
        return false;
    }

    /** Whether it can be undone without a loss. */
    default boolean reversible() {
        return true;
    }

    /** Move a subscription to another plan. */
    record ChangePlan(String subscriptionId, String fromPlan, String toPlan) implements Action {

        @Override
        public String target() {
            return toPlan;
        }

        @Override
        public Effort effort() {
            return Effort.LOW;
        }
    }

    /**
     * Choose the plan each month.
     *
     * @param plans those that were the cheapest in some month
     */
    record SwitchMonthly(String subscriptionId, List<String> plans) implements Action {

        public SwitchMonthly {
            plans = List.copyOf(plans);
        }

        @Override
        public String target() {
            return String.join(",", plans);
        }

        @Override
        public Effort effort() {
            return Effort.MEDIUM;
        }
    }

    /**
     * Avoid use that brings nothing.
     *
     * @param causes how much of it there was, by why it brings nothing, such as {@code failed} or {@code duplicate}
     */
    record ReduceUsage(String subscriptionId, String meter, Map<String, BigDecimal> causes) implements Action {

        public ReduceUsage {
            causes = Map.copyOf(causes);
        }

        @Override
        public String target() {
            return meter;
        }

        @Override
        public Effort effort() {
            return Effort.MEDIUM;
        }
    }

    /** Pay a year ahead on a yearly plan. */
    record PrepayYearly(String subscriptionId, String fromPlan, String toPlan) implements Action {

        @Override
        public String target() {
            return toPlan;
        }

        @Override
        public Effort effort() {
            return Effort.LOW;
        }

        @Override
        public boolean reversible() {
            return false;
        }
    }

    /**
     * Commit to so many units per hour of a machine type.
     *
     * @param hourly the committed price of a unit for an hour
     */
    record BuyCommitment(String machineType, String region, BigDecimal units, BigDecimal hourly, int months)
            implements Action {

        @Override
        public String target() {
            return machineType + "/" + region;
        }

        @Override
        public Effort effort() {
            return Effort.HIGH;
        }

        @Override
        public boolean reversible() {
            return false;
        }
    }

    /** Give a machine a smaller type of its family. */
    record Resize(String resourceId, String fromType, String toType) implements Action {

        @Override
        public String target() {
            return toType;
        }

        @Override
        public Effort effort() {
            return Effort.MEDIUM;
        }

        @Override
        public boolean restart() {
            return true;
        }
    }

    /** Move a machine to a type of another family, such as one without GPU. */
    record MoveFamily(String resourceId, String fromType, String toType) implements Action {

        @Override
        public String target() {
            return toType;
        }

        @Override
        public Effort effort() {
            return Effort.HIGH;
        }

        @Override
        public boolean restart() {
            return true;
        }
    }

    /**
     * Stop a machine; never terminate it.
     *
     * @param losesLocalDisk whether what lies on its local disks is lost
     */
    record Stop(String resourceId, boolean losesLocalDisk) implements Action {

        @Override
        public String target() {
            return "stopped";
        }

        @Override
        public Effort effort() {
            return Effort.LOW;
        }

        @Override
        public boolean restart() {
            return true;
        }

        @Override
        public boolean reversible() {
            return !losesLocalDisk;
        }
    }

    /**
     * Switch a machine off in hours of the week in which nobody uses it.
     *
     * @param offHours hours of the week in which it is off, from 0, Monday 00:00 in the reporting zone, to 167
     */
    record Schedule(String resourceId, List<Integer> offHours) implements Action {

        public Schedule {
            offHours = List.copyOf(offHours);
        }

        @Override
        public String target() {
            return "schedule";
        }

        @Override
        public Effort effort() {
            return Effort.MEDIUM;
        }

        @Override
        public boolean restart() {
            return true;
        }
    }

    /** Delete what nobody uses, after a snapshot. */
    record DeleteUnused(String resourceId) implements Action {

        @Override
        public String target() {
            return "deleted";
        }

        @Override
        public Effort effort() {
            return Effort.LOW;
        }

        @Override
        public boolean reversible() {
            return false;
        }
    }
}
