package dev.matrix.sla;

import dev.matrix.core.Matrix;
import dev.matrix.core.Owner;
import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.api.ApiModule;
import dev.matrix.core.spi.Tx;
import dev.matrix.sla.spi.ProbeTarget;
import dev.matrix.sla.spi.ServiceCharge;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Service levels: what is promised, measured in-process, judged exactly. Thread-safe. Tiers {@code free}, {@code pro} and {@code
 * enterprise} are defined from the start ({@link SlaDefinition#free()} and so on); hosts change them or add their own. What wasn't
 * measured is a gap, never a success.
 */
public interface Slas extends SlaView {

    /** Starts wiring service levels into a Matrix that has not been started. */
    static SlasBuilder on(Matrix matrix) {
        return new SlasBuilder(matrix);
    }

    /**
     * Stores the next version of a tier's definition; each binding takes it at its next period. A definition that says what the
     * newest one says makes no version.
     *
     * @return the definition with its version
     * @throws dev.matrix.core.ConflictException when the tier changes at the same time
     */
    SlaDefinition define(SlaDefinition definition);

    /** As {@link #define(SlaDefinition)}, in the caller's transaction. */
    SlaDefinition define(Tx tx, SlaDefinition definition);

    /** As {@link #define(SlaDefinition)}, but from an instant on, which splits running periods; not in the past. */
    SlaDefinition defineFrom(SlaDefinition definition, Instant from);

    /** As {@link #defineFrom(SlaDefinition, Instant)}, in the caller's transaction. */
    SlaDefinition defineFrom(Tx tx, SlaDefinition definition, Instant from);

    /** The newest definition of each tier, by tier. */
    List<SlaDefinition> definitions();

    /**
     * The newest definition of a tier.
     *
     * @throws dev.matrix.core.NotFoundException when it has none
     */
    SlaDefinition definition(String tier);

    /**
     * Binds a subscription to a tier. Its recorders count within 10 s on all nodes.
     *
     * @throws dev.matrix.core.ConflictException when it overlaps another binding of the subscription
     * @throws dev.matrix.core.InvalidRequestException when the tier has no definition
     */
    SlaBinding bind(SlaBinding binding);

    /** As {@link #bind(SlaBinding)}, in the caller's transaction. */
    SlaBinding bind(Tx tx, SlaBinding binding);

    /**
     * Moves a subscription to another tier from a minute on, which splits the running period.
     *
     * @throws dev.matrix.core.ConflictException when it has no binding then
     */
    SlaBinding change(String subscriptionId, String tier, Instant from);

    /** As the other form, in the caller's transaction. */
    SlaBinding change(Tx tx, String subscriptionId, String tier, Instant from);

    /** Ends a subscription's binding. */
    void end(String subscriptionId, Instant at);

    /** As the other form, in the caller's transaction. */
    void end(Tx tx, String subscriptionId, Instant at);

    /** Counts the requests of a subscription; resolve it once and keep it. Never null, also for an unknown subscription. */
    SlaRecorder recorder(String subscriptionId);

    /**
     * Adds measurements from elsewhere. A faulty entry is rejected with its reason; the others count.
     *
     * @throws dev.matrix.core.ConflictException when the batch id is known with other content
     */
    BatchResult add(MeasurementBatch batch);

    /** As {@link #add(MeasurementBatch)}, in the caller's transaction. */
    BatchResult add(Tx tx, MeasurementBatch batch);

    /**
     * Watches a component by checks or heartbeats; the same target again changes nothing.
     *
     * @throws dev.matrix.core.ConflictException when the component is watched otherwise
     * @throws dev.matrix.core.InvalidRequestException when no probe of its kind was wired
     */
    Probe watch(ProbeTarget target);

    /** As {@link #watch(ProbeTarget)}, in the caller's transaction. */
    Probe watch(Tx tx, ProbeTarget target);

    /** Ends watching; what was found out stays. */
    void unwatch(String probeId);

    /** As {@link #unwatch(String)}, in the caller's transaction. */
    void unwatch(Tx tx, String probeId);

    /** Probes in the order of ids. */
    Page<Probe> probes(PageRequest page);

    /**
     * Says that a component is up; it must be watched by heartbeats.
     *
     * @param at when it was; in the future: now; not after the last one: nothing changes
     */
    void heartbeat(String componentId, Instant at);

    /** As {@link #heartbeat(String, Instant)}, in the caller's transaction. */
    void heartbeat(Tx tx, String componentId, Instant at);

    /**
     * Excludes time; statements that were made get a new version.
     *
     * @return the exclusion with its id
     */
    Exclusion exclude(Exclusion exclusion);

    /** As {@link #exclude(Exclusion)}, in the caller's transaction. */
    Exclusion exclude(Tx tx, Exclusion exclusion);

    /**
     * Cancels an exclusion; it is kept as cancelled.
     *
     * @throws dev.matrix.core.ConflictException when it was cancelled before
     */
    Exclusion cancelExclusion(String id, String by);

    /** As {@link #cancelExclusion(String, String)}, in the caller's transaction. */
    Exclusion cancelExclusion(Tx tx, String id, String by);

    /** Exclusions in the order of ids, cancelled ones too. */
    Page<Exclusion> exclusions(PageRequest page);

    /**
     * Notes that somebody takes care of an alert.
     *
     * @throws dev.matrix.core.ConflictException when it is resolved or changes at the same time
     */
    SlaAlert acknowledge(String alertId, String by, @Nullable String note);

    /** As the other form, in the caller's transaction. */
    SlaAlert acknowledge(Tx tx, String alertId, String by, @Nullable String note);

    /** Keeps what a subscription was charged; the same charge again changes nothing. */
    void recordCharge(ServiceCharge charge);

    /** As {@link #recordCharge(ServiceCharge)}, in the caller's transaction. */
    void recordCharge(Tx tx, ServiceCharge charge);

    /**
     * Makes the statement of a period, or returns the newest one; the background work does so when a period is due.
     *
     * @throws dev.matrix.core.ConflictException before the period's end and freeze, or before all until then was measured
     */
    SlaStatement close(String subscriptionId, SlaPeriod period);

    /** As {@link #close(String, SlaPeriod)}, in the caller's transaction. */
    SlaStatement close(Tx tx, String subscriptionId, SlaPeriod period);

    /**
     * Decides on a credit.
     *
     * @throws dev.matrix.core.ConflictException when its state doesn't allow that
     */
    SlaCredit decide(String creditId, CreditDecision decision, String by);

    /** As the other form, in the caller's transaction. */
    SlaCredit decide(Tx tx, String creditId, CreditDecision decision, String by);

    /**
     * Issues the credit of a period that must be claimed.
     *
     * @throws dev.matrix.core.ConflictException when there is none that can be claimed now
     */
    SlaCredit claim(String subscriptionId, SlaPeriod period);

    /** As the other form, in the caller's transaction. */
    SlaCredit claim(Tx tx, String subscriptionId, SlaPeriod period);

    /**
     * Judges a period's minutes by another definition, with the credits that would be due; stores and publishes nothing. Latency is
     * counted by the threshold that held when requests were recorded.
     */
    SlaReport whatIf(String subscriptionId, SlaPeriod period, SlaDefinition other);

    /**
     * Ends the owner's running bindings and replaces the owner in every table by an unlinkable pseudonym; figures stay. Repeating it
     * changes nothing.
     *
     * @return how many subscriptions it had
     */
    int erase(Tx tx, Owner owner);

    /** What one owner may see; whatever is another's is not found. */
    SlaView ownedBy(Owner owner);

    /** How this node measures. */
    SlaHealth health();

    /** The operations of the HTTP API, for a dispatcher's {@code modules(…)}. */
    ApiModule api();
}
