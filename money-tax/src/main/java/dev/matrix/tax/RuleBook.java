package dev.matrix.tax;

import dev.matrix.core.spi.Step;
import dev.matrix.core.spi.Transactions;
import dev.matrix.core.spi.Tx;
import dev.matrix.tax.spi.TaxRuleSource;
import dev.matrix.tax.spi.TaxRuleStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The rules in force, as one immutable set: the shipped ones, those of the host's sources, those it has stored. The step looks
 * every 15 s whether another node has changed them, and drops calculations that have expired.
 */
final class RuleBook implements Step {

    static final String NAME = "tax.rules";
    private static final Duration PAUSE = Duration.ofSeconds(15);
    private static final int PURGED_AT_ONCE = 500;

    private final Transactions transactions;
    private final TaxStores stores;
    private final TaxJson json;
    private final List<TaxRule> shipped;
    private final String sources;
    private volatile Edition edition;

    /**
     * The rules at a version.
     *
     * @param own those of the store, by id: a change reads what it has changed alone
     */
    record Edition(long stored, SortedMap<String, TaxRule> own, RuleSet rules) {}

    RuleBook(Transactions transactions, TaxStores stores, TaxJson json, List<TaxRuleSource> sources) {
        this.transactions = transactions;
        this.stores = stores;
        this.json = json;
        this.sources = sources.stream().map(TaxRuleSource::version).collect(Collectors.joining("+"));
        this.shipped = sources.stream().flatMap(RuleBook::read).toList();
        this.edition = new Edition(-1, new TreeMap<>(), new RuleSet(this.sources, shipped.stream()));
    }

    static Stream<TaxRule> read(TaxRuleSource source) {
        try (Stream<TaxRule> rules = source.rules()) {
            return rules.toList().stream();
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Instant run(Instant now) {
        reload();
        int purged = transactions.returning(tx -> stores.calculations().purge(tx, now, PURGED_AT_ONCE));
        return purged == PURGED_AT_ONCE ? now : now.plus(PAUSE);
    }

    /** The rules; read from the store first if that never happened. */
    RuleSet current() {
        Edition known = edition;
        return known.stored() < 0 ? reload().rules() : known.rules();
    }

    /**
     * Reads what has changed. It is kept once the transaction that read it has committed: one that the host runs may see rules
     * that are rolled back later.
     */
    synchronized Edition reload() {
        return transactions.returning(tx -> {
            Edition read = read(tx, edition);
            tx.afterCommit(() -> edition = read);
            return read;
        });
    }

    private Edition read(Tx tx, Edition known) {
        long version = stores.rules().version(tx);
        if (version <= known.stored()) {
            return known;
        }
        SortedMap<String, TaxRule> own = new TreeMap<>(known.own());
        stores.rules().changedAfter(tx, known.stored()).forEach(row -> own.put(row.id(), rule(row)));
        Stream<TaxRule> all = Stream.concat(shipped.stream(), own.values().stream());
        return new Edition(version, own, new RuleSet(sources + "." + version, all));
    }

    private TaxRule rule(TaxRuleStore.RuleRow row) {
        TaxRule rule = json.read(row.json(), TaxRule.class).recorded(row.id(), row.recordedAt());
        Instant superseded = row.supersededAt();
        return superseded == null ? rule : rule.superseded(superseded);
    }
}
