package dev.matrix.core.event.payload;

import dev.matrix.core.Owner;
import dev.matrix.core.event.EventPayload;
import dev.matrix.core.event.EventType;

/**
 * {@code tax.exemption_changed}: an exemption was added, activated, rejected or revoked.
 *
 * @param status pending, active, rejected or revoked
 */
public record TaxExemptionChanged(String id, Owner owner, String exemptionId, String status) implements EventPayload {

    public TaxExemptionChanged {
        Checks.subject(id, owner);
        Checks.text(exemptionId, "TaxExemptionChanged.exemptionId");
        Checks.word(status, "TaxExemptionChanged.status");
    }

    @Override
    public EventType type() {
        return EventTypes.TAX_EXEMPTION_CHANGED;
    }
}
