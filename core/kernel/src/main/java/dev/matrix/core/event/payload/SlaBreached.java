package dev.matrix.core.event.payload;

import dev.matrix.core.Owner;
import dev.matrix.core.event.EventPayload;
import dev.matrix.core.event.EventType;
import java.math.BigDecimal;
import java.time.Instant;

/**
 * {@code sla.breached}, and {@code sla.breach_withdrawn} when the statement did not confirm a projected one.
 *
 * @param target percent
 * @param attainment percent
 * @param bad minutes or requests, as the objective counts
 * @param at the minute that decided it
 */
public record SlaBreached(
        String id,
        Owner owner,
        EventType type,
        String subscriptionId,
        String tier,
        int definitionVersion,
        SlaObjective objective,
        Period period,
        Basis basis,
        BigDecimal target,
        BigDecimal attainment,
        long bad,
        long total,
        Instant at)
        implements EventPayload {

    /** How sure a breach is: it can't be made good any more, it will come if nothing changes, or the period has closed. */
    public enum Basis {
        CERTAIN,
        PROJECTED,
        FINAL
    }

    public SlaBreached {
        Checks.subject(id, owner);
        Checks.type(type, SlaBreached.class);
        Checks.text(subscriptionId, "SlaBreached.subscriptionId");
        Checks.text(tier, "SlaBreached.tier");
        Checks.percent(target, "SlaBreached.target");
        Checks.percent(attainment, "SlaBreached.attainment");
        Checks.atLeast(0, bad, "SlaBreached.bad");
        Checks.atLeast(bad, total, "SlaBreached.total");
    }
}
