package dev.matrix.sla;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.Matrix;
import java.time.ZoneId;
import java.util.List;

/** Wires service levels into a Matrix. Not thread-safe. */
public final class SlasBuilder {

    private final Matrix matrix;
    private ZoneId zone = ZoneId.of("UTC");

    SlasBuilder(Matrix matrix) {
        this.matrix = requireNonNull(matrix, "matrix");
    }

    /** In which zone periods of subscriptions that events bind are counted, where the event names none; UTC by default. */
    public SlasBuilder zone(ZoneId other) {
        this.zone = requireNonNull(other, "zone");
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
        SeriesStep series = new SeriesStep(stores, records, counting);
        Watch watch = new Watch(stores, text, matrix.events(), matrix.ids());
        String source = Names.key("node", matrix.node(), matrix.ids().next("inc"));
        Runnable evaluate = () -> matrix.wake(EvaluateStep.NAME);
        matrix.add(series);
        matrix.add(new MinuteStep(counting, () -> matrix.wake(FlushStep.NAME)));
        matrix.add(new FlushStep(stores, counting, source, evaluate));
        matrix.add(new EvaluateStep(stores, records, watch, matrix.node()));
        Reports reports = new Reports(records, matrix.json());
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
        matrix.add(new SubscriptionFollower(stores, records, bindings, charges, text, zone));
        return new StoredSlas(
                stores,
                counting,
                new Definitions(stores, records, text, matrix.events(), matrix.storeClock()),
                bindings,
                new RemoteBatches(stores, records, text, matrix.storeClock(), evaluate),
                new Reading(stores, records, reports, matrix.storeClock(), null),
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
}
