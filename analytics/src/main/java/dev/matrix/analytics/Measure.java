package dev.matrix.analytics;

/** What a report tells. Ratios are fractions: 0.92 is 92 %. */
public enum Measure {
    /** Monthly recurring revenue at the bucket's end. */
    MRR(Kind.BALANCE, Unit.MONEY),
    /** 12 × MRR, from its unrounded value. */
    ARR(Kind.BALANCE, Unit.MONEY),
    /** Customers at the bucket's end: those who pay, and by policy those who paid and stayed on nothing. */
    CUSTOMERS(Kind.BALANCE, Unit.COUNT),
    /** Customers with MRR above zero at the bucket's end. */
    PAYING_CUSTOMERS(Kind.BALANCE, Unit.COUNT),
    NEW_MRR(Kind.FLOW, Unit.MONEY),
    REACTIVATION_MRR(Kind.FLOW, Unit.MONEY),
    EXPANSION_MRR(Kind.FLOW, Unit.MONEY),
    /** A loss, as a positive number. */
    CONTRACTION_MRR(Kind.FLOW, Unit.MONEY),
    /** A loss, as a positive number. */
    CHURN_MRR(Kind.FLOW, Unit.MONEY),
    FX_MRR(Kind.FLOW, Unit.MONEY),
    TRANSFER_MRR(Kind.FLOW, Unit.MONEY),
    /** Closing − opening MRR. */
    NET_NEW_MRR(Kind.FLOW, Unit.MONEY),
    /** New and reactivated customers. */
    NEW_CUSTOMERS(Kind.FLOW, Unit.COUNT),
    CHURNED_CUSTOMERS(Kind.FLOW, Unit.COUNT),
    /** Gross revenue retention: (opening − contraction − churn) ÷ opening. */
    GRR(Kind.RATIO, Unit.FRACTION),
    /** Net revenue retention: (opening + expansion − contraction − churn) ÷ opening. */
    NRR(Kind.RATIO, Unit.FRACTION),
    /** (churn + contraction) ÷ opening. */
    GROSS_CHURN(Kind.RATIO, Unit.FRACTION),
    /** (churn + contraction − expansion − reactivation) ÷ opening. */
    NET_CHURN(Kind.RATIO, Unit.FRACTION),
    /** (new + expansion + reactivation) ÷ (contraction + churn). */
    QUICK_RATIO(Kind.RATIO, Unit.FRACTION),
    /** Churned customers ÷ the policy's churn base. */
    LOGO_CHURN(Kind.RATIO, Unit.FRACTION),
    /** MRR ÷ paying customers. */
    ARPA(Kind.RATIO, Unit.MONEY),
    /** ARPA × the policy's gross margin ÷ logo churn. */
    LTV(Kind.RATIO, Unit.MONEY);

    /** How a measure behaves over time. */
    public enum Kind {
        /** Adds up over time. */
        FLOW,
        /** Has a value at each instant. */
        BALANCE,
        /** One thing divided by another. */
        RATIO
    }

    /** What its values are. */
    public enum Unit {
        MONEY,
        COUNT,
        FRACTION
    }

    private final Kind kind;
    private final Unit unit;

    Measure(Kind kind, Unit unit) {
        this.kind = kind;
        this.unit = unit;
    }

    public Kind kind() {
        return kind;
    }

    public Unit unit() {
        return unit;
    }
}
