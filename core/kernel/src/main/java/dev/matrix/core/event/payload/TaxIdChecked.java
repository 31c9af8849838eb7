package dev.matrix.core.event.payload;

import dev.matrix.core.Owner;
import dev.matrix.core.event.EventPayload;
import dev.matrix.core.event.EventType;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code tax.id_checked}: the standing of a tax id changed.
 *
 * @param taxId with its prefix
 * @param previous the status before; null at the first check
 * @param status in lower snake case: pending, valid, invalid, unavailable …
 * @param transactionIds tax transactions that relied on it
 */
public record TaxIdChecked(
        String id,
        Owner owner,
        String taxId,
        @Nullable String previous,
        String status,
        Instant checkedAt,
        List<String> transactionIds)
        implements EventPayload {

    public TaxIdChecked {
        Checks.subject(id, owner);
        Checks.text(taxId, "TaxIdChecked.taxId");
        Checks.word(status, "TaxIdChecked.status");
        transactionIds = List.copyOf(transactionIds);
    }

    @Override
    public EventType type() {
        return EventTypes.TAX_ID_CHECKED;
    }
}
