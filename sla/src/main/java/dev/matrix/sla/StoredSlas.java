package dev.matrix.sla;

import dev.matrix.core.Owner;
import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.api.ApiModule;
import dev.matrix.core.spi.Tx;
import dev.matrix.sla.spi.ProbeTarget;
import dev.matrix.sla.spi.ServiceCharge;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** {@link Slas} over its stores: opens the transactions that callers leave out, and leaves the work to its desks. */
record StoredSlas(
        SlaStores stores,
        Counting counting,
        Definitions tiers,
        Bindings bindings,
        RemoteBatches remote,
        Reading reading,
        Probes watched,
        Exclusions exclusions,
        Alerts alerts,
        Charges charges,
        Closing closing,
        Credits credits,
        Erasure erasure,
        Supplier<List<String>> undefinedTiers)
        implements Slas {

    private <R> R transacted(Function<Tx, R> work) {
        return stores.transactions().returning(work);
    }

    @Override
    public SlaDefinition define(SlaDefinition definition) {
        return transacted(tx -> define(tx, definition));
    }

    @Override
    public SlaDefinition define(Tx tx, SlaDefinition definition) {
        return tiers.define(tx, definition, null);
    }

    @Override
    public SlaDefinition defineFrom(SlaDefinition definition, Instant from) {
        return transacted(tx -> defineFrom(tx, definition, from));
    }

    @Override
    public SlaDefinition defineFrom(Tx tx, SlaDefinition definition, Instant from) {
        return tiers.define(tx, definition, from);
    }

    @Override
    public List<SlaDefinition> definitions() {
        return transacted(tiers::all);
    }

    @Override
    public SlaDefinition definition(String tier) {
        return transacted(tx -> tiers.newest(tx, tier));
    }

    @Override
    public SlaBinding bind(SlaBinding binding) {
        return transacted(tx -> bind(tx, binding));
    }

    @Override
    public SlaBinding bind(Tx tx, SlaBinding binding) {
        return bindings.bind(tx, binding);
    }

    @Override
    public SlaBinding change(String subscriptionId, String tier, Instant from) {
        return transacted(tx -> change(tx, subscriptionId, tier, from));
    }

    @Override
    public SlaBinding change(Tx tx, String subscriptionId, String tier, Instant from) {
        return bindings.change(tx, subscriptionId, tier, from);
    }

    @Override
    public void end(String subscriptionId, Instant at) {
        stores.transactions().inTransaction(tx -> end(tx, subscriptionId, at));
    }

    @Override
    public void end(Tx tx, String subscriptionId, Instant at) {
        bindings.end(tx, subscriptionId, at);
    }

    @Override
    public SlaRecorder recorder(String subscriptionId) {
        return counting.recorder(subscriptionId);
    }

    @Override
    public BatchResult add(MeasurementBatch batch) {
        return transacted(tx -> add(tx, batch));
    }

    @Override
    public BatchResult add(Tx tx, MeasurementBatch batch) {
        return remote.add(tx, Owner.platform().toString(), batch);
    }

    @Override
    public Probe watch(ProbeTarget target) {
        return transacted(tx -> watch(tx, target));
    }

    @Override
    public Probe watch(Tx tx, ProbeTarget target) {
        return watched.watch(tx, target);
    }

    @Override
    public void unwatch(String probeId) {
        stores.transactions().inTransaction(tx -> unwatch(tx, probeId));
    }

    @Override
    public void unwatch(Tx tx, String probeId) {
        watched.unwatch(tx, probeId);
    }

    @Override
    public Page<Probe> probes(PageRequest page) {
        return transacted(tx -> watched.page(tx, page));
    }

    @Override
    public void heartbeat(String componentId, Instant at) {
        stores.transactions().inTransaction(tx -> heartbeat(tx, componentId, at));
    }

    @Override
    public void heartbeat(Tx tx, String componentId, Instant at) {
        watched.heartbeat(tx, componentId, at);
    }

    @Override
    public SlaComponent component(String id) {
        return reading.component(id);
    }

    @Override
    public Exclusion exclude(Exclusion exclusion) {
        return transacted(tx -> exclude(tx, exclusion));
    }

    @Override
    public Exclusion exclude(Tx tx, Exclusion exclusion) {
        return exclusions.exclude(tx, exclusion);
    }

    @Override
    public Exclusion cancelExclusion(String id, String by) {
        return transacted(tx -> cancelExclusion(tx, id, by));
    }

    @Override
    public Exclusion cancelExclusion(Tx tx, String id, String by) {
        return exclusions.cancel(tx, id, by);
    }

    @Override
    public Page<Exclusion> exclusions(PageRequest page) {
        return transacted(tx -> stores.exclusions()
                .page(tx, page)
                .map(row -> reading.records().text().read(row.json(), Exclusion.class)));
    }

    @Override
    public SlaAlert acknowledge(String alertId, String by, @Nullable String note) {
        return transacted(tx -> acknowledge(tx, alertId, by, note));
    }

    @Override
    public SlaAlert acknowledge(Tx tx, String alertId, String by, @Nullable String note) {
        return alerts.acknowledge(tx, alertId, by, note);
    }

    @Override
    public void recordCharge(ServiceCharge charge) {
        stores.transactions().inTransaction(tx -> recordCharge(tx, charge));
    }

    @Override
    public void recordCharge(Tx tx, ServiceCharge charge) {
        charges.record(tx, charge)
                .ifPresent(row -> closing.recharge(tx, row.subscription(), row.from(), row.to(), false));
    }

    @Override
    public SlaStatement close(String subscriptionId, SlaPeriod period) {
        return transacted(tx -> close(tx, subscriptionId, period));
    }

    @Override
    public SlaStatement close(Tx tx, String subscriptionId, SlaPeriod period) {
        return closing.close(tx, subscriptionId, period);
    }

    @Override
    public SlaCredit decide(String creditId, CreditDecision decision, String by) {
        return transacted(tx -> decide(tx, creditId, decision, by));
    }

    @Override
    public SlaCredit decide(Tx tx, String creditId, CreditDecision decision, String by) {
        return credits.decide(tx, creditId, decision, by);
    }

    @Override
    public SlaCredit claim(String subscriptionId, SlaPeriod period) {
        return transacted(tx -> claim(tx, subscriptionId, period));
    }

    @Override
    public SlaCredit claim(Tx tx, String subscriptionId, SlaPeriod period) {
        return credits.claim(tx, bindings.locked(tx, subscriptionId), period);
    }

    @Override
    public SlaReport whatIf(String subscriptionId, SlaPeriod period, SlaDefinition other) {
        return whatIf(reading, subscriptionId, period, other);
    }

    SlaReport whatIf(Reading view, String subscriptionId, SlaPeriod period, SlaDefinition other) {
        return transacted(tx -> {
            Subscribed subscribed = view.visible(tx, subscriptionId);
            JudgedSpan judged = view.reports().judged(tx, subscribed, period).by(other);
            return Reports.report(judged, period, 0, credits.due(tx, subscribed, period, judged));
        });
    }

    @Override
    public int erase(Tx tx, Owner owner) {
        return erasure.erase(tx, owner);
    }

    @Override
    public SlaView ownedBy(Owner owner) {
        return reading.of(owner);
    }

    @Override
    public SlaHealth health() {
        return new SlaHealth(
                counting.size(),
                counting.overflowed(),
                counting.rejected(),
                counting.waiting(),
                counting.lostMinutes(),
                undefinedTiers.get());
    }

    @Override
    public SlaMetrics metrics(String subscriptionId, MetricWindow window) {
        return reading.metrics(subscriptionId, window);
    }

    @Override
    public SlaReport report(String subscriptionId, SlaPeriod period) {
        return reading.report(subscriptionId, period);
    }

    @Override
    public ReportDocument document(
            String subscriptionId, SlaPeriod period, @Nullable Integer version, ReportFormat format) {
        return reading.document(subscriptionId, period, version, format);
    }

    @Override
    public Page<SlaMetrics> portfolio(PortfolioQuery query, PageRequest page) {
        return reading.portfolio(query, page);
    }

    @Override
    public Page<SlaBinding> bindings(PageRequest page) {
        return reading.bindings(page);
    }

    @Override
    public Page<SlaAlert> alerts(AlertQuery query, PageRequest page) {
        return reading.alerts(query, page);
    }

    @Override
    public Page<SlaStatement> statements(@Nullable String subscriptionId, PageRequest page) {
        return reading.statements(subscriptionId, page);
    }

    @Override
    public Page<SlaCredit> credits(CreditQuery query, PageRequest page) {
        return reading.credits(query, page);
    }

    @Override
    public ApiModule api() {
        return new SlaApi(this);
    }
}
