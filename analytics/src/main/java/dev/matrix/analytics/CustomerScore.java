package dev.matrix.analytics;

import dev.matrix.core.Owner;
import java.math.BigDecimal;
import java.time.LocalDate;

/**
 * How recently, how often and for how much a customer paid in a report's window.
 *
 * @param lastPaid the day of its last payment, in the report's zone
 * @param payments how many
 * @param revenue net of tax, refunds and lost disputes, in the report's currency
 */
public record CustomerScore(Owner customer, LocalDate lastPaid, long payments, BigDecimal revenue, Rfm rfm) {}
