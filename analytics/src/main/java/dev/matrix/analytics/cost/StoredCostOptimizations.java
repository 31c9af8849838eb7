package dev.matrix.analytics.cost;

import dev.matrix.analytics.Window;
import dev.matrix.analytics.cost.spi.CostAnalysisStore.AnalysisRow;
import dev.matrix.analytics.cost.spi.CostAnalysisStore.RecommendationFilter;
import dev.matrix.core.ConflictException;
import dev.matrix.core.Ids;
import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.MatrixException;
import dev.matrix.core.Owner;
import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.api.ApiModule;
import dev.matrix.core.event.EventLog;
import dev.matrix.core.json.JsonCodec;
import dev.matrix.core.money.Conversion;
import dev.matrix.core.money.Currency;
import dev.matrix.core.money.CurrencyConverter;
import dev.matrix.core.money.Money;
import dev.matrix.core.spi.Tx;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** {@link CostOptimizations} over stores. */
final class StoredCostOptimizations implements CostOptimizations {

    private static final Duration BACK = Duration.ofDays(124);
    private static final int OWNERS_AT_ONCE = 100;
    private static final int AT_ONCE = 4;
    private static final int MOST_SAMPLES = 10_000;

    private final CostStores stores;
    private final CostSettings settings;
    private final Ids ids;
    private final InstantSource clock;
    private final Documents documents;
    private final OwnerFacts facts;
    private final MachineReader machines;
    private final Analyzer analyzer;
    private final Recommendations recommendations;
    private final SavingsLedger ledger;
    private final Semaphore running = new Semaphore(AT_ONCE);
    private final Set<Owner> analysed = ConcurrentHashMap.newKeySet();

    StoredCostOptimizations(
            CostStores stores, CostSettings settings, EventLog events, Ids ids, JsonCodec json, InstantSource clock) {
        this.stores = stores;
        this.settings = settings;
        this.ids = ids;
        this.clock = clock;
        this.documents = new Documents(json);
        this.facts =
                new OwnerFacts(new FactReader(stores.facts(), json), settings.plans(), events, settings.closeAfter());
        this.machines = new MachineReader(stores.facts(), stores.samples(), documents);
        this.analyzer = new Analyzer(settings, settings.rules());
        this.recommendations = new Recommendations(stores.analyses(), documents, events, ids, settings.expiry());
        this.ledger = new SavingsLedger(stores.ledger(), documents, facts, recommendations, events);
    }

    CostStores stores() {
        return stores;
    }

    private <T> T within(Function<Tx, T> work) {
        return stores.transactions().returning(work);
    }

    @Override
    public CostAnalysis analyze(CostQuery query) {
        return analyze(query, facts.closed(clock.instant()));
    }

    private CostAnalysis analyze(CostQuery query, Instant closed) {
        if (!analysed.add(query.owner())) {
            throw new ConflictException("An analysis of " + query.owner() + " is running; wait for its result.");
        }
        try {
            running.acquireUninterruptibly();
            try {
                return analyzed(query, closed);
            } finally {
                running.release();
            }
        } finally {
            analysed.remove(query.owner());
        }
    }

    private CostAnalysis analyzed(CostQuery query, Instant closed) {
        Owner owner = query.owner();
        Instant now = clock.instant();
        Window window = query.window() == null ? new Window(now.minus(BACK), now) : query.window();
        Read read = within(tx -> new Read(facts.known(tx, owner, window, now, closed), machines.read(tx, owner, now)));
        OwnerFacts.Picture picture = facts.price(owner, now, read.known());
        List<Diagnostic> diagnostics = new ArrayList<>(picture.diagnostics());
        MachinePricing.Priced priced =
                new MachinePricing(settings.resources(), window, now).price(read.machines(), diagnostics::add);
        Currency currency = BillCurrency.of(query, picture, priced.machines());
        List<Plan> plans = picture.plans().values().stream()
                .filter(plan -> plan.currency().equals(currency))
                .toList();
        Situation situation = new Situation(
                currency,
                picture.rated().stream()
                        .filter(each -> each.plan().currency().equals(currency))
                        .toList(),
                priced.machines().stream()
                        .filter(each -> each.hourly().currency().equals(currency))
                        .toList(),
                Plan.byId(plans),
                priced.types());
        Analyzer.Task task = new Analyzer.Task(owner, window, now, query.profile(), query.types());
        Analyzer.Outcome outcome = analyzer.analyze(task, situation, plans);
        diagnostics.addAll(outcome.diagnostics());
        boolean incomplete = picture.incomplete()
                || priced.machines().size() < read.machines().size();
        Money monthly = situation.monthlyCost();
        Recommendations.Grading grading = grading(monthly, outcome, diagnostics);
        return within(tx ->
                write(tx, task, situation, outcome, new Draft(closed, monthly, incomplete, diagnostics, grading)));
    }

