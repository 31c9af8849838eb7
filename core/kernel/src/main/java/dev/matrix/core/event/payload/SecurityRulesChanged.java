package dev.matrix.core.event.payload;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.Owner;
import dev.matrix.core.event.EventPayload;
import dev.matrix.core.event.EventType;
import org.jspecify.annotations.Nullable;

/**
 * {@code security.rules_changed}: an access rule or policy changed.
 *
 * @param ruleId null where a whole policy or import changed
 * @param kind in lower snake case, such as ip_rule
 * @param change in lower snake case, such as added
 */
public record SecurityRulesChanged(
        String id, Owner owner, String scope, @Nullable String ruleId, String kind, String change, String actor)
        implements EventPayload {

    public SecurityRulesChanged {
        Checks.subject(id, owner);
        Checks.text(scope, "SecurityRulesChanged.scope");
        Checks.word(kind, "SecurityRulesChanged.kind");
        Checks.word(change, "SecurityRulesChanged.change");
    }

    @Override
    public EventType type() {
        return EventTypes.SECURITY_RULES_CHANGED;
    }

    /** Required are id, owner, scope, kind, change and actor. */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects the components by their names. Not thread-safe. */
    public static final class Builder {

        private @Nullable String id;
        private @Nullable Owner owner;
        private @Nullable String scope;
        private @Nullable String ruleId;
        private @Nullable String kind;
        private @Nullable String change;
        private @Nullable String actor;

        private Builder() {}

        public Builder id(String id) {
            this.id = id;
            return this;
        }

        public Builder owner(Owner owner) {
            this.owner = owner;
            return this;
        }

        public Builder scope(String scope) {
            this.scope = scope;
            return this;
        }

        public Builder ruleId(@Nullable String ruleId) {
            this.ruleId = ruleId;
            return this;
        }

        public Builder kind(String kind) {
            this.kind = kind;
            return this;
        }

        public Builder change(String change) {
            this.change = change;
            return this;
        }

        public Builder actor(String actor) {
            this.actor = actor;
            return this;
        }

        /** Makes the record; an InvalidRequestException lists every required component that is missing. */
        public SecurityRulesChanged build() {
            Checks.given(
                    "SecurityRulesChanged",
                    "id",
                    id,
                    "owner",
                    owner,
                    "scope",
                    scope,
                    "kind",
                    kind,
                    "change",
                    change,
                    "actor",
                    actor);
            return new SecurityRulesChanged(
                    requireNonNull(id),
                    requireNonNull(owner),
                    requireNonNull(scope),
                    ruleId,
                    requireNonNull(kind),
                    requireNonNull(change),
                    requireNonNull(actor));
        }
    }
}
