package dev.matrix.core.event.payload;

import dev.matrix.core.Owner;
import dev.matrix.core.event.EventPayload;
import dev.matrix.core.event.EventType;

/** {@code tax.rules_changed}: other tax rules hold from now on. */
public record TaxRulesChanged(String id, Owner owner, String version) implements EventPayload {

    public TaxRulesChanged {
        Checks.subject(id, owner);
        Checks.text(version, "TaxRulesChanged.version");
    }

    @Override
    public EventType type() {
        return EventTypes.TAX_RULES_CHANGED;
    }
}
