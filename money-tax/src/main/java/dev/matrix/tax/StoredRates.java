package dev.matrix.tax;

import dev.matrix.core.Ids;
import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.NotFoundException;
import dev.matrix.core.Owner;
import dev.matrix.core.event.EventLog;
import dev.matrix.core.event.payload.TaxRulesChanged;
import dev.matrix.core.spi.Transactions;
import dev.matrix.core.spi.Tx;
import dev.matrix.tax.spi.TaxRuleSource;
import dev.matrix.tax.spi.TaxRuleStore;
import dev.matrix.tax.spi.TaxRuleStore.RuleRow;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;

/** {@link TaxRates} over the rule book and its store. */
final class StoredRates implements TaxRates {

    private final Transactions transactions;
    private final EventLog events;
    private final Ids ids;
    private final InstantSource clock;
    private final TaxRuleStore store;
    private final TaxJson json;
    private final RuleBook book;
    private final Geography geography;

    StoredRates(
            Transactions transactions,
            EventLog events,
            Ids ids,
            InstantSource clock,
            TaxRuleStore store,
            TaxJson json,
            RuleBook book,
            Geography geography) {
        this.transactions = transactions;
        this.events = events;
        this.ids = ids;
        this.clock = clock;
        this.store = store;
        this.json = json;
        this.book = book;
        this.geography = geography;
    }

    @Override
    public List<TaxRule> find(Filter filter) {
        String within = filter.jurisdiction();
        return book.current().standing().stream()
                .filter(rule -> within == null || Jurisdictions.within(rule.jurisdiction(), within))
                .filter(rule -> filter.category() == null || rule.category().equals(filter.category()))
                .filter(rule -> filter.day() == null || rule.holds(filter.day(), null, null))
                .toList();
    }

    private List<TaxRule> insert(Tx tx, List<TaxRule> rules) {
        rules.forEach(rule -> requireEffect(rule, geography));
        Instant now = clock.instant();
        List<TaxRule> recorded =
                rules.stream().map(rule -> rule.recorded(ids.next("txu"), now)).toList();
        store.insert(
                tx,
                recorded.stream()
                        .map(rule -> new RuleRow(rule.id(), json.write(rule), now, null))
                        .toList());
        String version = Long.toString(store.version(tx));
        events.publish(tx, new TaxRulesChanged(ids.next("txv"), Owner.platform(), version));
        tx.hintAfterCommit(book::reload);
        return recorded;
    }

    /** What is accepted must be able to decide on a sale. */
    static void requireEffect(TaxRule rule, Geography geography) {
        String reason = geography.unreachable(rule.jurisdiction());
        if (reason != null) {
            throw new InvalidRequestException("A rule of " + rule.type() + " in " + rule.jurisdiction()
                    + " would have no effect: " + reason + ".");
        }
    }

    @Override
    public TaxRule add(Tx tx, TaxRule rule) {
        return insert(tx, List.of(rule)).get(0);
    }

    @Override
    public TaxRule add(TaxRule rule) {
        return transactions.returning(tx -> add(tx, rule));
    }

    @Override
    public TaxRule supersede(Tx tx, String id, TaxRule rule) {
        if (!store.supersede(tx, id, clock.instant())) {
            throw new NotFoundException(
                    "No stored tax rule " + id + " stands; add a rule, which outranks a shipped one.");
        }
        return add(tx, rule);
    }

    @Override
    public TaxRule supersede(String id, TaxRule rule) {
        return transactions.returning(tx -> supersede(tx, id, rule));
    }

    @Override
    public int importFrom(Tx tx, TaxRuleSource source) {
        return insert(tx, read(source)).size();
    }

    @Override
    public int importFrom(TaxRuleSource source) {
        List<TaxRule> rules = read(source);
        return transactions.returning(tx -> insert(tx, rules)).size();
    }

    private static List<TaxRule> read(TaxRuleSource source) {
        try (Stream<TaxRule> rules = source.rules()) {
            return rules.toList();
        }
    }

    @Override
    public String version() {
        return book.current().version();
    }
}
