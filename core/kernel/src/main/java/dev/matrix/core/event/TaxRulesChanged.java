package dev.matrix.core.event;

import dev.matrix.core.Owner;

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
