package dev.matrix.core.event.payload;

import static java.util.Objects.requireNonNull;

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

    /** Required are id, owner, subscriptionId, tier, definitionVersion, period, version, state, sha256 and at. Unless set: no objectives. */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects the components by their names. Not thread-safe. */
    public static final class Builder {

        private @Nullable String id;
        private @Nullable Owner owner;
        private @Nullable String subscriptionId;
        private @Nullable String tier;
        private @Nullable Integer definitionVersion;
        private @Nullable Period period;
        private @Nullable Integer version;
        private @Nullable String state;
        private List<Verdict> objectives = List.of();
        private @Nullable String sha256;
        private @Nullable Instant at;

        private Builder() {}

        public Builder id(String id) {
            this.id = id;
            return this;
        }

        public Builder owner(Owner owner) {
            this.owner = owner;
            return this;
        }

        public Builder subscriptionId(String subscriptionId) {
            this.subscriptionId = subscriptionId;
            return this;
        }

        public Builder tier(String tier) {
            this.tier = tier;
            return this;
        }

        public Builder definitionVersion(int definitionVersion) {
            this.definitionVersion = definitionVersion;
            return this;
        }

        public Builder period(Period period) {
            this.period = period;
            return this;
        }

        public Builder version(int version) {
            this.version = version;
            return this;
        }

        public Builder state(String state) {
            this.state = state;
            return this;
        }

        public Builder objectives(List<Verdict> objectives) {
            this.objectives = objectives;
            return this;
        }

        public Builder sha256(String sha256) {
            this.sha256 = sha256;
            return this;
        }

        public Builder at(Instant at) {
            this.at = at;
            return this;
        }

        /** Makes the record; an InvalidRequestException lists every required component that is missing. */
        public SlaStatementIssued build() {
            Checks.given(
                    "SlaStatementIssued",
                    "id",
                    id,
                    "owner",
                    owner,
                    "subscriptionId",
                    subscriptionId,
                    "tier",
                    tier,
                    "definitionVersion",
                    definitionVersion,
                    "period",
                    period,
                    "version",
                    version,
                    "state",
                    state,
                    "sha256",
                    sha256,
                    "at",
                    at);
            return new SlaStatementIssued(
                    requireNonNull(id),
                    requireNonNull(owner),
                    requireNonNull(subscriptionId),
                    requireNonNull(tier),
                    requireNonNull(definitionVersion),
                    requireNonNull(period),
                    requireNonNull(version),
                    requireNonNull(state),
                    objectives,
                    requireNonNull(sha256),
                    requireNonNull(at));
        }
    }
}
