package dev.matrix.sla;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.Matrix;
import dev.matrix.sla.spi.UptimeProbe;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Wires service levels into a Matrix. Not thread-safe. */
public final class SlasBuilder {

    private final Matrix matrix;
    private final Map<String, UptimeProbe> probes = new TreeMap<>();
    private ReportStyle style = ReportStyle.standard();
    private ZoneId zone = ZoneId.of("UTC");

    SlasBuilder(Matrix matrix) {
        this.matrix = requireNonNull(matrix, "matrix");
        probe(UptimeProbe.http());
        probe(UptimeProbe.heartbeat());
    }

    /** In which zone periods of subscriptions that events bind are counted, where the event names none; UTC by default. */
    public SlasBuilder zone(ZoneId other) {
        this.zone = requireNonNull(other, "zone");
        return this;
    }

    /** How HTML reports look; {@link ReportStyle#standard()} by default. */
    public SlasBuilder reports(ReportStyle other) {
        this.style = requireNonNull(other, "style");
        return this;
    }

    /** Adds a probe of the host's own, beside {@code http} and {@code heartbeat}. */
    public SlasBuilder probe(UptimeProbe probe) {
        if (probes.putIfAbsent(probe.kind(), probe) != null) {
            throw new IllegalStateException("There are two probes of kind " + probe.kind() + ".");
        }
        return this;
    }

    /**
     * Adds service levels to the Matrix.
     *
     * @throws IllegalStateException when the Matrix was started
     */
    public Slas build() {
        SlaStores stores = SlaStores.of(matrix.stores());
        Text text = new Text(matrix.json());
        Records records = new Records(
                stores, text, List.of(SlaDefinition.free(), SlaDefinition.pro(), SlaDefinition.enterprise()));
        Counting counting = new Counting(matrix.storeClock());
        SeriesStep series = new SeriesStep(stores, records, counting, SeriesStep.MOST);
        Watch watch = new Watch(stores, text, matrix.events(), matrix.ids());
        String source = Names.key(FlushStep.NODE, matrix.node(), matrix.ids().next("inc"));
        Runnable evaluate = () -> matrix.wake(EvaluateStep.NAME);
        matrix.add(series);
        matrix.add(new MinuteStep(counting, () -> matrix.wake(FlushStep.NAME)));
        matrix.add(new FlushStep(stores, counting, source, evaluate));
        Silence silence = new Silence(stores, records, matrix.events());
        matrix.add(new EvaluateStep(stores, records, watch, silence, matrix.node()));
        matrix.add(new PurgeStep(stores, records));
        Probes watched = probes(stores, text, silence);
        Reports reports = new Reports(records, matrix.json(), style);
        Bindings bindings = new Bindings(stores, records, text, () -> matrix.wake(SeriesStep.NAME));
        Charges charges = new Charges(stores, records, text);
        Credits credits =
                new Credits(stores, records, text, charges, matrix.events(), matrix.ids(), matrix.storeClock());
        Closing closing = new Closing(
                stores,
                records,
                text,
                matrix.json(),
                reports,
                bindings,
                credits,
                watch,
                matrix.events(),
                matrix.ids(),
                matrix.storeClock());
        matrix.add(new CloseStep(stores, records, closing));
        matrix.add(new SubscriptionFollower(stores, records, bindings, charges, closing, text, zone));
        return new StoredSlas(
                stores,
                counting,
                new Definitions(stores, records, text, matrix.events(), matrix.storeClock()),
                bindings,
                new RemoteBatches(stores, records, text, matrix.storeClock(), evaluate),
                new Reading(stores, records, reports, matrix.storeClock(), null),
                watched,
                new Exclusions(stores, text, matrix.events(), matrix.ids(), matrix.storeClock(), () -> {
                    matrix.wake(EvaluateStep.NAME);
                    matrix.wake(CloseStep.NAME);
                }),
                new Alerts(stores, text, evaluate),
                charges,
                closing,
                credits,
                new Erasure(stores, records, bindings, matrix.ids(), matrix.storeClock()),
                () -> List.copyOf(series.undefined()));
    }

    private Probes probes(SlaStores stores, Text text, Silence silence) {
        Map<String, UptimeProbe> kinds = Map.copyOf(probes);
        matrix.keys().prepare(Probes.HEADERS);
        matrix.add(new ProbeHeaders(stores));
        ProbesInFlight flights = new ProbesInFlight(
                kinds, matrix::transport, matrix.storeClock(), matrix.keys(), text, () -> matrix.wake(ProbeStep.NAME));
        Probes watched = new Probes(
                stores,
                text,
                matrix.keys(),
                matrix.events(),
                matrix.ids(),
                matrix.storeClock(),
                kinds,
                silence,
                () -> matrix.wake(ProbeStep.NAME));
        matrix.add(new ProbeStep(stores, watched, flights));
        return watched;
    }
}
