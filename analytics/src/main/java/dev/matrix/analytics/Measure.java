package dev.matrix.analytics;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

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
    LTV(Kind.RATIO, Unit.MONEY),

    /** Final invoices, net of tax, credit lines included. */
    BILLED(Kind.FLOW, Unit.MONEY),
    /** Captured payments, net of tax. */
    REVENUE(Kind.FLOW, Unit.MONEY),
    /** The tax of captured payments. */
    TAX(Kind.FLOW, Unit.MONEY),
    /** Settled refunds, net of tax, less those whose money came back. */
    REFUNDS(Kind.FLOW, Unit.MONEY),
    /** Disputes lost or accepted, net of tax, less those won on appeal. */
    DISPUTES_LOST(Kind.FLOW, Unit.MONEY),
    /** REVENUE − REFUNDS − DISPUTES_LOST. */
    NET_REVENUE(Kind.FLOW, Unit.MONEY),
    /** Captured payments. */
    PAYMENTS(Kind.FLOW, Unit.COUNT),
    /** Metered billing of the 30 days before the bucket's end × 365 ÷ 360, by the month; never part of MRR. */
    USAGE_RUN_RATE(Kind.BALANCE, Unit.MONEY),

    /** The quantity used, by the unit of its meter. */
    USAGE(Kind.FLOW, Unit.NUMBER),
    /** Different customers with at least one use, counted exactly. */
    ACTIVE_CUSTOMERS(Kind.DISTINCT, Unit.COUNT),
    /** Mean daily active customers ÷ active customers of the bucket. */
    STICKINESS(Kind.RATIO, Unit.FRACTION),
    /** Hours that instances ran. */
    INSTANCE_HOURS(Kind.FLOW, Unit.NUMBER),
    /** Uses that failed ÷ those known to have succeeded or failed. */
    ERROR_RATE(Kind.RATIO, Unit.FRACTION),
    /** Mean duration of uses, in milliseconds. */
    REQUEST_TIME(Kind.RATIO, Unit.NUMBER),

    /** Payments that succeeded ÷ attempts. */
    PAYMENT_SUCCESS(Kind.RATIO, Unit.FRACTION),
    /** Of invoices with a failed attempt, those paid within 30 days of it ÷ those paid or past 30 days. */
    RECOVERY(Kind.RATIO, Unit.FRACTION),
    /** Mean days from an invoice's issue to its payment. */
    DAYS_TO_PAY(Kind.RATIO, Unit.NUMBER),
    /** Settled refund legs ÷ payments. */
    REFUND_RATE(Kind.RATIO, Unit.FRACTION),
    /** Disputes opened ÷ payments. */
    DISPUTE_RATE(Kind.RATIO, Unit.FRACTION),
    /** Trials begun in the bucket that were paid ÷ those of them that ended. */
    TRIAL_CONVERSION(Kind.RATIO, Unit.FRACTION),
    /** Churned customers whose subscription was unpaid ÷ churned customers. */
    INVOLUNTARY_CHURN(Kind.RATIO, Unit.FRACTION),
    /** Service levels missed, less withdrawn breaches. */
    SLA_BREACHES(Kind.FLOW, Unit.COUNT);

    private static final Set<Metric> PLAIN = Collections.unmodifiableSet(EnumSet.of(Metric.SUM, Metric.GROWTH));
    private static final Set<Metric> ALL = Collections.unmodifiableSet(EnumSet.allOf(Metric.class));

    private static final Set<Measure> OF_FACTS = EnumSet.of(BILLED, REVENUE, TAX, USAGE);

    /** How a measure behaves over time. */
    public enum Kind {
        /** Adds up over time. */
        FLOW,
        /** Has a value at each instant. */
        BALANCE,
        /** Counted again per bucket; neither times nor groups add up. */
        DISTINCT,
        /** One thing divided by another. */
        RATIO
    }

    /** What its values are. */
    public enum Unit {
        MONEY,
        COUNT,
        FRACTION,
        /** A number in a unit of its own. */
        NUMBER
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

    /** What can be shown of it. */
    public Set<Metric> metrics() {
        return OF_FACTS.contains(this) ? ALL : PLAIN;
    }

    /** Whether it is made of MRR. */
    boolean isRecurring() {
        return compareTo(LTV) <= 0;
    }
}
