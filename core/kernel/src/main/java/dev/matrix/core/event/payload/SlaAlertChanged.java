package dev.matrix.core.event.payload;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.Owner;
import dev.matrix.core.event.EventPayload;
import dev.matrix.core.event.EventType;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * {@code sla.alert_opened}, {@code .alert_changed} and {@code .alert_resolved}: an error budget burns too fast, or
 * does so no longer.
 *
 * @param severity in lower snake case: page or ticket
 * @param burnLong the budget's burn in the rule's long window; 1 spends it exactly in the period
 * @param burnShort and in its short window
 * @param budgetRemaining percent of the budget; negative once overspent
 * @param episodes how often it opened
 */
public record SlaAlertChanged(
        String id,
        Owner owner,
        EventType type,
        String subscriptionId,
        String tier,
        int definitionVersion,
        SlaObjective objective,
        String alertId,
        String severity,
        @Nullable String previousSeverity,
        String rule,
        BigDecimal burnLong,
        BigDecimal burnShort,
        BigDecimal budgetRemaining,
        int episodes,
        Instant openedAt,
        Instant at)
        implements EventPayload {

    public SlaAlertChanged {
        Checks.subject(id, owner);
        Checks.type(type, SlaAlertChanged.class);
        Checks.text(subscriptionId, "SlaAlertChanged.subscriptionId");
        Checks.text(alertId, "SlaAlertChanged.alertId");
        Checks.word(severity, "SlaAlertChanged.severity");
        Checks.atLeast(1, episodes, "SlaAlertChanged.episodes");
    }

    /** Required are id, owner, type, subscriptionId, tier, definitionVersion, objective, alertId, severity, rule, burnLong, burnShort, budgetRemaining, episodes, openedAt and at. */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects the components by their names. Not thread-safe. */
    public static final class Builder {

        private @Nullable String id;
        private @Nullable Owner owner;
        private @Nullable EventType type;
        private @Nullable String subscriptionId;
        private @Nullable String tier;
        private @Nullable Integer definitionVersion;
        private @Nullable SlaObjective objective;
        private @Nullable String alertId;
        private @Nullable String severity;
        private @Nullable String previousSeverity;
        private @Nullable String rule;
        private @Nullable BigDecimal burnLong;
        private @Nullable BigDecimal burnShort;
        private @Nullable BigDecimal budgetRemaining;
        private @Nullable Integer episodes;
        private @Nullable Instant openedAt;
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

        public Builder type(EventType type) {
            this.type = type;
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

        public Builder objective(SlaObjective objective) {
            this.objective = objective;
            return this;
        }

        public Builder alertId(String alertId) {
            this.alertId = alertId;
            return this;
        }

        public Builder severity(String severity) {
            this.severity = severity;
            return this;
        }

        public Builder previousSeverity(@Nullable String previousSeverity) {
            this.previousSeverity = previousSeverity;
            return this;
        }

        public Builder rule(String rule) {
            this.rule = rule;
            return this;
        }

        public Builder burnLong(BigDecimal burnLong) {
            this.burnLong = burnLong;
            return this;
        }

        public Builder burnShort(BigDecimal burnShort) {
            this.burnShort = burnShort;
            return this;
        }

        public Builder budgetRemaining(BigDecimal budgetRemaining) {
            this.budgetRemaining = budgetRemaining;
            return this;
        }

        public Builder episodes(int episodes) {
            this.episodes = episodes;
            return this;
        }

        public Builder openedAt(Instant openedAt) {
            this.openedAt = openedAt;
            return this;
        }

        public Builder at(Instant at) {
            this.at = at;
            return this;
        }

        /** Makes the record; an InvalidRequestException lists every required component that is missing. */
        public SlaAlertChanged build() {
            Checks.given(
                    "SlaAlertChanged",
                    "id",
                    id,
                    "owner",
                    owner,
                    "type",
                    type,
                    "subscriptionId",
                    subscriptionId,
                    "tier",
                    tier,
                    "definitionVersion",
                    definitionVersion,
                    "objective",
                    objective,
                    "alertId",
                    alertId,
                    "severity",
                    severity,
                    "rule",
                    rule,
                    "burnLong",
                    burnLong,
                    "burnShort",
                    burnShort,
                    "budgetRemaining",
                    budgetRemaining,
                    "episodes",
                    episodes,
                    "openedAt",
                    openedAt,
                    "at",
                    at);
            return new SlaAlertChanged(
                    requireNonNull(id),
                    requireNonNull(owner),
                    requireNonNull(type),
                    requireNonNull(subscriptionId),
                    requireNonNull(tier),
                    requireNonNull(definitionVersion),
                    requireNonNull(objective),
                    requireNonNull(alertId),
                    requireNonNull(severity),
                    previousSeverity,
                    requireNonNull(rule),
                    requireNonNull(burnLong),
                    requireNonNull(burnShort),
                    requireNonNull(budgetRemaining),
                    requireNonNull(episodes),
                    requireNonNull(openedAt),
                    requireNonNull(at));
        }
    }
}
