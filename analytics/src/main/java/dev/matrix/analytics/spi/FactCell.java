package dev.matrix.analytics.spi;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Facts added up. Cells of disjoint customers add up to those of all.
 *
 * @param bucket the number of its first edge
 * @param count how many facts
 * @param amount sum, in minor units
 * @param quantity sum, at nine decimals
 * @param leastQuantity of facts that weren't corrected; null: there is none
 * @param mostQuantity of facts that weren't corrected; null: there is none
 * @param leastAmount in minor units
 * @param mostAmount in minor units
 * @param timed how many have a duration
 * @param millis sum of durations
 * @param succeeded how many are known to have succeeded
 * @param failed how many are known to have failed
 * @param customers how many different customers, if that was asked
 * @param firstRecorded when the log recorded the earliest
 * @param lastRecorded when the log recorded the latest
 */
public record FactCell(
        int bucket,
        FactKind kind,
        String currency,
        int meter,
        int partner,
        int resourceKind,
        int customer,
        long count,
        BigInteger amount,
        BigDecimal quantity,
        @Nullable BigDecimal leastQuantity,
        @Nullable BigDecimal mostQuantity,
        BigInteger leastAmount,
        BigInteger mostAmount,
        long timed,
        long millis,
        long succeeded,
        long failed,
        long customers,
        Instant firstRecorded,
        Instant lastRecorded) {}
