package dev.matrix.analytics;

import dev.matrix.core.InvalidRequestException;
import java.math.BigDecimal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What counts as recurring revenue. Immutable; starts as {@link #standard()} and is changed by the withers.
 *
 * @param discounts which discounts reduce MRR; RUNNING by default
 * @param churnAt when a cancelled subscription stops counting; PAID_TERM_END by default
 * @param pastDue whether subscriptions with an unpaid invoice count; INCLUDED by default
 * @param zeroMrr whether a customer who stays, on a pause or a full discount, is still one; ACTIVE by default
 * @param reactivationWindow after how long without MRR a customer who returns counts as new; null (default): never
 * @param churnDivisor the customers that logo churn is divided by; OPENING by default
 * @param commitments whether the committed minimum of metered items counts; EXCLUDED by default
 * @param grossMargin for lifetime value, above 0 and at most 1; 1 by default
 */
public record MrrPolicy(
        Discounts discounts,
        ChurnAt churnAt,
        PastDue pastDue,
        ZeroMrr zeroMrr,
        @Nullable Duration reactivationWindow,
        ChurnDivisor churnDivisor,
        Commitments commitments,
        BigDecimal grossMargin) {

    private static final MrrPolicy STANDARD = new MrrPolicy(
            Discounts.RUNNING,
            ChurnAt.PAID_TERM_END,
            PastDue.INCLUDED,
            ZeroMrr.ACTIVE,
            null,
            ChurnDivisor.OPENING,
            Commitments.EXCLUDED,
            BigDecimal.ONE);

    /** Which discounts reduce MRR. */
    public enum Discounts {
        /** Those for ever. */
        FOREVER_ONLY,
        /** Those for ever, and repeating ones while they run. */
        RUNNING,
        /** Those of one interval too. */
        ALL
    }

    /** When a cancelled subscription stops counting. */
    public enum ChurnAt {
        PAID_TERM_END,
        CANCELLATION
    }

    /** Whether subscriptions with an unpaid invoice count. */
    public enum PastDue {
        INCLUDED,
        EXCLUDED
    }

    /** What a customer is who has a live subscription that costs nothing. */
    public enum ZeroMrr {
        ACTIVE,
        CHURNED
    }

    /** The customers that logo churn is divided by. */
    public enum ChurnDivisor {
        OPENING,
        OPENING_PLUS_NEW
    }

    /** Whether the committed minimum of metered items counts. */
    public enum Commitments {
        EXCLUDED,
        MINIMUM_INCLUDED
    }

    public MrrPolicy {
        if (reactivationWindow != null && reactivationWindow.isNegative()) {
            throw new InvalidRequestException(
                    "A reactivation window isn't negative; " + reactivationWindow + " is. Null stands for no limit.");
        }
        if (grossMargin.signum() <= 0 || grossMargin.compareTo(BigDecimal.ONE) > 0) {
            throw new InvalidRequestException("A gross margin is above 0 and at most 1; " + grossMargin + " isn't.");
        }
    }

    /** The defaults. */
    public static MrrPolicy standard() {
        return STANDARD;
    }

    /** As Stripe's billing analytics counts: only discounts for ever, churn over opening and new customers. */
    public static MrrPolicy likeStripe() {
        return STANDARD.withDiscounts(Discounts.FOREVER_ONLY).withChurnDivisor(ChurnDivisor.OPENING_PLUS_NEW);
    }

    /** As ChartMogul counts: the standard. */
    public static MrrPolicy likeChartMogul() {
        return STANDARD;
    }

    /** As ProfitWell counts: all discounts reduce MRR. */
    public static MrrPolicy likeProfitWell() {
        return STANDARD.withDiscounts(Discounts.ALL);
    }

    public MrrPolicy withDiscounts(Discounts counted) {
        return new MrrPolicy(
                counted, churnAt, pastDue, zeroMrr, reactivationWindow, churnDivisor, commitments, grossMargin);
    }

    public MrrPolicy withChurnAt(ChurnAt instant) {
        return new MrrPolicy(
                discounts, instant, pastDue, zeroMrr, reactivationWindow, churnDivisor, commitments, grossMargin);
    }

    public MrrPolicy withPastDue(PastDue counted) {
        return new MrrPolicy(
                discounts, churnAt, counted, zeroMrr, reactivationWindow, churnDivisor, commitments, grossMargin);
    }

    public MrrPolicy withZeroMrr(ZeroMrr meaning) {
        return new MrrPolicy(
                discounts, churnAt, pastDue, meaning, reactivationWindow, churnDivisor, commitments, grossMargin);
    }

    public MrrPolicy withReactivationWindow(@Nullable Duration window) {
        return new MrrPolicy(discounts, churnAt, pastDue, zeroMrr, window, churnDivisor, commitments, grossMargin);
    }

    public MrrPolicy withChurnDivisor(ChurnDivisor base) {
        return new MrrPolicy(discounts, churnAt, pastDue, zeroMrr, reactivationWindow, base, commitments, grossMargin);
    }

    public MrrPolicy withCommitments(Commitments counted) {
        return new MrrPolicy(
                discounts, churnAt, pastDue, zeroMrr, reactivationWindow, churnDivisor, counted, grossMargin);
    }

    public MrrPolicy withGrossMargin(BigDecimal margin) {
        return new MrrPolicy(
                discounts, churnAt, pastDue, zeroMrr, reactivationWindow, churnDivisor, commitments, margin);
    }
}
