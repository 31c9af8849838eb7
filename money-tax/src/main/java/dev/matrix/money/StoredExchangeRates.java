package dev.matrix.money;

import dev.matrix.core.ConflictException;
import dev.matrix.core.Matrix;
import dev.matrix.core.NotFoundException;
import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.api.ApiModule;
import dev.matrix.core.money.AppliedRate;
import dev.matrix.core.money.Conversion;
import dev.matrix.core.money.Conversion.Converted;
import dev.matrix.core.money.Currency;
import dev.matrix.core.money.Money;
import dev.matrix.core.money.RateQuery;
import dev.matrix.core.spi.Tx;
import dev.matrix.money.spi.FxSnapshotStore;
import dev.matrix.money.spi.FxSourceStore;
import dev.matrix.money.spi.RateSource;
import dev.matrix.money.spi.Series;
import dev.matrix.money.spi.SourceRow;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** {@link ExchangeRates} over the stores. */
final class StoredExchangeRates implements ExchangeRates {

    private final Matrix matrix;
    private final Feeds feeds;
    private final RateMemory memory;
    private final FxSnapshotStore store;
    private final FxSourceStore standings;
    private final Conversions conversions;

    StoredExchangeRates(Matrix matrix, Feeds feeds, RateMemory memory, FxSnapshotStore store, FxSourceStore standings) {
        this.matrix = matrix;
        this.feeds = feeds;
        this.memory = memory;
        this.store = store;
        this.standings = standings;
        this.conversions = new Conversions(feeds, matrix.storeClock());
    }

    private Reader own() {
        return Reader.own(matrix.transactions());
    }

    @Override
    public Conversion convert(Money source, Currency target, RateQuery query) {
        return conversions.convert(source, target, query, memory, own());
    }

    @Override
    public Conversion convert(Tx tx, Money source, Currency target, RateQuery query) {
        RateMemory known = memory.of(tx);
        Reader reader = known == memory ? Reader.in(tx) : Reader.writing(tx);
        return conversions.convert(source, target, query, known, reader);
    }

    @Override
    public RateTable table(Currency base, Set<Currency> quotes, RateQuery query) {
        Map<Currency, AppliedRate> rates = new LinkedHashMap<>();
        Set<Currency> missing = new LinkedHashSet<>();
        quotes.stream().sorted(Comparator.comparing(Currency::code)).forEach(quote -> {
            if (convert(Money.zero(base), quote, query) instanceof Converted converted) {
                rates.put(quote, converted.rate());
            } else {
                missing.add(quote);
            }
        });
        return new RateTable(base, rates, missing);
    }

    @Override
    public Page<RateSnapshot> history(String source, DateRange days, PageRequest page) {
        return matrix.transactions().returning(tx -> store.page(tx, source, days, page));
    }

    @Override
    public RateSnapshot setManual(ManualRate rate) {
        return matrix.transactions().returning(tx -> setManual(tx, rate));
    }

    @Override
    public RateSnapshot setManual(Tx tx, ManualRate rate) {
        Instant now = matrix.storeClock().instant();
        Instant from = rate.from().atStartOfDay(ZoneOffset.UTC).toInstant();
        String base = rate.base().code();
        String quote = rate.quote().code();
        Series series = new Series(Feeds.manual(base, quote), base);
        int revision = store.revisions(tx, series, from, from).stream()
                .mapToInt(former -> former.revision() + 1)
                .findFirst()
                .orElse(1);
        RateSnapshot snapshot = new RateSnapshot(
                matrix.ids().next("fxs"),
                series.source(),
                base,
                rate.from(),
                from,
                now,
                now,
                revision,
                RateStatus.ACCEPTED,
                rate.until(),
                new TreeMap<>(Map.of(quote, QuotedRate.mid(rate.rate()))));
        store.insert(tx, List.of(snapshot));
        written(tx, now);
        return snapshot;
    }

    @Override
    public void confirm(String snapshotId) {
        matrix.transactions().inTransaction(tx -> confirm(tx, snapshotId));
    }

    @Override
    public void confirm(Tx tx, String snapshotId) {
        written(tx, decide(tx, snapshotId, RateStatus.ACCEPTED));
    }

    @Override
    public void reject(String snapshotId) {
        matrix.transactions().inTransaction(tx -> reject(tx, snapshotId));
    }

    @Override
    public void reject(Tx tx, String snapshotId) {
        decide(tx, snapshotId, RateStatus.REJECTED);
    }

    /** This transaction goes by what it has written; this node does so from the commit on, however late that is. */
    private void written(Tx tx, Instant writtenAt) {
        memory.written(tx);
        tx.hintAfterCommit(() -> memory.follow(own(), writtenAt));
    }

    private Instant decide(Tx tx, String id, RateStatus decision) {
        Instant now = matrix.storeClock().instant();
        if (store.decide(tx, id, decision, now)) {
            return now;
        }
        RateSnapshot found =
                store.find(tx, id).orElseThrow(() -> new NotFoundException("No exchange-rate snapshot " + id + "."));
        throw new ConflictException("Snapshot " + id + " is " + found.status()
                + ", not QUARANTINED; only what waits can be confirmed or rejected.");
    }

    @Override
    public ApiModule api() {
        return CurrencyApi.of(this, matrix.currencies(), matrix.transactions());
    }

    @Override
    public List<SourceStatus> sources() {
        RateView newest = memory.newest(own());
        return feeds.sources().stream().map(source -> status(source, newest)).toList();
    }

    private SourceStatus status(RateSource source, RateView newest) {
        Optional<SourceRow> row = matrix.transactions().returning(tx -> standings.find(tx, source.name()));
        return new SourceStatus(
                source.name(),
                source.rateClass(),
                newest.newestDay(source.name()),
                row.map(SourceRow::nextAttemptAt).orElse(null),
                row.map(SourceRow::failures).orElse(0),
                row.map(SourceRow::failingSince).orElse(null),
                row.map(SourceRow::lastError).orElse(null));
    }
}
