package dev.matrix.money;

import dev.matrix.core.money.Currency;
import dev.matrix.core.money.Money;
import dev.matrix.core.money.RateSide;
import dev.matrix.core.wire.Default;
import dev.matrix.core.wire.Describe;
import dev.matrix.core.wire.Length;
import dev.matrix.core.wire.Pattern;
import dev.matrix.core.wire.Range;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What callers of the currency operations send. */
final class CurrencyRequests {

    private CurrencyRequests() {}

    record Everything() {}

    record Convert(
            Money amount,
            Currency to,
            @Describe("The rate of this day.") @Nullable LocalDate date,

            @Describe("The rate that was the newest at this instant.") @Nullable
            Instant at,

            @Describe("The rate of this snapshot.") @Nullable
            String snapshotId,

            @Nullable RateSide side,

            @Describe("m makes the rate smaller by m percent.") @Nullable
            BigDecimal markupPercent,

            @Default("false") boolean allowStale) {}

    record RatesOf(
            Currency base, List<Currency> quotes, @Nullable LocalDate date) {}

    record SnapshotSearch(
            @Length(min = 1, max = 64) String source,
            LocalDate from,
            LocalDate to,
            @Default("20") @Range(min = 1, max = 100) int limit,
            @Nullable @Length(max = 512) String cursor) {}

    record ReplaceManualRate(
            Currency base,
            Currency quote,
            @Describe("Units of quote for one base.") BigDecimal rate,
            @Describe("The first day that it holds.") LocalDate from,

            @Describe("The last day that it holds; absent: until another is set.") @Nullable
            LocalDate until) {}

    record ConfigOf(
            @Pattern("user|partner") String ownerType,
            @Length(min = 1, max = 128) String ownerId) {}

    record ReplaceConfig(
            @Pattern("user|partner") String ownerType,
            @Length(min = 1, max = 128) String ownerId,
            Currency currency,

            @Describe("A language tag (BCP 47).") @Nullable @Length(max = 64)
            String locale,

            @Describe("The version that is replaced; 0: there is none yet.")
            long version) {}
}
