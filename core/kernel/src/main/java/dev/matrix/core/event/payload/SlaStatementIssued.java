package dev.matrix.core.event.payload;

import dev.matrix.core.Owner;
import dev.matrix.core.event.EventPayload;
import dev.matrix.core.event.EventType;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code sla.statement_issued}: the verdict on a period; later versions replace earlier ones.
 *
 * @param state met, at_risk, breached or no_data
 * @param sha256 of the statement's canonical JSON, in hexadecimal
 */
public record SlaStatementIssued(
        String id,
        Owner owner,
        String subscriptionId,
        String tier,
        int definitionVersion,
        Period period,
        int version,
        String state,
        List<Verdict> objectives,
        String sha256,
        Instant at)
        implements EventPayload {

    public SlaStatementIssued {
        Checks.subject(id, owner);
        Checks.text(subscriptionId, "SlaStatementIssued.subscriptionId");
        Checks.atLeast(1, version, "SlaStatementIssued.version");
        Checks.word(state, "SlaStatementIssued.state");
        Checks.text(sha256, "SlaStatementIssued.sha256");
        objectives = List.copyOf(objectives);
    }

    @Override
    public EventType type() {
        return EventTypes.SLA_STATEMENT_ISSUED;
    }

    /**
     * The verdict on one objective.
     *
     * @param target percent
     * @param attainment percent; null without data
     * @param state met, at_risk, breached or no_data
     */
    public record Verdict(
            SlaObjective kind, BigDecimal target, @Nullable BigDecimal attainment, String state) {

        public Verdict {
            Checks.percent(target, "Verdict.target");
            Checks.word(state, "Verdict.state");
        }
    }
}
