package dev.matrix.core.event.payload;

/** How often a price recurs, such as every 3 months. */
public record BillingInterval(Unit unit, int count) {

    /** What is counted. */
    public enum Unit {
        DAY,
        WEEK,
        MONTH,
        YEAR
    }

    public BillingInterval {
        Checks.atLeast(1, count, "BillingInterval.count");
    }

    /** Every month. */
    public static BillingInterval monthly() {
        return new BillingInterval(Unit.MONTH, 1);
    }

    /** Every year. */
    public static BillingInterval yearly() {
        return new BillingInterval(Unit.YEAR, 1);
    }
}