    private record Read(FactReader.Known known, List<KnownMachine> machines) {}

    private record Draft(
            Instant closed,
            Money monthly,
            boolean incomplete,
            List<Diagnostic> diagnostics,
            Recommendations.Grading grading) {}

    private CostAnalysis write(Tx tx, Analyzer.Task task, Situation situation, Analyzer.Outcome outcome, Draft draft) {
        if (!stores.facts().lock(tx, task.owner())) {
            throw BillCurrency.unknown(task.owner());
        }
        String id = ids.next("coa");
        List<Recommendation> found = recommendations.take(
                tx, task, id, situation.currency().code(), outcome.found(), draft.diagnostics(), draft.grading());
        CostAnalysis analysis = new CostAnalysis(
                id,
                task.owner(),
                task.profile(),
                task.window().from(),
                task.window().to(),
                situation.total(),
                draft.monthly(),
                draft.incomplete(),
                found,
                outcome.combined(),
                draft.diagnostics(),
                task.now());
        stores.analyses().insert(tx, new AnalysisRow(id, task.owner(), task.now(), documents.write(analysis)));
        ledger.settle(tx, task.owner(), task.now(), draft.closed());
        return analysis;
    }

    /** Asked before the transaction: a converter may read in one of its own. */
    private Recommendations.Grading grading(Money monthly, Analyzer.Outcome outcome, List<Diagnostic> diagnostics) {
        Currency target = settings.severity().currency();
        Map<Money, Optional<Money>> converted = new ConcurrentHashMap<>();
        for (Analyzer.Found each : outcome.found()) {
            Money saving = each.advice().monthlySavings();
            converted.computeIfAbsent(saving, amount -> converted(amount, target));
        }
        if (converted.containsValue(Optional.<Money>empty())) {
            diagnostics.add(new Diagnostic(
                    "severity",
                    monthly.currency().code(),
                    Reason.NO_RATE,
                    "There is no rate from " + monthly.currency().code() + " to " + target.code()
                            + ", so severities follow from the share of the monthly cost alone."));
        }
        return saving -> settings.severity()
                .of(
                        saving,
                        monthly,
                        converted.getOrDefault(saving, Optional.empty()).orElse(null));
    }

    private Optional<Money> converted(Money amount, Currency target) {
        if (amount.currency().equals(target)) {
            return Optional.of(amount);
        }
        CurrencyConverter rates = settings.converter();
        return rates != null && rates.convert(amount, target) instanceof Conversion.Converted done
                ? Optional.of(done.result())
                : Optional.empty();
    }

    @Override
    public long analyzeAll(Profile profile, Consumer<CostAnalysis> sink, BiConsumer<Owner, MatrixException> failed) {
        long made = 0;
        for (int part = 0; part < Parts.COUNT; part++) {
            int each = part;
            List<Owner> owners = within(tx -> stores.facts().owners(tx, each, null, OWNERS_AT_ONCE));
            while (!owners.isEmpty()) {
                // Asked once for these owners, as it counts the event log's backlog; an older answer only leaves a
                // month for later.
                Instant closed = facts.closed(clock.instant());
                for (Owner owner : owners) {
                    made += analyzeEach(owner, profile, closed, sink, failed);
                }
                Owner last = owners.get(owners.size() - 1);
                owners = within(tx -> stores.facts().owners(tx, each, last, OWNERS_AT_ONCE));
            }
        }
        return made;
    }

    private long analyzeEach(
            Owner owner,
            Profile profile,
            Instant closed,
            Consumer<CostAnalysis> sink,
            BiConsumer<Owner, MatrixException> failed) {
        List<CostAnalysis> made = new ArrayList<>();
        try {
            for (Currency currency : currencies(owner, closed)) {
                made.add(analyze(CostQuery.of(owner).as(profile).of(currency), closed));
            }
        } catch (MatrixException e) {
            failed.accept(owner, e);
        }
        made.forEach(sink);
        return made.size();
    }

