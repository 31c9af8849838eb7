package dev.matrix.money;

import dev.matrix.core.Owner;
import dev.matrix.core.money.AppliedRate;
import dev.matrix.core.money.Conversion.Converted;
import dev.matrix.core.money.Currency;
import dev.matrix.core.money.Freshness;
import dev.matrix.core.money.Money;
import dev.matrix.core.money.RateLeg;
import dev.matrix.core.money.RateSide;
import dev.matrix.core.wire.Default;
import dev.matrix.core.wire.Describe;
import dev.matrix.core.wire.Length;
import dev.matrix.core.wire.Pattern;
import dev.matrix.core.wire.Range;
import dev.matrix.core.wire.Size;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Requests and replies of the currency operations. */
final class CurrencyViews {

    private static final int MOST_DIGITS = 38;

    private CurrencyViews() {}

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

    record LegView(String snapshotId, String source, String base, String quote, BigDecimal value, boolean inverted) {

        static LegView of(RateLeg leg) {
            return new LegView(
                    leg.snapshotId(),
                    leg.source(),
                    leg.base().code(),
                    leg.quote().code(),
                    shown(leg.value()),
                    leg.inverted());
        }
    }

    record ConversionView(
            Money source,
            Money result,

            @Describe("For reading; amounts are computed from the legs.")
            BigDecimal rate,

            List<LegView> legs,
            LocalDate observedOn,
            int ageDays,
            Freshness freshness) {

        static ConversionView of(Converted converted) {
            AppliedRate rate = converted.rate();
            return new ConversionView(
                    converted.source(),
                    converted.result(),
                    shown(rate.rate()),
                    rate.legs().stream().map(LegView::of).toList(),
                    rate.observedOn(),
                    rate.ageDays(),
                    converted.age());
        }
    }

    record CurrencyView(String code, int scale, Currency.Kind kind) {

        static CurrencyView of(Currency currency) {
            return new CurrencyView(currency.code(), currency.scale(), currency.kind());
        }
    }

    record RatesOf(
            Currency base, List<Currency> quotes, @Nullable LocalDate date) {}

    record RateRow(
            Currency currency,
            BigDecimal rate,
            LocalDate observedOn,
            String source,
            @Nullable String snapshotId) {}

    record RatesView(Currency base, @Size(max = 1_000) List<RateRow> rates) {

        static RatesView of(RateTable table) {
            return new RatesView(
                    table.base(),
                    table.rates().entrySet().stream()
                            .map(entry -> row(entry.getKey(), entry.getValue()))
                            .toList());
        }

        /** A rate over two tables names both sources, and the snapshot that it begins with. */
        private static RateRow row(Currency currency, AppliedRate rate) {
            String sources =
                    rate.legs().stream().map(RateLeg::source).distinct().collect(Collectors.joining("+"));
            String snapshot = rate.legs().isEmpty() ? null : rate.legs().get(0).snapshotId();
            return new RateRow(currency, shown(rate.rate()), rate.observedOn(), sources, snapshot);
        }
    }

    record SnapshotSearch(
            @Length(min = 1, max = 64) String source,
            LocalDate from,
            LocalDate to,
            @Default("20") @Range(min = 1, max = 100) int limit,
            @Nullable @Length(max = 512) String cursor) {}

    record QuoteView(
            String quote,
            BigDecimal mid,
            @Nullable BigDecimal bid,
            @Nullable BigDecimal ask) {}

    record SnapshotView(
            String id,
            String source,
            String base,
            LocalDate observedOn,
            Instant observedAt,
            Instant fetchedAt,
            int revision,
            RateStatus status,
            @Nullable LocalDate until,
            @Size(max = 1_000) List<QuoteView> rates) {

        static SnapshotView of(RateSnapshot snapshot) {
            return new SnapshotView(
                    snapshot.id(),
                    snapshot.source(),
                    snapshot.base(),
                    snapshot.observedOn(),
                    snapshot.observedAt(),
                    snapshot.fetchedAt(),
                    snapshot.revision(),
                    snapshot.status(),
                    snapshot.validUntil(),
                    snapshot.rates().entrySet().stream()
                            .map(entry -> quote(entry.getKey(), entry.getValue()))
                            .toList());
        }

        private static QuoteView quote(String code, QuotedRate rate) {
            BigDecimal bid = rate.bid();
            BigDecimal ask = rate.ask();
            return new QuoteView(
                    code, shown(rate.mid()), bid == null ? null : shown(bid), ask == null ? null : shown(ask));
        }
    }

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

    record ConfigView(
            String ownerType,
            String ownerId,
            Currency currency,
            @Nullable String locale,
            long version) {

        static ConfigView of(CurrencyPreference preference) {
            return new ConfigView(
                    preference.owner().type() == Owner.Type.USER ? "user" : "partner",
                    preference.owner().id(),
                    preference.currency(),
                    preference.locale(),
                    preference.version());
        }
    }

    /** Decimals of the wire have 38 digits at most; what was computed with has more. */
    private static BigDecimal shown(BigDecimal rate) {
        int whole = Math.max(1, rate.precision() - rate.scale());
        int decimals = Math.max(0, Math.min(rate.scale(), MOST_DIGITS - whole));
        return rate.setScale(decimals, RoundingMode.HALF_EVEN);
    }
}
