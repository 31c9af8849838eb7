package dev.matrix.money;

import dev.matrix.core.Owner;
import dev.matrix.core.money.AppliedRate;
import dev.matrix.core.money.Conversion.Converted;
import dev.matrix.core.money.Currency;
import dev.matrix.core.money.Freshness;
import dev.matrix.core.money.Money;
import dev.matrix.core.money.RateLeg;
import dev.matrix.core.wire.Describe;
import dev.matrix.core.wire.Size;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What callers of the currency operations get. */
final class CurrencyViews {

    private static final int MOST_DIGITS = 38;

    private CurrencyViews() {}

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
