package dev.matrix.core.event.payload;

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
}
