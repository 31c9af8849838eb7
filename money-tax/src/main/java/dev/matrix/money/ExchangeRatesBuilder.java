package dev.matrix.money;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.Matrix;
import dev.matrix.core.spi.BuildFaults;
import dev.matrix.core.spi.Transactions;
import dev.matrix.money.spi.FxSnapshotStore;
import dev.matrix.money.spi.FxSourceStore;
import dev.matrix.money.spi.RateClass;
import dev.matrix.money.spi.RateSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Wires {@link ExchangeRates}. Not thread-safe. */
public final class ExchangeRatesBuilder {

    private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,32}");

    private final Matrix matrix;
    private final List<RateSource> sources = new ArrayList<>();
    private final Map<RateClass, RateAges> ages = new HashMap<>();

    ExchangeRatesBuilder(Matrix matrix) {
        this.matrix = requireNonNull(matrix, "matrix");
    }

    /**
     * Adds a source; an earlier one is preferred where both have a way. None is needed for manual rates alone. Each has a name
     * of its own.
     */
    public ExchangeRatesBuilder source(RateSource source) {
        sources.add(requireNonNull(source, "source"));
        return this;
    }

    /**
     * How old rates of a class may be. Default: what the class says itself, which is 3 and 5 days for daily rates, 65 minutes and 2
     * hours for intraday ones, 2 and 5 minutes for crypto; past days of the latter two: 1 day.
     */
    public ExchangeRatesBuilder ages(RateClass rateClass, RateAges limits) {
        ages.put(rateClass, requireNonNull(limits, "limits"));
        return this;
    }

    private void check() {
        BuildFaults faults = new BuildFaults("ExchangeRates");
        Set<String> names = new HashSet<>();
        for (RateSource source : sources) {
            String name = source.name();
            faults.value(NAME.matcher(name).matches(), "A source's name matches " + NAME + "; " + name + " doesn't.");
            faults.value(names.add(name), "Two sources are named " + name + "; name one otherwise.");
        }
        if (!sources.isEmpty()) {
            faults.check(matrix::transport);
        }
        faults.raise();
    }

    /**
     * Adds exchange rates to the Matrix: one step per source that refreshes it, one that follows other nodes and one that thins.
     *
     * @throws IllegalStateException when there are sources and the Matrix has no transport, or when it was started
     * @throws dev.matrix.core.InvalidRequestException if two sources have one name, or a name isn't {@code [a-z0-9-]{1,32}}
     */
    public ExchangeRates build() {
        check();
        FxSnapshotStore snapshots = matrix.stores().get(FxSnapshotStore.class);
        FxSourceStore standings = matrix.stores().get(FxSourceStore.class);
        Transactions transactions = matrix.transactions();
        Feeds feeds = new Feeds(sources, ages, matrix.currencies());
        RateMemory memory = new RateMemory(feeds, snapshots, matrix.storeClock());
        RateEvents events = new RateEvents(matrix.events());
        Intake intake =
                new Intake(transactions, snapshots, feeds, matrix.ids(), matrix.storeClock(), events::quarantined);
        for (RateSource source : sources) {
            matrix.add(new Refresh(matrix, source, standings, intake, memory, events));
        }
        matrix.add(new Following(memory, transactions));
        matrix.add(new Thinning(transactions, snapshots, sources));
        return new StoredExchangeRates(matrix, feeds, memory, snapshots, standings);
    }
}