    private List<Currency> currencies(Owner owner, Instant closed) {
        Instant now = clock.instant();
        Window window = new Window(now.minus(BACK), now);
        Read read = within(tx -> new Read(facts.known(tx, owner, window, now, closed), machines.read(tx, owner, now)));
        return BillCurrency.all(
                facts.price(owner, now, read.known()),
                new MachinePricing(settings.resources(), window, now)
                        .price(read.machines(), diagnostic -> {})
                        .machines());
    }

    @Override
    public Optional<CostAnalysis> find(Owner owner, String analysisId) {
        return within(tx -> stores.analyses().find(tx, owner, analysisId))
                .map(row -> documents.read(row.document(), CostAnalysis.class));
    }

    @Override
    public Page<CostAnalysis> page(Owner owner, PageRequest page) {
        return within(tx -> stores.analyses().analyses(tx, owner, page))
                .map(row -> documents.read(row.document(), CostAnalysis.class));
    }

    @Override
    public Optional<Recommendation> recommendation(Owner owner, String id) {
        return within(tx -> stores.analyses().recommendation(tx, owner, id)).map(documents::read);
    }

    @Override
    public Page<Recommendation> recommendations(RecommendationQuery query, PageRequest page) {
        RecommendationFilter filter = new RecommendationFilter(
                query.owner(), word(query.type()), word(query.severity()), word(query.status()));
        return within(tx -> stores.analyses().page(tx, filter, page)).map(documents::read);
    }

    private static @Nullable String word(@Nullable Enum<?> constant) {
        return constant == null ? null : Documents.word(constant);
    }

    @Override
    public Recommendation accept(Owner owner, String id, String actor) {
        return within(tx -> accept(tx, owner, id, actor));
    }

    @Override
    public Recommendation accept(Tx tx, Owner owner, String id, String actor) {
        return recommendations.decide(tx, owner, id, RecommendationStatus.ACCEPTED, null, actor, null);
    }

    @Override
    public Recommendation dismiss(Owner owner, String id, DismissReason reason, @Nullable Instant until, String actor) {
        return within(tx -> dismiss(tx, owner, id, reason, until, actor));
    }

    @Override
    public Recommendation dismiss(
            Tx tx, Owner owner, String id, DismissReason reason, @Nullable Instant until, String actor) {
        return recommendations.decide(
                tx, owner, id, RecommendationStatus.DISMISSED, until, actor, Documents.word(reason));
    }

    @Override
    public Recommendation markApplied(Owner owner, String id, Instant at, String actor) {
        return within(tx -> markApplied(tx, owner, id, at, actor));
    }

    @Override
    public Recommendation markApplied(Tx tx, Owner owner, String id, Instant at, String actor) {
        stores.facts().lock(tx, owner);
        Recommendation applied = recommendations.decide(tx, owner, id, RecommendationStatus.APPLIED, null, actor, null);
        ledger.freeze(tx, applied, at, clock.instant());
        return applied;
    }

    @Override
    public SavingsStatement savings(Owner owner, String recommendationId) {
        return within(tx -> ledger.statement(tx, owner, recommendationId));
    }

    @Override
    public int record(List<ResourceSample> samples) {
        return within(tx -> record(tx, samples));
    }

    @Override
    public int record(Tx tx, List<ResourceSample> samples) {
        if (samples.size() > MOST_SAMPLES) {
            throw new InvalidRequestException("At most " + MOST_SAMPLES + " samples are recorded at once.");
        }
        Instant now = clock.instant();
        return stores.samples()
                .append(
                        tx,
                        samples.stream()
                                .map(each -> MachineReader.row(SampleCheck.check(each, now), documents))
                                .toList());
    }

    @Override
    public List<List<RatedBill>> quote(Owner owner, List<String> planIds, List<Map<String, BigDecimal>> months) {
        return Quotes.of(settings.plans(), owner, clock.instant(), planIds, months);
    }

    @Override
    public int erase(Owner owner) {
        return within(tx -> erase(tx, owner));
    }

    @Override
    public int erase(Tx tx, Owner owner) {
        stores.facts().lock(tx, owner);
        return stores.facts().erase(tx, owner)
                + stores.samples().erase(tx, owner)
                + stores.analyses().erase(tx, owner)
                + stores.ledger().erase(tx, owner);
    }

    @Override
    public ApiModule api() {
        return new CostApi(this);
    }
}
